"""What people do to a file they did not make is found by the inspection of the copy:
from the bytes that were stored to the finding that a reviewer reads."""

import subprocess
from functools import cache
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bench.duplicates import films, plain, tracks
from bench.duplicates.edits import PICTURE_EDITS
from bench.duplicates.scenes import picture
from submissions.media.codes import Code
from submissions.media.jobs import inspection
from submissions.media.tools.ffmpeg import ffmpeg_binary
from submissions.models import Likeness
from submissions.services import add_file
from tests.factories.submissions import (
    COLLECTING,
    make_contest,
    make_draft,
    make_handed_in,
)

pytestmark = pytest.mark.django_db

KNOWN = {
    Code.IMG_PICTURE_KNOWN,
    Code.VID_SCENES_KNOWN,
    Code.VID_SOUND_KNOWN,
    Code.SET_FILE_KNOWN,
}
PICTURE_PX = (1500, 1000)


@cache
def a_picture(seed):
    return picture(seed, PICTURE_PX)


def jpeg(image, quality=90):
    held = BytesIO()
    image.save(held, "JPEG", quality=quality, dpi=(300, 300))
    return held.getvalue()


def inspect(submission, content, name="a.jpg"):
    """Stored and inspected in a work that was handed in, or is a draft."""
    draft = make_draft(
        submission.contest, category=submission.category, author=submission.author
    )
    upload = SimpleUploadedFile(name, content)
    file = add_file(submission=draft, upload=upload, by=draft.author, at=COLLECTING)
    inspection.inspect(file, at=COLLECTING)
    if submission.number:
        file.submission = submission
        file.position = 9
        file.save(update_fields=["submission", "position"])
    return file


def known(file):
    return KNOWN & {finding.code for finding in file.inspection.findings.all()}


@pytest.fixture
def contest():
    return make_contest(defaults={"max_file_mb": 50})


def handed_in(contest, kind="series"):
    return make_handed_in(contest, category=contest.categories.get(key=kind), files=0)


def drafted(contest, kind="series"):
    return make_draft(contest, category=contest.categories.get(key=kind))


# --- Pictures ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ("none", Code.SET_FILE_KNOWN),
        ("jpeg q30", Code.IMG_PICTURE_KNOWN),
        ("half size", Code.IMG_PICTURE_KNOWN),
        ("crop 10 %", Code.IMG_PICTURE_KNOWN),
        ("mirrored", Code.IMG_PICTURE_KNOWN),
        ("letterbox", Code.IMG_PICTURE_KNOWN),
        ("logo", Code.IMG_PICTURE_KNOWN),
    ],
)
def test_a_picture_made_from_another_is_found(contest, edit, code):
    original = inspect(handed_in(contest), jpeg(a_picture(1)))
    edited = PICTURE_EDITS.get(edit, lambda image: image)(a_picture(1))

    copy = inspect(drafted(contest), jpeg(edited))

    assert known(copy) == {code}
    assert Likeness.objects.filter(media_file=copy, other_file=original).exists()
    assert Likeness.objects.filter(media_file=original, other_file=copy).exists()


def test_a_work_of_an_earlier_contest_is_found(contest):
    earlier = make_contest(defaults={"max_file_mb": 50})
    inspect(handed_in(earlier), jpeg(a_picture(1)))

    copy = inspect(drafted(contest), jpeg(PICTURE_EDITS["crop 5 %"](a_picture(1))))

    assert known(copy) == {Code.IMG_PICTURE_KNOWN}


def test_of_a_stranger_s_draft_the_entrant_is_told_nothing(contest):
    original = inspect(drafted(contest), jpeg(a_picture(1)))

    copy = inspect(drafted(contest), jpeg(a_picture(1), quality=40))

    assert known(copy) == set()
    assert Likeness.objects.filter(media_file=original, other_file=copy).exists()


def test_plain_pictures_are_like_nothing(contest):
    pairs = zip(plain.pictures(), plain.pictures(another=True), strict=True)
    for one, other in pairs:
        inspect(handed_in(contest), jpeg(one))
        assert known(inspect(drafted(contest), jpeg(other, quality=80))) == set()


# --- Films -------------------------------------------------------------------
@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def film(folder):
    """Fourteen seconds of invented scenes with a tune."""
    return with_sound(
        films.make(folder / "scenes.mp4", 1, seconds=14),
        tracks.make(folder / "tune.wav", 1, seconds=14),
        folder / "film.mp4",
    )


def with_sound(scenes, tune, target):
    run("-i", scenes, "-i", tune, "-c:v", "copy", "-c:a", "aac", target)
    return target


def run(*arguments):
    subprocess.run(
        [ffmpeg_binary(), "-nostdin", "-v", "error", "-y", *map(str, arguments)],
        check=True,
    )


def inspect_film(submission, path):
    return inspect(submission, path.read_bytes(), "a.mp4")


def test_a_clip_cut_from_a_film_is_found_with_its_moments(contest, folder, film):
    inspect_film(handed_in(contest, "film"), film)
    clip = folder / "clip.mp4"
    run("-ss", "4", "-i", film, "-t", "8", "-an", "-vf", "scale=480:270", clip)

    copy = inspect_film(drafted(contest, "film"), clip)

    assert known(copy) == {Code.VID_SCENES_KNOWN}
    (piece,) = copy.likenesses.get().detail["pieces"]
    assert abs(piece["other_starts_s"] - piece["starts_s"] - 4) <= 1


def test_the_same_music_under_other_scenes_is_found(contest, folder, film):
    inspect_film(handed_in(contest, "film"), film)
    scenes = films.make(folder / "others.mp4", 2, seconds=14)
    other = with_sound(scenes, folder / "tune.wav", folder / "music.mp4")

    copy = inspect_film(drafted(contest, "film"), other)

    assert known(copy) == {Code.VID_SOUND_KNOWN}


def test_music_played_higher_is_found(contest, folder, film):
    inspect_film(handed_in(contest, "film"), film)
    scenes = films.make(folder / "others.mp4", 2, seconds=14)
    higher = folder / "higher.wav"
    run("-i", folder / "tune.wav", *tracks.SOUND_EDITS["pitch +5 %"], higher)

    copy = inspect_film(
        drafted(contest, "film"), with_sound(scenes, higher, folder / "high.mp4")
    )

    assert known(copy) == {Code.VID_SOUND_KNOWN}


def test_titles_black_silence_and_noise_are_like_nothing(contest, folder):
    for number, sound in enumerate(["anullsrc", "anoisesrc=c=white:seed="]):
        made = []
        for version in (1, 2):
            source = f"{sound}{version}" if sound.endswith("=") else sound
            path = folder / f"plain-{number}-{version}.mp4"
            make_plain(path, source, text=version)
            made.append(path)
        inspect_film(handed_in(contest, "film"), made[0])

        assert known(inspect_film(drafted(contest, "film"), made[1])) == set()


def make_plain(path, sound, *, text):
    """Black, then a title, then a slide; each some seconds."""
    slides = [
        Image.new("RGB", plain.SIZE, "black"),
        *list(plain.pictures(another=text == 2))[3:5],
    ]
    inputs = []
    for number, slide in enumerate(slides):
        still = path.with_name(f"{path.stem}-{number}.png")
        slide.save(still)
        inputs += ["-loop", "1", "-t", "5", "-i", still]
    run(
        *inputs,
        *("-f", "lavfi", "-t", "15", "-i", sound),
        *("-filter_complex", "[0:v][1:v][2:v]concat=n=3:v=1[v]", "-map", "[v]"),
        *("-map", "3:a", "-r", "12", "-c:v", "libx264", "-preset", "ultrafast"),
        *("-pix_fmt", "yuv420p", "-c:a", "aac", path),
    )
