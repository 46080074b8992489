"""Copies for showing: upright, in sRGB, with nothing of the author's in them.

The one thing that survives from the original is the label of generated content, which
nobody may remove.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageStat

from submissions.media.facts import VideoFacts
from submissions.media.images import BAD_DATA, VIEW_PX, Picture
from submissions.media.labels import AigcLabel
from submissions.media.probe import copy_streams

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

    path: Path
    content_type: str
    width_px: int
    height_px: int


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
) -> dict[str, Copy]:
    """A view and a thumbnail of an upright picture."""
    return {
        "view": _save_jpeg(image, folder / "view.jpg", label),
        "thumbnail": _save_thumbnail(image, folder, label),
    }


def of_film(
    posters: Sequence[Path], *, folder: Path, label: AigcLabel | None
) -> dict[str, Copy]:
    """The most telling of the frames the decoding pass left, and its thumbnail."""
    frames = [image for image in map(_open, posters) if image is not None]
    if not frames:
        return {}
    image = max(frames, key=_liveliness)
    return {
        "poster": _save_jpeg(image, folder / "poster.jpg", label),
        "thumbnail": _save_thumbnail(image, folder, label),
    }


def playable(
    path: Path, *, facts: VideoFacts, folder: Path, label: AigcLabel | None
) -> dict[str, Copy]:
    """The film itself without what it says about its author; none if it cannot be."""
    target = folder / "view.mp4"
    if not copy_streams(path, target, label=label.raw if label else ""):
        return {}
    size = (facts.display_width_px, facts.display_height_px)
    return {"view": Copy(target, "video/mp4", *size)}


def _open(path: Path) -> Image.Image | None:
    """A frame ffmpeg wrote; one cut short by the end of its time is left out."""
    try:
        with Image.open(path, formats=("JPEG",)) as image:
            frame = image.convert("RGB")
            frame.info.clear()
            return frame
    except BAD_DATA:
        return None


def _liveliness(image: Image.Image) -> float:
    """Contrast, less of it for a picture nearly black or white."""
    stat = ImageStat.Stat(image.convert("L").resize((64, 64)))
    return stat.stddev[0] - abs(stat.mean[0] - 118) / 4


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


def _save_jpeg(image: Image.Image, path: Path, label: AigcLabel | None) -> Copy:
    image.save(
        path,
        "JPEG",
        quality=JPEG_QUALITY,
        progressive=True,
        icc_profile=None,
        **_label_options(label),
    )
    return Copy(path, "image/jpeg", *image.size)


def _save_thumbnail(image: Image.Image, folder: Path, label: AigcLabel | None) -> Copy:
    small = image.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS)
    path = folder / "thumbnail.webp"
    small.save(
        path, "WEBP", quality=WEBP_QUALITY, icc_profile=None, **_label_options(label)
    )
    return Copy(path, "image/webp", *small.size)


def _label_options(label: AigcLabel | None) -> dict[str, bytes]:
    return {"xmp": label.as_xmp()} if label else {}
