"""Files for invented works: drawn by demo_art, filmed by ffmpeg. All are real files."""

import subprocess
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from contest_portal.desk.demo_art import draw, has_words
from submissions.media.tools.ffmpeg import ffmpeg_binary

SHEET = (2700, 1800)  # long side, short side of a drawn motif
PHOTO_SIZES = [(2400, 1600), (2340, 1740), (2520, 1440)]  # cut out of it
FILM_SIZE = (1920, 1080)
DPI = (300, 300)
LONG_FROM_S = 60  # a longer film moves at fewer pictures a second


@lru_cache(maxsize=4)
def sheet(motif: str, *, upright: bool) -> Image.Image:
    """A motif, drawn once; photographs and films are cut out of it."""
    size = SHEET[::-1] if upright else SHEET
    return draw(motif, *size).convert("RGB")


def make_photo(
    path: Path, *, motif: str, upright: bool = False, variant: int = 0
) -> Path:
    """A JPEG of a motif at 300 dpi; every variant is a picture of its own."""
    drawn = sheet(motif, upright=upright)
    size = PHOTO_SIZES[variant % len(PHOTO_SIZES)]
    width, height = size[::-1] if upright else size
    left = variant * 53 % (drawn.width - width)
    top = variant * 31 % (drawn.height - height)
    picture = drawn.crop((left, top, left + width, top + height))
    if variant % 2 and not has_words(motif):
        picture = ImageOps.mirror(picture)
    picture.save(path, "JPEG", quality=88, dpi=DPI)
    return path


def make_scan(path: Path) -> Path:
    """What a scanner makes of a stamped sheet: white, a table, a red seal."""
    sheet_of_paper = Image.new("RGB", (1240, 1754), "#fdfdfa")
    pen = ImageDraw.Draw(sheet_of_paper)
    for row in range(7):
        pen.line([(120, 420 + row * 110), (1120, 420 + row * 110)], "#333", 2)
    for column in (120, 200, 470, 690, 830, 1010, 1120):
        pen.line([(column, 420), (column, 1080)], "#333", 2)
    pen.ellipse([820, 190, 1080, 450], outline="#c0392b", width=9)
    pen.regular_polygon((950, 320, 46), 5, fill="#c0392b")
    sheet_of_paper.save(path, "JPEG", quality=80, dpi=(150, 150))
    return path


def make_film(
    path: Path, *, motif: str, seconds: int, upright: bool = False, variant: int = 0
) -> Path:
    """An MP4 that wanders over a motif, with a quiet tone; H.264 and AAC."""
    still = path.with_suffix(".still.jpg")
    width, height = reversed(FILM_SIZE) if upright else FILM_SIZE
    ImageOps.fit(
        sheet(motif, upright=upright), (width * 5 // 4 & ~1, height * 5 // 4 & ~1)
    ).save(still, quality=90)
    rate = 2 if seconds > LONG_FROM_S else 25
    still_again = f"loop=loop=-1:size=1,setpts=N/{rate}/TB,fps={rate}"
    drift = f"crop={width}:{height}:x='(iw-ow)*t/{seconds}':y='(ih-oh)/2'"
    subprocess.run(
        [
            *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y"),
            *("-framerate", str(rate), "-i", str(still)),
            *("-f", "lavfi", "-i", f"sine=frequency={220 + 20 * variant}"),
            *("-t", str(seconds), "-vf", f"{still_again},{drift}"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "24"),
            *("-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k"),
            *("-movflags", "+faststart", str(path)),
        ],
        check=True,
        timeout=600,
        stdin=subprocess.DEVNULL,
    )
    still.unlink()
    return path
