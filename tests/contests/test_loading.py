"""A rule-book folder: what is read from it, and how its faults are told."""

import shutil

import pytest
from PIL import Image

from contests.rulebook import RuleBook, RuleBookError, find_rulebook, load_rulebook
from tests.factories.contests import MINIATURE, miniature_rulebook, shipped_rulebook


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(MINIATURE, tmp_path / "book")


def edit(folder, old, new):
    file = folder / "rulebook.toml"
    document = file.read_text()
    assert document.count(old) >= 1
    file.write_text(document.replace(old, new, 1))


def append(folder, toml):
    file = folder / "rulebook.toml"
    file.write_text(file.read_text() + toml)


def faults(folder):
    with pytest.raises(RuleBookError) as refusal:
        load_rulebook(folder)
    return str(refusal.value).splitlines()


def paint(folder, name, *, size=(4, 3), kind="JPEG"):
    (folder / "pictures").mkdir(exist_ok=True)
    Image.new("RGB", size).save(folder / "pictures" / name, kind)


# --- What a good folder gives --------------------------------------------------
def test_texts_and_pictures_come_from_the_folder(folder):
    paint(folder, "bowl.jpg", size=(6, 8))
    edit(folder, 'rule = "1"', 'rule = "1"\npicture = "bowl.jpg"')

    book = load_rulebook(folder)

    assert sorted(book.texts) == ["notice", "privacy", "rights"]
    assert (book.pictures["bowl.jpg"].width, book.pictures["bowl.jpg"].height) == (6, 8)


def test_the_digest_follows_texts_and_pictures(folder):
    plain = load_rulebook(folder).digest

    paint(folder, "bowl.jpg")
    with_picture = load_rulebook(folder).digest
    (folder / "texts" / "rights.md").write_text("# 作品归谁\n\n归大家。\n")
    with_other_text = load_rulebook(folder).digest

    assert len({plain, with_picture, with_other_text}) == 3


@pytest.mark.parametrize("made", [miniature_rulebook, shipped_rulebook])
def test_a_book_read_back_from_its_json_is_the_same(made):
    book = made()

    again = RuleBook.model_validate_json(book.canonical_json())

    assert (again, again.digest) == (book, book.digest)


def test_the_default_book_is_the_one_that_default_names():
    assert find_rulebook() == find_rulebook(shipped_rulebook().contest.key)


# --- What the file itself may have wrong ----------------------------------------
def test_broken_toml_is_told_with_its_line(folder):
    edit(folder, 'key = "yunxi-noodles-2031"', 'key = "yunxi-noodles-2031')

    assert faults(folder) == [
        "rulebook.toml: Illegal character '\\n' (at line 6, column 26)"
    ]


def test_a_day_that_does_not_exist_is_told_with_its_line(folder):
    edit(folder, "issued_on = 2031-03-01", "issued_on = 2031-02-30")

    assert faults(folder) == [
        "rulebook.toml: Invalid date or datetime (at line 15, column 13)"
    ]


@pytest.mark.parametrize("day", ["20310301", "2031-03-01T08:00:00", "1.5", '"soon"'])
def test_what_is_no_day_is_refused(folder, day):
    edit(folder, "issued_on = 2031-03-01", f"issued_on = {day}")

    assert faults(folder) == [
        "rulebook.toml: contest.issued_on: write a day like 2031-05-20, without a time"
    ]


def test_a_file_in_another_encoding_is_told_with_its_line(folder):
    file = folder / "rulebook.toml"
    file.write_bytes(file.read_text().encode("gb18030"))

    assert faults(folder) == [
        "rulebook.toml: line 3 is not UTF-8; save the file as UTF-8"
    ]


def test_all_schema_faults_are_told_at_once(folder):
    edit(folder, "max_points = 5", 'max_points = "5"')
    edit(folder, 'document_number = "云文〔2031〕3 号"\n', "")
    edit(folder, 'summary = "半分钟以内。"', 'summary = "半分钟以内。"\ncolour = "red"')

    assert faults(folder) == [
        "rulebook.toml: contest.document_number: this key is missing",
        "rulebook.toml: categories[clip].colour: this key is unknown",
        "rulebook.toml: scoring.max_points: Input should be a valid integer",
    ]


def test_texts_and_pictures_are_not_written_in_the_file(folder):
    file = folder / "rulebook.toml"
    file.write_text("texts = {}\npictures = {}\n" + file.read_text())

    assert faults(folder) == [
        "rulebook.toml: texts: leave this out: it comes from texts/*.md",
        "rulebook.toml: pictures: leave this out: it comes from the folder pictures/",
    ]


# --- What one part may have wrong -----------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "weight = 30",
            "weight = 20",
            "scoring: the weights add up to 90; they must make 100",
        ),
        (
            "max_s = 30",
            "min_s = 40\nmax_s = 30",
            "categories[clip].limits.duration: min_s must be less than max_s",
        ),
        (
            "review_tolerance_s = 2",
            "review_tolerance_s = -1",
            "categories[clip].limits.duration.review_tolerance_s: "
            "Input should be greater than or equal to 0",
        ),
        (
            "pass_tolerance_s = 0",
            "pass_tolerance_s = 5",
            "categories[clip].limits.duration: "
            "pass_tolerance_s is larger than review_tolerance_s",
        ),
        (
            "short_side_px = 720",
            "short_side_px = 1440",
            "categories[clip].limits.pixels: short_side_px is larger than long_side_px",
        ),
        (
            'container = "jpeg"',
            'container = "mp4"',
            "categories[pair]: limits.format.container does not fit the media kind",
        ),
        (
            'container = "jpeg"',
            'container = "jpeg"\nwaiver = true',
            "categories[pair].limits.format.waiver: Input should be False",
        ),
        (
            "min = 2\nmax = 4",
            "min = 5\nmax = 4",
            "categories[pair].limits.count: min is larger than max",
        ),
        (
            "starts_on = 2031-06-01",
            "starts_on = 2031-07-01",
            "stages[vote]: ends_on lies before starts_on",
        ),
        (
            'kind = "collection"',
            'kind = "selection"',
            "stages[open]: a selection stage, and only it, names works_from",
        ),
        (
            "NOODLE-{sequence:03d}",
            "NOODLE",
            'contest.number_pattern: write it like "AB31-{sequence:05d}": capitals, '
            "digits and hyphens, 24 at most",
        ),
        (
            "NOODLE-{sequence:03d}",
            "{sequence.__class__}",
            'contest.number_pattern: write it like "AB31-{sequence:05d}": capitals, '
            "digits and hyphens, 24 at most",
        ),
    ],
)
def test_a_part_that_contradicts_itself_is_told(folder, old, new, told):
    edit(folder, old, new)

    assert faults(folder) == [f"rulebook.toml: {told}"]


# --- What the other files may have wrong ----------------------------------------
def test_a_missing_text_is_told(folder):
    (folder / "texts" / "privacy.md").unlink()

    assert faults(folder) == ["rulebook.toml: texts/privacy.md is missing"]


def test_a_text_without_a_title_is_told(folder):
    (folder / "texts" / "more.md").write_text("没有标题")

    assert faults(folder) == ['texts/more.md: the first line must be the title, "# …"']


def test_a_text_with_a_bad_name_is_told(folder):
    (folder / "texts" / "More Text.md").write_text("# 更多\n")

    [told] = faults(folder)

    assert told.startswith("texts/More Text.md: String should match pattern")


def test_a_picture_that_is_not_there_is_told(folder):
    edit(folder, 'rule = "1"', 'rule = "1"\npicture = "bowl.jpg"')

    assert faults(folder) == [
        "rulebook.toml: units[noodles].picture: pictures/bowl.jpg does not exist"
    ]


def test_a_picture_that_lies_about_its_kind_is_told(folder):
    paint(folder, "bowl.jpg", kind="PNG")

    assert faults(folder) == [
        "pictures/bowl.jpg: its name says image/jpeg, its content is image/png"
    ]


def test_what_is_no_picture_is_told(folder):
    paint(folder, "bowl.jpg")
    (folder / "pictures" / "bowl.jpg").write_bytes(b"GIF8")
    (folder / "pictures" / "bowl.svg").write_text("<svg/>")

    assert faults(folder) == [
        "pictures/bowl.jpg: this is not a readable picture",
        "pictures/bowl.svg: only .avif, .jpg, .jpeg, .png, .webp belong here",
    ]
