"""What many honest works share: title cards, slides, black, white, noise, silence.

Each comes twice, with `another` text or chance: neither must be taken for the other.
"""

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw

from bench.duplicates import tracks
from submissions.media.fingerprints import films
from submissions.media.fingerprints.prints import Prints

SIZE = (1280, 720)
SECONDS = 20
NO_WORDS = np.empty(0, np.uint32)


def pictures(*, another: bool = False) -> Iterator[Image.Image]:
    chance = np.random.default_rng(2 if another else 1)
    yield Image.new("RGB", SIZE, "black")
    yield Image.new("RGB", SIZE, "white")
    yield _noise(chance)
    yield card(chance, "black", "white", lines=2)
    yield card(chance, "white", "black", lines=9)
    yield _sky(chance)


def frames_of_films(*, another: bool = False) -> Iterator[list[Image.Image]]:
    """The scenes of a film, second by second."""
    chance = np.random.default_rng(4 if another else 3)
    yield [Image.new("RGB", SIZE, "black")] * SECONDS
    yield [Image.new("RGB", SIZE, "white")] * SECONDS
    yield [_noise(chance) for _second in range(SECONDS)]
    yield _repeated([card(chance, "black", "white", lines=1) for _card in range(4)])
    yield _repeated([card(chance, "white", "black", lines=9) for _card in range(4)])
    yield _repeated([_template(chance) for _card in range(4)])
    yield [_sky(chance)] * SECONDS


def scenes(*, another: bool = False) -> Iterator[Prints]:
    for frames in frames_of_films(another=another):
        greys = [
            np.asarray(frame.convert("L").resize((128, 128), Image.Resampling.BOX))
            for frame in frames
        ]
        yield Prints(film=films.Frames(np.stack(greys)), words=NO_WORDS)


def sounds(*, another: bool = False) -> Iterator[Prints]:
    seed = 2 if another else 1
    sources = [
        "anullsrc",
        f"sine=frequency={440 * seed}",
        f"anoisesrc=c=white:seed={seed}",
        f"anoisesrc=c=pink:seed={seed}",
        f"anoisesrc=c=brown:seed={seed}",
        f"anoisesrc=c=white:a=0.002:seed={seed + 10}",
    ]
    for source in sources:
        yield tracks.words_of(["-f", "lavfi", "-t", "120", "-i", source])


def _repeated(frames):
    return [frame for frame in frames for _second in range(SECONDS // len(frames))]


def _noise(chance):
    values = chance.integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    return Image.fromarray(values)


def card(chance, ground, ink, *, lines) -> Image.Image:
    """Words, as bars of chance length in the middle, like any title or slide."""
    image = Image.new("RGB", SIZE, ground)
    _write(ImageDraw.Draw(image), chance, ink, lines, top=SIZE[1] / 2 - lines * 30)
    return image


def _template(chance):
    """A slide with the head and the mark that all slides of its makers have."""
    image = Image.new("RGB", SIZE, "#f4f4f0")
    pen = ImageDraw.Draw(image)
    pen.rectangle([0, 0, SIZE[0], 110], "#1d4f91")
    pen.ellipse([1120, 15, 1200, 95], "#f0c040")
    _write(pen, chance, "#222222", int(chance.integers(4, 8)), top=180)
    return image


def _write(pen, chance, ink, lines, *, top):
    for line in range(lines):
        width = chance.uniform(0.3, 0.8) * SIZE[0]
        left, y = (SIZE[0] - width) / 2, top + line * 60
        while left < (SIZE[0] + width) / 2:
            word = chance.uniform(30, 110)
            pen.rectangle([left, y, left + word, y + 32], ink)
            left += word + 14


def _sky(chance):
    """From bright to dark, as skies are."""
    column = np.linspace(chance.uniform(200, 250), chance.uniform(90, 140), SIZE[1])
    values = np.repeat(column[:, None], SIZE[0], axis=1)
    values = values + chance.normal(0, 3, values.shape)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).convert("RGB")
