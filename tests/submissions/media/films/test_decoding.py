"""What the one pass leaves for the fingerprints, against plain decodes of the film."""

import numpy as np
import pytest
from PIL import Image

from submissions.media.files import basic_facts, opened
from submissions.media.films import video
from submissions.media.fingerprints import pdq, prints, sounds
from submissions.media.tools import ffmpeg
from tests.submissions.media import makers

MOST_BITS = 8  # of 256; what is more than 31 away is another picture
MOST_BITS_WRONG = 0.005  # of a sound's; a quarter makes it another
SIZE = (640, 360)
MOVING = "crop=640:360:x='20*t':y='10*t',noise=alls=9:allf=t,format=yuv420p"
CHANGING = (
    "aevalsrc='sin(2*PI*(300+70*floor(mod(3*t,9)))*t)*exp(-2*mod(t,0.5))':s=44100"
)
CODINGS = {
    "coarse": ("-c:v", "libx264", "-preset", "fast", "-crf", "36", "-bf", "3"),
    "fine": ("-c:v", "libx264", "-preset", "fast", "-crf", "20", "-bf", "3"),
    "hevc": makers.HEVC[:-2],
}


@pytest.fixture
def film(tmp_path):
    def make(coding):
        return makers.film(
            tmp_path / "a.mp4",
            *("-vf", MOVING),
            size="960x480",
            seconds=9,
            rate=10,
            sound=CHANGING,
            coding=(*CODINGS[coding], "-c:a", "aac"),
        )

    return make


def looked_at(path, folder):
    """The fingerprints as an inspection makes them."""
    folder.mkdir()
    with opened(path) as file:
        base = basic_facts(file)
        film = video.look_at(file, path=path, base=base, scratch_dir=folder)
    return prints.of_film(film.frames, film.sound_print)


def exact_hashes(path, folder):
    """One frame a second, decoded in full, and scaled by another library."""
    raw = folder / "frames.raw"
    makers.ffmpeg("-i", path, "-vf", "fps=4,fps=1,format=gray", "-f", "rawvideo", raw)
    frames = np.fromfile(raw, np.uint8).reshape(-1, SIZE[1], SIZE[0])
    small = (pdq.FRAME_PX, pdq.FRAME_PX)
    greys = [
        Image.fromarray(each).resize(small, Image.Resampling.BOX) for each in frames
    ]
    return pdq.hashes_in(np.stack([np.asarray(grey) for grey in greys]))


@pytest.mark.parametrize("coding", CODINGS)
def test_frames_have_the_hashes_of_an_exact_decode(coding, film, tmp_path):
    path = film(coding)

    hashes = looked_at(path, tmp_path / "look").film.whole.hashes

    expected = exact_hashes(path, tmp_path)
    bits = np.bitwise_count(hashes ^ expected).sum(axis=1)
    assert len(expected) == 9
    assert max(bits) <= MOST_BITS


def test_the_sound_has_the_print_of_a_plain_decode(film, tmp_path):
    path = film("fine")

    words = looked_at(path, tmp_path / "look").words

    plain = tmp_path / "plain.print"
    makers.ffmpeg("-i", path, "-vn", "-f", "chromaprint", "-fp_format", "raw", plain)
    expected = sounds.words_of(plain.read_bytes())
    assert len(set(expected.tolist())) > 20
    assert len(words) == len(expected)
    wrong = np.bitwise_count(words ^ expected).sum() / (32 * len(expected))
    assert wrong <= MOST_BITS_WRONG


@pytest.mark.skipif(not ffmpeg.WITHOUT_GATHERING, reason="There is nothing to avoid.")
def test_scaling_without_gathering_gives_the_same_bytes(film, tmp_path):
    path = film("fine")
    scaled = ("-i", path, "-vf", "scale=320:180:flags=area", "-f", "rawvideo")

    makers.ffmpeg(*scaled, tmp_path / "usual.raw")
    makers.ffmpeg(*ffmpeg.WITHOUT_GATHERING, *scaled, tmp_path / "quick.raw")

    usual, quick = (tmp_path / f"{name}.raw" for name in ("usual", "quick"))
    assert usual.read_bytes() == quick.read_bytes()
