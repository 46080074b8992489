"""Films at the edges of the rules, each made once and then shared."""

import json
import struct
import subprocess
from functools import cache
from pathlib import Path

from submissions.media.tools.ffmpeg import ffprobe_binary
from tests.submissions.media import makers

SMALL = "64x36"  # where the size of the picture is not the point
FULL = "1920x1080"
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
CODINGS = {
    "hevc": (*X265, "-tag:v", "hvc1"),
    "hevc 10 bit": (*X265, "-tag:v", "hvc1", "-pix_fmt", "yuv420p10le"),
    "av1": ("-c:v", "libsvtav1", "-preset", "13", "-svtav1-params", "lp=1"),
    "vp9": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"),
    "mpeg4": ("-c:v", "mpeg4"),
    "h264 10 bit": ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10"),
}
BOXES_OF_LENGTH = {  # where the length stands behind the name of a box of version 0
    b"mvhd": 20,
    b"tkhd": 24,
    b"mdhd": 20,
}


class Films:
    """Makes a film when it is first asked for. Nobody changes what it hands out."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._count = 0
        self.lasting = cache(self._lasting)
        self.sized = cache(self._sized)
        self.coded = cache(self._coded)

    def path(self, name: str = "a.mp4") -> Path:
        """A place in a folder of its own."""
        self._count += 1
        place = self._folder / str(self._count)
        place.mkdir()
        return place / name

    def _lasting(self, seconds, rate=1) -> Path:
        """So many seconds in frames of equal length."""
        return makers.film(
            self.path(),
            "-g",
            "9999",
            size=SMALL,
            seconds=seconds,
            rate=rate,
            sound=None,
        )

    def ending(self, seconds: float) -> Path:
        """A frame a second; the last one stays a little longer or less long."""
        whole = int(seconds)
        last = f"if(eq(N,{whole - 1}),{seconds - whole + 1:.4f}/TB,DURATION)"
        return makers.remux(
            self.lasting(whole), self.path(), "-bsf:v", f"setts=duration='{last}'"
        )

    def _sized(self, size: str, *options: str) -> Path:
        """Two frames of a size."""
        return makers.film(self.path(), *options, size=size, seconds=1, rate=2)

    def _coded(self, coding: str) -> Path:
        return makers.film(
            self.path(), size=FULL, seconds=1, rate=2,
            coding=(*CODINGS[coding], "-c:a", "aac"),
        )  # fmt: skip

    def delayed(self, film: Path, *, by_s: float, sound_s: float) -> Path:
        """The picture of a film, which begins later than a tone does."""
        path = self.path()
        makers.ffmpeg(
            *("-itsoffset", by_s, "-i", film),
            *("-f", "lavfi", "-t", sound_s, "-i", makers.TONE),
            *("-c:v", "copy", "-c:a", "aac", path),
        )
        return path

    def black(self) -> Path:
        path = self.path()
        source = f"color=black:s={SMALL}:r=2:d=4"
        makers.ffmpeg("-f", "lavfi", "-i", source, *makers.FAST, path)
        return path

    def with_a_cut(self) -> Path:
        """A shot of a second, then another one."""
        path = self.path()
        shots = [f"{shot}s={FULL}:r=4:d=1" for shot in ("color=blue:", "testsrc2=")]
        inputs = [part for shot in shots for part in ("-f", "lavfi", "-i", shot)]
        makers.ffmpeg(*inputs, "-filter_complex", "concat=n=2", *makers.FAST, path)
        return path

    def with_cover(self) -> Path:
        path = self.path()
        cover = makers.picture(path.with_name("cover.jpg"))
        makers.ffmpeg(
            *("-i", cover, "-i", self.plain, "-map", "1", "-map", "0", "-c", "copy"),
            *("-disposition:v:1", "attached_pic", path),
        )
        return path

    def recorded(self, *options: str, of: Path | None = None) -> Path:
        """As a camera leaves it: its name, and no program's."""
        camera = ("-metadata", "com.apple.quicktime.make=示例相机")
        tags = ("-movflags", "use_metadata_tags", *camera)
        return self.remuxed("-fflags", "+bitexact", *tags, *options, of=of)

    def cut_between_frames(self) -> Path:
        """Ten seconds, of which the data of the last six are missing."""
        whole = makers.film(self.path(), size=SMALL, seconds=10, rate=5, sound=None)
        whole = self.remuxed("-movflags", "+faststart", of=whole)
        packet = self._packets(whole)[20]
        end = int(packet["pos"]) + int(packet["size"])
        return self.spoiled(lambda data: data[:end], of=whole)

    def cut_between_fragments(self, *flags: str, announced_s: int = 0) -> Path:
        """Ten fragments of a second each, of which the last five are missing."""
        film = makers.film(
            self.path(), "-g", "5", size=SMALL, seconds=10, rate=5, sound=None
        )
        flags = ("frag_keyframe", "empty_moov", "default_base_moof", *flags)
        film = self.remuxed("-movflags", "+".join(flags), of=film)
        return self.spoiled(
            lambda data: announcing(announced_s, data[: _start_of_fragment(5, data)]),
            of=film,
        )

    @staticmethod
    def _packets(film: Path) -> list[dict]:
        show = ("-v", "error", "-show_packets", "-of", "json")
        told = subprocess.check_output([ffprobe_binary(), *show, film])
        return json.loads(told)["packets"]

    @property
    def plain(self) -> Path:
        return self.sized(FULL)

    def remuxed(self, *options, name="a.mp4", before=(), of=None) -> Path:
        return makers.remux(of or self.plain, self.path(name), *options, before=before)

    def renamed(self, film: Path, name: str) -> Path:
        return film.rename(film.with_name(name))

    def copied(self, name: str) -> Path:
        """The plain film under another name."""
        return self.spoiled(lambda data: data, name=name)

    def spoiled(self, spoil, *, of=None, name="a.mp4") -> Path:
        path = self.path(name)
        path.write_bytes(spoil((of or self.plain).read_bytes()))
        return path


def _start_of_fragment(number: int, data: bytes) -> int:
    at = -1
    for _fragment in range(number + 1):
        at = data.index(b"moof", at + 1)
    return at - 4


def announcing(seconds: int, data: bytes) -> bytes:
    """With a header that tells the length of all fragments, unless it is 0."""
    if not seconds:
        return data
    data = bytearray(data)
    at = data.index(b"mvhd") + 16
    ticks = seconds * int.from_bytes(data[at : at + 4], "big")
    mehd = struct.pack(">I4sII", 16, b"mehd", 0, ticks)
    for name in (b"moov", b"mvex"):
        at = data.index(name) - 4
        length = int.from_bytes(data[at : at + 4], "big") + len(mehd)
        data[at : at + 4] = length.to_bytes(4, "big")
    at = data.index(b"mvex") + 4
    return bytes(data[:at] + mehd + data[at:])


def claiming(times: float):
    """Multiplies every length a header claims."""

    def spoil(data: bytes) -> bytes:
        data = bytearray(data)
        for name, offset in BOXES_OF_LENGTH.items():
            at = data.find(name)
            while at >= 0:
                place = slice(at + offset, at + offset + 4)
                length = int(int.from_bytes(data[place], "big") * times)
                data[place] = length.to_bytes(4, "big")
                at = data.find(name, at + 4)
        return bytes(data)

    return spoil
