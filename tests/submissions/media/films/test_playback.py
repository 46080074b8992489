"""The copy of a film that everybody plays says nothing about its author."""

import json
import subprocess

from submissions.media.examine import examine
from submissions.media.films.playback import copy_streams
from submissions.media.tools.ffmpeg import ffmpeg_binary, read_header
from submissions.states import Verdict
from tests.submissions.media.categories import SHORT_VIDEO
from tests.submissions.media.makers import by_kind

LABEL = '{"Label":"1","ContentProducer":"001","ProduceID":"7"}'
TRACES = {
    "location": "+30.2500+120.1500/",
    "title": "holiday",
    "artist": "somebody",
    "creation_time": "2023-06-01T10:00:00Z",
}


def film(path, *, label=""):
    tags = TRACES | ({"AIGC": label} if label else {})
    given = [
        word for key, text in tags.items() for word in ("-metadata", f"{key}={text}")
    ]
    subprocess.run(
        [
            *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y"),
            *("-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=5"),
            *("-f", "lavfi", "-i", "sine"),
            *("-t", "2", "-c:v", "libx264", "-preset", "ultrafast"),
            *("-pix_fmt", "yuv420p", "-c:a", "aac", *given),
            *("-movflags", "+use_metadata_tags", "-f", "mp4", str(path)),
        ],
        check=True,
        timeout=60,
    )
    return path


def told_by(path):
    return json.dumps(read_header(path)).lower()


def test_a_film_is_examined_with_a_copy_for_playing(tmp_path):
    original = film(tmp_path / "film.mp4")

    found = examine(original, category=SHORT_VIDEO, scratch_dir=tmp_path)

    copy = by_kind(found)["view"]
    assert found.verdict != Verdict.FAILED
    assert (copy.content_type, copy.width_px, copy.height_px) == (
        "video/mp4",
        1920,
        1080,
    )
    assert copy.path != original


def test_no_place_name_or_date_is_left_in_it(tmp_path):
    original = film(tmp_path / "film.mp4")
    before = told_by(original)

    assert copy_streams(original, tmp_path / "view.mp4")

    after = told_by(tmp_path / "view.mp4")
    for text in TRACES.values():
        assert text.lower()[:10] in before
        assert text.lower()[:10] not in after


def test_the_label_of_generated_content_stays(tmp_path):
    original = film(tmp_path / "film.mp4", label=LABEL)

    assert copy_streams(original, tmp_path / "view.mp4", label=LABEL)

    tags = read_header(tmp_path / "view.mp4")["format"]["tags"]
    assert tags["AIGC"] == LABEL


def test_it_begins_with_its_index_so_that_it_plays_at_once(tmp_path):
    original = film(tmp_path / "film.mp4")

    copy_streams(original, tmp_path / "view.mp4")

    content = (tmp_path / "view.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_what_is_no_film_has_no_copy(tmp_path):
    (tmp_path / "film.mp4").write_bytes(b"no film at all")

    assert not copy_streams(tmp_path / "film.mp4", tmp_path / "view.mp4")
