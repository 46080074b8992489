"""Copies for showing: upright, in sRGB, with nothing of the author's in them.

The one thing that survives from the original is the label of generated content, which
nobody may remove. JPEG copies keep the colours of every pixel (4:4:4): flat graphics
would show at once that they are halved, photographs pay little for it.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import simplejpeg
from PIL import Image

from submissions.media import pixels, profiles
from submissions.media.images import VIEW_LEAST_PX, Picture
from submissions.media.labels import AigcLabel

THUMBNAIL_PX = 480
JPEG_QUALITY = 85
QUICK_JPEG_QUALITY = 82
WEBP_QUALITY = 80
XMP_SEGMENT = b"http://ns.adobe.com/xap/1.0/\0"
JFIF_END = 20  # of the start and the JFIF segment every JPEG of ours begins with


@dataclass(frozen=True)
class Copy:
    """A file in the scratch folder; kinds are those of models.Derivative."""

    kind: str
    path: Path
    content_type: str
    width_px: int
    height_px: int
    detail: dict = field(default_factory=dict)


def upright(picture: Picture) -> np.ndarray:
    """A decoded picture the way it is to be seen: turned, in sRGB or grey."""
    small = pixels.halved(picture.pixels, least_px=VIEW_LEAST_PX)
    seen = profiles.in_srgb(small, picture.icc)
    return pixels.turned(seen, picture.facts.orientation)


def of_picture(
    seen: np.ndarray, label: AigcLabel | None, *, folder: Path
) -> list[Copy]:
    """A view and a thumbnail of an upright picture, soon made."""
    thumbnail = pixels.at_most(seen, THUMBNAIL_PX)
    return [
        _written(seen, "view", folder=folder, label=label),
        _written(thumbnail, "thumbnail", folder=folder, label=label),
    ]


def _written(seen: np.ndarray, kind: str, *, folder: Path, label) -> Copy:
    path = folder / f"{kind}.jpg"
    path.write_bytes(jpeg_of(seen, quality=QUICK_JPEG_QUALITY, label=label))
    height, width = seen.shape[:2]
    return Copy(kind, path, "image/jpeg", width, height)


def jpeg_of(seen: np.ndarray, *, quality: int, label: AigcLabel | None) -> bytes:
    """A JPEG of RGB or grey with nothing in it but the label."""
    if seen.ndim == 2:
        rows = np.ascontiguousarray(seen)[:, :, None]
        colours, sampling = "GRAY", "Gray"
    else:
        rows, colours, sampling = np.ascontiguousarray(seen), "RGB", "444"
    data = simplejpeg.encode_jpeg(
        rows, quality=quality, colorspace=colours, colorsubsampling=sampling
    )
    return with_xmp(data, label.as_xmp()) if label else data


def with_xmp(jpeg: bytes, packet: bytes) -> bytes:
    """A JPEG of ours with an XMP packet behind its JFIF segment."""
    body = XMP_SEGMENT + packet
    segment = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    return jpeg[:JFIF_END] + segment + jpeg[JFIF_END:]


def save_jpeg(
    image: Image.Image, kind: str, *, folder: Path, label: AigcLabel | None
) -> Copy:
    path = folder / f"{kind}.jpg"
    image.save(
        path,
        "JPEG",
        quality=JPEG_QUALITY,
        progressive=True,
        icc_profile=None,
        **_label_options(label),
    )
    return Copy(kind, path, "image/jpeg", *image.size)


def save_thumbnail(
    image: Image.Image, *, folder: Path, label: AigcLabel | None
) -> Copy:
    small = image.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS)
    path = folder / "thumbnail.webp"
    small.save(
        path, "WEBP", quality=WEBP_QUALITY, icc_profile=None, **_label_options(label)
    )
    return Copy("thumbnail", path, "image/webp", *small.size)


def _label_options(label: AigcLabel | None) -> dict[str, bytes]:
    return {"xmp": label.as_xmp()} if label else {}
