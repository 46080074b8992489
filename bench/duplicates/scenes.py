"""Pictures, films and tunes that nobody took: every seed is one of its own."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

PICTURE_SIZE = (1600, 1067)


def picture(seed: int, size: tuple[int, int] = PICTURE_SIZE) -> Image.Image:
    """Clouds of colour like a blurred photograph, with sharp things in front."""
    chance = np.random.default_rng(seed)
    image = _clouds(chance, size)
    pen = ImageDraw.Draw(image, "RGBA")
    for _thing in range(int(chance.integers(12, 40))):
        _draw_thing(pen, chance, size)
    grain = chance.normal(0, 5, (size[1], size[0], 1))
    noisy = np.clip(np.asarray(image, np.float32) + grain, 0, 255)
    return Image.fromarray(noisy.astype(np.uint8)).filter(ImageFilter.SMOOTH)


def _clouds(chance, size):
    layers = np.zeros((size[1], size[0], 3), np.float32)
    for cells, weight in ((2, 1.0), (5, 0.7), (12, 0.4), (40, 0.2)):
        coarse = chance.uniform(0, 255, (cells, int(cells * 1.5), 3)).astype(np.uint8)
        fine = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
        layers += weight * np.asarray(fine, np.float32)
    return Image.fromarray(np.clip(layers / 2.3, 0, 255).astype(np.uint8))


def _draw_thing(pen, chance, size):
    x, y = chance.uniform(0, size[0]), chance.uniform(0, size[1])
    reach = chance.uniform(0.02, 0.22) * size[0]
    colour = (*(int(c) for c in chance.integers(0, 256, 3)), 235)
    kind = chance.integers(0, 3)
    if kind == 0:
        pen.ellipse([x - reach, y - reach / 2, x + reach, y + reach / 2], colour)
    elif kind == 1:
        angles = np.sort(chance.uniform(0, 2 * np.pi, int(chance.integers(3, 8))))
        pen.polygon(
            [(x + reach * np.cos(a), y + reach * np.sin(a)) for a in angles], colour
        )
    else:
        for step in range(int(chance.integers(3, 9))):
            left = x + step * reach / 6
            pen.rectangle([left, y - reach, left + reach / 12, y + reach], colour)


def tune(seed: int, seconds: float, rate: int = 44_100) -> np.ndarray:
    """Mono sound of -1 to 1: chords, melody and beat, new every half second; tuned as
    its players are, each voice a little off and with a vibrato."""
    chance = np.random.default_rng(10_000 + seed)
    sound = np.zeros(int(seconds * rate), np.float32)
    step = rate // 2
    time = np.arange(step) / rate
    fade = np.minimum(1, np.minimum(time, time[::-1]) / 0.02)
    root = 110 * 2 ** (chance.integers(0, 12) / 12) * chance.uniform(0.98, 1.02)
    for start in range(0, len(sound) - step, step):
        piece = np.zeros(step)
        for _voice in range(4):
            piece += _voice_of(chance, root * 2 ** (chance.integers(0, 36) / 12), time)
        piece += chance.normal(0, 0.4, step) * np.exp(-time * 30)
        sound[start : start + step] = piece * fade
    return sound / np.abs(sound).max() * 0.8


def _voice_of(chance, note, time):
    off = note * chance.uniform(0.996, 1.004)
    swing = chance.uniform(0.002, 0.006) / 5.5  # of the pitch, 5.5 times a second
    turns = off * (time + swing * np.sin(2 * np.pi * 5.5 * time) / (2 * np.pi))
    return sum(np.sin(2 * np.pi * n * turns) / n**1.5 for n in range(1, 5))
