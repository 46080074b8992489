"""Makes the facts of a row of table.json as the server knows them.

A row names what a browser can see. What it cannot see is made ordinary here, so that
only what is in the row can be found fault with.
"""

import json
from dataclasses import fields
from pathlib import Path

from contests.rulebook import Category
from submissions.media.content_type import ContentType
from submissions.media.facts import FileFacts, ImageFacts, VideoFacts

TABLE = json.loads((Path(__file__).parent / "table.json").read_text())
ORDINARY_FILM = {
    "video_stream_count": 1,
    "frame_count": 1,
    "has_header": True,
    "codec": "h264",
    "has_audio": True,
    "brand": "isom",
    "compatible_brands": ["isom"],
}
ORDINARY_PICTURE = {
    "coding": "baseline",
    "precision_bits": 8,
    "is_decodable": True,
    "camera": "示例相机",
}


def facts_of(row: dict, category: Category) -> FileFacts:
    """What an inspection of such a file in that category would have measured."""
    kind = ContentType(row["content_type"])
    wants_video = category.media == "video"
    if wants_video and kind in (ContentType.MP4, ContentType.MOV):
        return _made(VideoFacts, ORDINARY_FILM | row)
    if not wants_video and kind == ContentType.JPEG:
        return _made(ImageFacts, ORDINARY_PICTURE | row)
    return _made(FileFacts, row)


def _made(kind, row):
    known = {field.name for field in fields(kind)}
    values = {name: value for name, value in row.items() if name in known}
    values["content_type"] = ContentType(row["content_type"])
    if "compatible_brands" in values:
        values["compatible_brands"] = tuple(values["compatible_brands"])
    return kind(**values)
