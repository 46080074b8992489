"""Reads a progressive JPEG by libavcodec: sooner than libjpeg, and with more suspicion.

Read from a wrong place, a scan of fine detail may place more coefficients than a block
has; libjpeg drops these in silence, libavcodec objects. What is left over at the end of
a scan it does not tell. Nearly all of that is told by two checks of the mean values,
which cost next to nothing. Where anything is odd, libjpeg is asked as well.
"""

import re
from dataclasses import dataclass

import av
import cv2
import numpy as np
import simplejpeg
from av import logging

from submissions.media.pictures import rewriting
from submissions.media.pictures.jpeg import Structure

# Of a heavier picture one decoder is enough; behind the fence two could be too much.
MOST_DECODER_BYTES = 200 << 20
MOST_SCANNED_PIXELS = 1_000_000_000
COLOURS = {1: "GRAY", 3: "RGB"}
FORMATS = frozenset({"gray", "yuvj420p", "yuvj422p", "yuvj440p", "yuvj444p"})
LIGHT_SAMPLINGS = frozenset({(1, 1), (2, 1), (1, 2), (2, 2)})  # to one of each colour
OBJECTS = re.compile(r"^(error (y=|count|dc)|overread|.*bad vlc)")

logging.set_level(logging.ERROR)


@dataclass(frozen=True)
class Reading:
    """Rows of grey or RGB, or none if it cannot tell; and what it objects to."""

    pixels: np.ndarray | None = None
    objection: str = ""


def is_fit(structure: Structure) -> bool:
    """Whether a picture is of the usual kind, whole by its structure, and light."""
    pixels = structure.width_px * structure.height_px
    return (
        structure.coding == "progressive"
        and structure.components in COLOURS
        and structure.sampling[0] in LIGHT_SAMPLINGS
        and set(structure.sampling[1:]) <= {(1, 1)}
        and structure.adobe_transform != 0  # else it is RGB in the file
        and structure.ends_at is not None
        and not structure.lacks_scans
        and pixels * structure.scan_count <= MOST_SCANNED_PIXELS
        and structure.decoder_bytes() <= MOST_DECODER_BYTES
    )


def read(data, structure: Structure, *, scale: int) -> Reading:
    """The picture, scaled down; without pixels unless all that is asked of it holds."""
    if not _has_whole_mean_values(data, structure):
        return Reading()
    frame, said = _decoded(rewriting.bare(data), scale)
    objections = [line.strip() for line in said if OBJECTS.match(line)]
    if objections:
        return Reading(objection=f"libavcodec: {objections[0]}")
    size = (-(-structure.width_px // scale), -(-structure.height_px // scale))
    if said or frame is None or (frame.width, frame.height) != size:
        return Reading()
    return Reading(_rgb(frame)) if frame.format.name in FORMATS else Reading()


def _decoded(data: bytes, scale: int) -> tuple[av.VideoFrame | None, list[str]]:
    """A frame, if one comes of it, and what the decoder said meanwhile."""
    decoder = av.CodecContext.create("mjpeg", "r")
    decoder.thread_count = 1
    decoder.options = {"lowres": str(scale.bit_length() - 1)}
    with logging.Capture() as said:
        try:
            frames = decoder.decode(av.Packet(data))
        except (av.FFmpegError, MemoryError):
            frames = []
    return next(iter(frames), None), [line for _level, _name, line in said]


def _has_whole_mean_values(data, structure: Structure) -> bool:
    """Whether the scans of mean values end where their data do."""
    first = rewriting.mean_values(data, structure)
    if not first:
        return False
    try:
        simplejpeg.decode_jpeg(first, COLOURS[structure.components], strict=True)
    except ValueError:
        return False
    return all(
        _sends_a_bit_each(data, scan, structure)
        for scan in structure.scans[1:]
        if scan.head[-3:-2] == b"\0"
    )


def _sends_a_bit_each(data, scan, structure: Structure) -> bool:
    """A finer scan of mean values is a bit for every block, to the next whole byte."""
    if scan.head[0] != structure.components:
        return False
    sent = bytes(data[scan.starts_at : scan.ends_at - 2])
    return len(sent) - sent.count(b"\xff\0") == -(-structure.blocks // 8)


def _rgb(frame: av.VideoFrame) -> np.ndarray:
    planes = [
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : plane.width]
        for plane in frame.planes
    ]
    if len(planes) == 1:
        return planes[0].copy()
    light, blue, red = (_enlarged(plane, planes[0].shape) for plane in planes)
    return cv2.cvtColor(cv2.merge((light, red, blue)), cv2.COLOR_YCrCb2RGB)


def _enlarged(plane: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Of light's size, where colours are stored at half of it; the same place first."""
    height, width = shape
    if plane.shape == shape:
        return plane
    down, across = (
        2 if mine < its else 1 for mine, its in zip(plane.shape, shape, strict=True)
    )
    size = (plane.shape[1] * across, plane.shape[0] * down)
    return cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR)[:height, :width]
