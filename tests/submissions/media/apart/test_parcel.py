"""What comes from behind the fence is believed only as far as it can be true."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from submissions.media.apart import parcel
from submissions.media.apart.parcel import PackedGrey
from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts, ImageFacts
from submissions.media.fingerprints.pictures import Print
from submissions.media.fingerprints.prints import Prints
from submissions.media.looking import Look
from submissions.media.pictures.derivatives import Copy

BASE = FileFacts(size_bytes=9, sha256="a" * 64, content_type=ContentType.JPEG)


@pytest.fixture
def look(tmp_path):
    path = tmp_path / "view.jpg"
    path.write_bytes(b"a picture")
    hashes = np.arange(64, dtype=np.uint8).reshape(2, 32)
    return Look(
        ImageFacts(width_px=3, dpi_others={"exif": 72.0}, edit_programs=("a", "b")),
        {"pillow": "1"},
        ["a line"],
        [Copy("view", path, "image/jpeg", 3, 2, {"quality": 85})],
        Prints(
            picture=Print(hashes, hashes[:1], hashes[:0], 50),
            small=Image.new("L", (3, 2), 7),
        ),
        {"decode": 0.5},
    )


def test_it_arrives_as_it_was_sent_but_for_what_is_known_already(look, tmp_path):
    sent = replace(look, facts=look.facts.with_(sha256="b" * 64))

    found = parcel.unpacked(
        parcel.read(parcel.written(parcel.packed(sent))), base=BASE, folder=tmp_path
    )

    assert found.facts == look.facts.with_(
        size_bytes=9, sha256="a" * 64, content_type=ContentType.JPEG
    )
    assert (found.tool_versions, found.log, found.timings) == (
        look.tool_versions,
        look.log,
        look.timings,
    )
    assert found.copies == look.copies
    assert found.prints.picture.kept.tolist() == look.prints.picture.kept.tolist()
    assert found.prints.small.tobytes() == look.prints.small.tobytes()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{",
        b"\x80\x04K\x01.",  # a pickle
        b'{"facts": {"width_px": "3"}}',
        b'{"facts": {"width_px": 3}, "more": 1}',
        b'{"copies": [{"kind": "view"}]}',
    ],
)
def test_what_is_no_parcel_is_refused(answer):
    with pytest.raises(parcel.Unfit):
        parcel.read(answer)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "in/side", "", ".."])
def test_a_copy_outside_the_folder_is_refused(look, tmp_path, name):
    (tmp_path.parent / "secret").write_text("a")
    sent = parcel.packed(look)
    sent = replace(sent, copies=[replace(sent.copies[0], name=name)])

    with pytest.raises(parcel.Unfit):
        parcel.unpacked(sent, base=BASE, folder=tmp_path)


def test_a_copy_that_is_a_link_is_refused(look, tmp_path):
    look.copies[0].path.unlink()
    look.copies[0].path.symlink_to("/etc/passwd")

    with pytest.raises(parcel.Unfit):
        parcel.unpacked(parcel.packed(look), base=BASE, folder=tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"kept": b"x"},
        {"turned": bytes(32 * 33)},
        {"small": PackedGrey(5, 5, b"x")},
        {"small": PackedGrey(0, 5, b"")},
        {"small": PackedGrey(-5, -5, bytes(25))},
        {"small": PackedGrey(100_000, 100_000, b"x")},
    ],
)
def test_prints_of_another_make_are_refused(look, tmp_path, changes):
    sent = parcel.packed(look)
    sent = replace(sent, prints=replace(sent.prints, **changes))

    with pytest.raises(parcel.Unfit):
        parcel.unpacked(sent, base=BASE, folder=tmp_path)
