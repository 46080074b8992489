"""What of the damage to a photograph a look sees, and whether it cries wolf."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.pictures.made import ANYWHERE, SPOILED, places_in
from submissions.media.facts import FileFacts, ImageFacts
from submissions.media.pictures import images

PLACES = 8


def seen_in(path: Path, what: str) -> tuple[int, int]:
    """How often this damage is seen, of how many places it is done in."""
    data = path.read_bytes()
    places = places_in(data, PLACES)
    tried = places if what in ANYWHERE else places[:1]
    return sum(is_seen(SPOILED[what](data, at)) for at in tried), len(tried)


def is_seen(data: bytes) -> bool:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return has_damage(facts_of(Path(file.name)))


def false_alarms(paths: Iterable[Path]) -> tuple[int, list[Path]]:
    """How many intact files were looked at, and which of them seem damaged."""
    looked_at, alarms = 0, []
    for path in paths:
        facts = facts_of(path)
        looked_at += 1
        if has_damage(facts):
            alarms.append(path)
    return looked_at, alarms


def facts_of(path: Path) -> ImageFacts:
    with path.open("rb") as file:
        return images.look_at(file, base=FileFacts()).facts


def has_damage(facts: ImageFacts) -> bool:
    return not facts.is_decodable or bool(facts.decode_warning)
