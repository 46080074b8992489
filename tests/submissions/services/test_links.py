"""Works of links: the address is found in what people paste, and nothing is fetched."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions import services
from submissions.services.links import addresses_in, plain
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
    make_media_file,
    picture_bytes,
)

LINKS = {
    "rule": "1",
    "clause": "Published on the Harbour.",
    "site": "Harbour",
    "shapes": [
        r"https://h\.example\.org/[A-Za-z0-9]{4,12}/",
        r"https://www\.example\.org/video/[0-9]+/",
    ],
    "max": 3,
}
POSTED = {
    "key": "posted",
    "name": "Posted film",
    "media": "video",
    "summary": "One to three posted films.",
    "limits": {"links": LINKS},
}
SHORT = "https://h.example.org/iRNBho6u/"
LONG = "https://www.example.org/video/7301234567890123456/"
SHARE_TEXT = (
    "7.94 复制打开港湾，看看【示例作者的作品】面馆的清晨# 早餐，"
    f"{SHORT} 01/02 Eho:/ G@i.Pk"
)


@pytest.fixture
def contest(db):
    book = make_contest().rulebook
    return make_contest(categories=[*_plain(book.categories), POSTED])


def _plain(categories):
    return [category.model_dump() for category in categories]


@pytest.fixture
def draft(contest):
    return make_draft(contest, category=contest.categories.get(key="posted"))


def limit_of(draft):
    return draft.rulebook_version.rulebook.category("posted").limits.links


def add(draft, text, by=None):
    return services.add_links(
        submission=draft, text=text, by=by or draft.author, at=COLLECTING
    )


def addresses(draft):
    return [link.url for link in draft.links.all()]


# --- What is found --------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHORT, [SHORT]),
        (SHARE_TEXT, [SHORT]),
        ("https://h.example.org/iRNBho6u", [SHORT]),
        ("http://h.example.org/iRNBho6u/", [SHORT]),
        ("HTTPS://H.EXAMPLE.ORG/iRNBho6u/", [SHORT]),
        ("看这里：https://h.example.org/iRNBho6u/，很好看", [SHORT]),
        ("(https://h.example.org/iRNBho6u/).", [SHORT]),
        ("https://h.example.org/iRNBho6u/。", [SHORT]),
        (f"{LONG}?previous_page=app_code_link#top", [LONG]),
        (f"{SHORT}\n{LONG}\r\n{SHORT}", [SHORT, LONG]),
        (f"see https://example.com/ and {SHORT}", [SHORT]),
    ],
)
def test_the_address_is_found_in_what_people_paste(draft, text, expected):
    assert addresses_in(text, limit_of(draft)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "LNK-ADDRESS-MISSING"),
        ("7.94 复制打开港湾", "LNK-ADDRESS-MISSING"),
        ("h.example.org/iRNBho6u/", "LNK-ADDRESS-MISSING"),
        ("javascript:alert(1)", "LNK-ADDRESS-MISSING"),
        ("https://h.example.org/", "LNK-ADDRESS-OTHER"),
        ("https://h.example.org/abc/def/", "LNK-ADDRESS-OTHER"),
        ("https://www.example.org/user/1234/", "LNK-ADDRESS-OTHER"),
        ("https://h.example.org.evil.example/iRNBho6u/", "LNK-ADDRESS-OTHER"),
        ("https://h.example.org@evil.example/iRNBho6u/", "LNK-ADDRESS-OTHER"),
        ("https://h.example.org:8443/iRNBho6u/", "LNK-ADDRESS-OTHER"),
        ("https://evil.example/?https://h.example.org/iRNBho6u/", "LNK-ADDRESS-OTHER"),
        ("https://127.0.0.1/video/1/", "LNK-ADDRESS-OTHER"),
        ("file:///etc/passwd https://", "LNK-ADDRESS-MISSING"),
    ],
)
def test_other_texts_are_refused_with_a_way_out(draft, text, code):
    with pytest.raises(services.LinkRefused) as refusal:
        addresses_in(text, limit_of(draft))

    assert refusal.value.code == code
    assert "Harbour" in str(refusal.value.message)


@pytest.mark.parametrize("address", [SHORT, LONG])
def test_a_plain_address_stays_as_it_is(address):
    assert plain(plain(address)) == address


# --- What is kept --------
def test_links_are_kept_in_the_order_they_came(draft):
    add(draft, LONG)
    add(draft, SHARE_TEXT)

    assert addresses(draft) == [LONG, SHORT]


def test_the_same_address_is_not_added_twice(draft):
    add(draft, SHORT)

    with pytest.raises(services.LinkRefused) as refusal:
        add(draft, f"{LONG} {SHARE_TEXT}")

    assert refusal.value.code == "LNK-ADDRESS-TWICE"
    assert addresses(draft) == [SHORT]


def test_one_address_too_many_adds_none(draft):
    add(draft, "https://h.example.org/aaaa/ https://h.example.org/bbbb/")

    with pytest.raises(services.LinkRefused) as refusal:
        add(draft, f"{SHORT} {LONG}")

    assert refusal.value.code == "LNK-COUNT-MANY"
    assert len(addresses(draft)) == 2


@pytest.mark.parametrize(
    ("to", "expected"), [(1, "cab"), (2, "acb"), (3, "abc"), (9, "abc"), (0, "cab")]
)
def test_a_link_is_put_in_its_place(draft, to, expected):
    add(draft, " ".join(f"https://h.example.org/{each * 4}/" for each in "abc"))

    services.move_link(link=draft.links.last(), to=to, by=draft.author, at=COLLECTING)

    assert "".join(url[-2] for url in addresses(draft)) == expected


def test_a_link_is_removed(draft):
    [link] = add(draft, SHORT)

    services.remove_link(link=link, by=draft.author, at=COLLECTING)

    assert addresses(draft) == []


# --- Who and when --------
def test_a_category_of_files_takes_no_links(contest):
    draft = make_draft(contest)

    with pytest.raises(services.NotAsked):
        add(draft, SHORT)


def test_nobody_adds_to_the_work_of_another(draft):
    with pytest.raises(services.NotEditable):
        add(draft, SHORT, by=CitizenFactory())


def test_a_work_handed_in_keeps_its_links(contest):
    work = make_handed_in(contest, category=contest.categories.get(key="posted"))

    with pytest.raises(services.NotEditable):
        add(work, SHORT)


# --- What is missing --------
def codes(draft):
    return [
        gap.code for gap in services.missing_for_submit(draft) if gap.step == "files"
    ]


def test_a_work_of_links_needs_one(draft):
    assert codes(draft) == ["LNK-COUNT-FEW"]

    add(draft, SHORT)

    assert codes(draft) == []


def test_a_work_of_links_takes_no_files(draft):
    upload = SimpleUploadedFile("a.jpg", picture_bytes())

    with pytest.raises(services.FileRefused) as refusal:
        services.add_file(
            submission=draft, upload=upload, by=draft.author, at=COLLECTING
        )

    assert refusal.value.code == "LNK-FILES-NONE"


def test_files_of_a_category_chosen_before_are_in_the_way(contest, draft):
    add(draft, SHORT)
    make_media_file(draft)

    assert codes(draft) == ["LNK-FILES-NONE"]


def test_an_address_handed_in_before_is_told(contest, draft):
    earlier = make_handed_in(
        contest, author=draft.author, category=draft.category, files=0
    )
    earlier.links.create(position=1, url=SHORT)
    add(draft, SHORT)

    assert codes(draft) == ["LNK-ADDRESS-KNOWN"]


def test_the_same_address_of_somebody_else_is_for_the_reviewers(contest, draft):
    earlier = make_handed_in(contest, category=draft.category, files=0)
    earlier.links.create(position=1, url=SHORT)
    add(draft, SHORT)

    assert codes(draft) == []
