"""The files that are spoiled, and where they are kept."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.fuzz import films, pictures
from submissions import media


@dataclass(frozen=True)
class Seed:
    name: str
    data: bytes
    is_film: bool


def make() -> list[Seed]:
    """All of them, in an order that stays."""
    with tempfile.TemporaryDirectory(prefix="fuzz-seeds-") as folder:
        of_films = films.seeds(Path(folder))
    made = [Seed(name, data, False) for name, data in pictures.seeds().items()]
    return made + [Seed(name, data, True) for name, data in of_films.items()]


def digest(seeds: list[Seed]) -> str:
    """Tells whether two runs began with the same files and the same code."""
    whole = hashlib.sha256()
    for module in sorted(Path(media.__file__).parent.rglob("*.py")):
        whole.update(module.read_bytes())
    for seed in seeds:
        whole.update(seed.name.encode() + hashlib.sha256(seed.data).digest())
    return whole.hexdigest()[:12]
