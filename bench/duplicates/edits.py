"""What people do to a picture they did not take (the list of edits under test)."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps


def _jpeg(quality):
    def edit(image):
        held = BytesIO()
        image.save(held, "JPEG", quality=quality)
        return Image.open(BytesIO(held.getvalue())).convert("RGB")

    return edit


def _scaled(share):
    return lambda image: image.resize(
        (int(image.width * share), int(image.height * share)), Image.Resampling.LANCZOS
    )


def _cropped(share):
    def edit(image):
        left, top = image.width * share / 2, image.height * share / 2
        return image.crop((left, top, image.width - left, image.height - top))

    return edit


def _gamma(value):
    table = [round(255 * (level / 255) ** value) for level in range(256)] * 3
    return lambda image: image.point(table)


def _stretched(image):
    return image.resize((int(image.width * 0.85), image.height))


def _noisy(image):
    grain = np.random.default_rng(1).normal(0, 18, (image.height, image.width, 3))
    values = np.asarray(image, np.float32) + grain
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _letterboxed(image):
    band = int(image.height * 0.14)
    return ImageOps.expand(image, (0, band, 0, band), "black")


def _framed(image):
    return ImageOps.expand(image, int(image.width * 0.05), "white")


def _with_logo(image):
    marked = image.copy()
    pen = ImageDraw.Draw(marked)
    width, height = marked.size
    pen.rectangle([width * 0.78, height * 0.05, width * 0.96, height * 0.15], "white")
    pen.ellipse([width * 0.8, height * 0.06, width * 0.86, height * 0.14], "red")
    return marked


def _with_caption(image):
    marked = image.copy()
    width, height = marked.size
    pen = ImageDraw.Draw(marked)
    pen.rectangle([0, height * 0.88, width, height], "black")
    for word in range(12):
        left = width * (0.1 + word * 0.065)
        pen.rectangle(
            [left, height * 0.92, left + width * 0.05, height * 0.96], "white"
        )
    return marked


def _turned(degrees):
    def edit(image):
        turned = image.rotate(degrees, Image.Resampling.BICUBIC, expand=False)
        margin = 0.06
        box = (
            image.width * margin,
            image.height * margin,
            image.width * (1 - margin),
            image.height * (1 - margin),
        )
        return turned.crop(box)

    return edit


PICTURE_EDITS = {
    "half size": _scaled(0.5),
    "a fifth": _scaled(0.2),
    "jpeg q10": _jpeg(10),
    "jpeg q30": _jpeg(30),
    "darker": _gamma(1.5),
    "lighter": _gamma(0.65),
    "contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.4),
    "brightness": lambda image: ImageEnhance.Brightness(image).enhance(1.25),
    "colourful": lambda image: ImageEnhance.Color(image).enhance(1.8),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "sharpened": lambda image: image.filter(ImageFilter.UnsharpMask(3, 150)),
    "noisy": _noisy,
    "stretched": _stretched,
    "crop 5 %": _cropped(0.05),
    "crop 10 %": _cropped(0.1),
    "crop 20 %": _cropped(0.2),
    "letterbox": _letterboxed,
    "framed": _framed,
    "mirrored": ImageOps.mirror,
    "turned 90°": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "turned 5°": _turned(5),
    "logo": _with_logo,
    "caption": _with_caption,
}
