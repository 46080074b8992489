"""Files that somebody chooses in the browser, made on the spot."""

import subprocess

from PIL import ExifTags, Image, ImageOps

from submissions.media.tools.ffmpeg import ffmpeg_binary


def make_photo(path, *, mode="RGB"):
    """A JPEG of 1620 by 1080 pixels."""
    shades = Image.linear_gradient("L").resize((1620, 1080))
    picture = ImageOps.colorize(shades, "#17755a", "#fcf0d6")
    picture.convert(mode).save(
        path, "JPEG", quality=88, dpi=(300, 300), exif=_of_a_camera()
    )
    return path


def _of_a_camera():
    """Without it a person would look at the picture first."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "NIKON CORPORATION"
    exif[ExifTags.Base.Model] = "NIKON D750"
    taken = exif.get_ifd(ExifTags.IFD.Exif)
    taken[ExifTags.Base.DateTimeOriginal] = "2023:08:20 06:12:45"
    return exif


def make_film(path, *, seconds=2):
    """An MP4 of 1080P with a tone; H.264 and AAC."""
    subprocess.run(
        [
            *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y"),
            *("-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25"),
            *("-f", "lavfi", "-i", "sine=frequency=330"),
            *("-t", str(seconds), "-c:v", "libx264", "-preset", "ultrafast"),
            *("-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"),
            str(path),
        ],
        check=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
    return path
