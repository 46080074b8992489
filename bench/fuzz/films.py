"""Small films of every make an entrant's file may have."""

from pathlib import Path

from tests.submissions.media import makers

SMALL = {"size": "160x90", "seconds": 1.0, "rate": 5}
H264 = (
    *("-c:v", "libx264", "-preset", "ultrafast", "-threads", "1"),
    *("-c:a", "aac", "-b:a", "16k", "-bitexact"),
)
HEVC = (
    *("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1"),
    *("-x265-params", "pools=none:frame-threads=1:log-level=none", "-bitexact"),
)
LABEL = '{"AIGC":{"Label":"1"}}'


def seeds(folder: Path) -> dict[str, bytes]:
    """Each by its name; made by ffmpeg in a folder."""
    plain = makers.film(folder / "plain.mp4", coding=H264, **SMALL)
    makers.film(folder / "front.mp4", "-movflags", "+faststart", coding=H264, **SMALL)
    makers.film(folder / "silent.mp4", sound=None, coding=H264, **SMALL)
    makers.film(folder / "portrait.mp4", coding=H264, **SMALL | {"size": "90x160"})
    makers.film(folder / "main.mp4", "-bf", "2", "-coder", "1", coding=H264, **SMALL)
    makers.film(folder / "hevc.mp4", sound=None, coding=HEVC, **SMALL)
    deep = (*HEVC, "-pix_fmt", "yuv420p10le")
    makers.film(folder / "deep.mp4", sound=None, coding=deep, **SMALL)
    makers.film(folder / "plain.mov", coding=H264, **SMALL)
    fragments = ("-movflags", "+frag_keyframe+empty_moov")
    makers.film(folder / "fragments.mp4", *fragments, coding=H264, **SMALL)
    makers.film(folder / "mpeg4.mp4", coding=("-c:v", "mpeg4", "-bitexact"), **SMALL)
    turned = ("-display_rotation", "90")
    makers.remux(plain, folder / "turned.mp4", "-bitexact", before=turned)
    makers.remux(plain, folder / "edited.mp4", "-bitexact", before=("-ss", "0.3"))
    kept = ("-movflags", "use_metadata_tags", "-metadata", f"AIGC={LABEL}")
    makers.remux(plain, folder / "labelled.mp4", *kept, "-bitexact")
    twice = ("-map", "0:v", "-map", "0:v", "-map", "0:a")
    makers.remux(plain, folder / "twice.mp4", *twice, "-bitexact")
    makers.remux(plain, folder / "heard.mp4", "-vn", "-bitexact")
    made = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    return made | {"zip-behind.mp4": made["plain.mp4"] + b"PK\x03\x04" + bytes(60)}
