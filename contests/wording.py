"""How a rule book is said: the sentences that apps above serve along with it.

A book's digest names its rules and nothing else. What is said about them comes with the
code and its translations, so it has a digest of its own; both together make an address
whose answer never changes.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from contests.models import RuleBookVersion

Part = Callable[[], dict[str, object]]
_parts: dict[str, Part] = {}


@dataclass(frozen=True)
class Wording:
    """Everything said in all languages, by the name of its part."""

    parts: dict[str, dict[str, object]]
    digest: str


def register_wording(name: str, build: Part) -> None:
    """Serve what `build` returns as `name` with every rule book."""
    _parts[name] = build
    wording.cache_clear()


@cache
def wording() -> Wording:
    """The same as long as the process runs."""
    parts = {name: build() for name, build in sorted(_parts.items())}
    spelled = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return Wording(parts, hashlib.sha256(spelled.encode()).hexdigest()[:16])


def full_digest(version: RuleBookVersion) -> str:
    """Names the rules and the sentences together."""
    return f"{version.digest}-{wording().digest}"


def rulebook_address(version: RuleBookVersion) -> str:
    """Where a book stands with its sentences; what it answers may be kept for good."""
    return reverse("rulebook", args=[full_digest(version)])


def told(version: RuleBookVersion) -> str:
    """The book with its sentences, as JSON."""
    book = json.loads(version.document)
    said = book | wording().parts | {"digest": version.digest}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
