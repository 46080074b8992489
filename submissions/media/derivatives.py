"""Copies for showing: upright, in sRGB, with nothing of the author's in them.

The one thing that survives from the original is the label of generated content, which
nobody may remove.
"""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

from submissions.media.images import BAD_DATA, VIEW_PX, Picture
from submissions.media.labels import AigcLabel

THUMBNAIL_PX = 480
JPEG_QUALITY = 85
WEBP_QUALITY = 80
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Copy:
    """A file in the scratch folder; kinds are those of models.Derivative."""

    kind: str
    path: Path
    content_type: str
    width_px: int
    height_px: int
    detail: dict = field(default_factory=dict)


def upright(picture: Picture) -> Image.Image:
    """A decoded picture the way it is to be seen: turned, in sRGB, VIEW_PX long."""
    image = picture.image
    image.info.clear()
    image.thumbnail((VIEW_PX, VIEW_PX), Image.Resampling.LANCZOS)
    image = _in_srgb(image, picture.icc)
    turn = UPRIGHT.get(picture.facts.orientation)
    return image.transpose(turn) if turn is not None else image


def of_picture(
    image: Image.Image, label: AigcLabel | None, *, folder: Path
) -> list[Copy]:
    """A view and a thumbnail of an upright picture."""
    return [
        save_jpeg(image, "view", folder=folder, label=label),
        save_thumbnail(image, folder=folder, label=label),
    ]


def _in_srgb(image: Image.Image, icc: bytes) -> Image.Image:
    if icc:
        try:
            return ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(icc)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except BAD_DATA:  # a profile of another colour mode says nothing about these
            pass
    return image.convert("RGB")


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
