"""Copies for showing: upright, in sRGB, with nothing of the author's in them.

The one thing that survives from the original is the label of generated content, which
nobody may remove. Where the colours of the original are as fine as its light, as design
programs write flat graphics, so are those of its copies.
"""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
import simplejpeg
from PIL import Image

from submissions.media.facts import FileFacts
from submissions.media.pictures import images, pixels, profiles
from submissions.media.pictures.images import Picture
from submissions.media.provenance.labels import AigcLabel

THUMBNAIL_LEAST_PX = 400
THUMBNAIL_PX, VIEW_PX, LARGE_PX = 480, 1600, 2560
JPEG_QUALITY, QUICK_JPEG_QUALITY, LARGE_JPEG_QUALITY = 85, 82, 90
WEBP_QUALITY = 80
AVIF = {"quality": 65, "speed": 8, "max_threads": 1}
FINE, HALVED = "4:4:4", "4:2:0"
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


def upright(picture: Picture, *, least_px: int = images.VIEW_LEAST_PX) -> np.ndarray:
    """A decoded picture the way it is to be seen: turned, in sRGB or grey."""
    small = pixels.halved(picture.pixels, least_px=least_px)
    seen = profiles.in_srgb(small, picture.icc)
    return pixels.turned(seen, picture.facts.orientation)


def small(seen: np.ndarray) -> np.ndarray:
    """An upright picture as its thumbnail and its fingerprints take it."""
    return pixels.halved(seen, least_px=THUMBNAIL_LEAST_PX)


def of_picture(
    seen: np.ndarray, small: np.ndarray, picture: Picture, *, folder: Path
) -> list[Copy]:
    """A view and a thumbnail, soon made, of an upright picture and a small one."""
    return [
        _quickly_written("view", seen, picture, folder=folder),
        _quickly_written("thumbnail", small, picture, folder=folder),
    ]


def _quickly_written(kind, seen, picture, *, folder) -> Copy:
    path = folder / f"{kind}.jpg"
    data = jpeg_of(
        seen,
        quality=QUICK_JPEG_QUALITY,
        sampling=HALVED if picture.has_halved_colours else FINE,
    )
    label = picture.label
    path.write_bytes(with_xmp(data, label.as_xmp()) if label else data)
    height, width = seen.shape[:2]
    return Copy(kind, path, "image/jpeg", width, height)


def jpeg_of(seen: np.ndarray, *, quality: int, sampling: str) -> bytes:
    """A JPEG of RGB or grey with nothing else in it."""
    rows = np.ascontiguousarray(seen)
    if seen.ndim == 2:
        return simplejpeg.encode_jpeg(rows[:, :, None], quality, "GRAY", "Gray")
    return simplejpeg.encode_jpeg(rows, quality, "RGB", sampling.replace(":", ""))


def slow_of_picture(
    file: BinaryIO, *, label: AigcLabel | None, folder: Path
) -> list[Copy]:
    """The copies that take long: a large view for judges, view and thumbnail in newer
    formats, all with this label; none of a picture that cannot be decoded.

    The large view has fine colours. WebP knows only halved ones, so it is made only of
    pictures whose own are halved, or which have none.
    """
    picture = images.look_at(file, base=FileFacts(), least_px=LARGE_PX)
    if picture.pixels is None:
        return []
    seen = upright(picture, least_px=LARGE_PX)
    large = pixels.at_most(seen, LARGE_PX, by=cv2.INTER_AREA)
    save = partial(_save, folder=folder, label=label)
    copies = [
        save("large", large, "JPEG", quality=LARGE_JPEG_QUALITY, subsampling=FINE)
    ]
    sampling = HALVED if picture.has_halved_colours or seen.ndim == 2 else FINE
    for kind, long_px in (("view", VIEW_PX), ("thumbnail", THUMBNAIL_PX)):
        small = pixels.at_most(large, long_px, by=cv2.INTER_AREA)
        copies.append(save(f"{kind}-avif", small, "AVIF", subsampling=sampling, **AVIF))
        if sampling == HALVED:
            copies.append(save(f"{kind}-webp", small, "WEBP", quality=WEBP_QUALITY))
    return copies


def _save(kind, seen, encoding, *, folder, label, **options) -> Copy:
    path = folder / f"{kind}.{encoding.lower()}"
    image = Image.fromarray(seen)
    image.save(path, encoding, **options, **_label_options(label))
    return Copy(kind, path, f"image/{encoding.lower()}", *image.size)


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
