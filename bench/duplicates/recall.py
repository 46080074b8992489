"""How many edits are found again, and how many strangers are taken for copies.

Each edit goes the way of an upload: its prints are made and searched in Postgres, among
all originals and what nobody took anything from.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.duplicates import films, plain, tracks
from bench.duplicates.archive import Archive
from bench.duplicates.edits import PICTURE_EDITS
from bench.duplicates.scenes import picture
from submissions.media.fingerprints.prints import Prints, of_picture


@dataclass
class Tally:
    """Searches that should find one original, and nothing else."""

    asked: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    strangers: int = 0
    taken: Counter = field(default_factory=Counter)  # strangers for copies
    search_s: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / max(self.asked.total(), 1)

    @property
    def missed(self) -> dict[str, int]:
        return dict(self.asked - self.found)

    def ask(self, edit: str, prints: Prints, archive: Archive, own: int | None) -> None:
        """Search for an edit of the file `own`, or for what is like nothing."""
        began = time.process_time()
        found = archive.find(prints)
        self.search_s.append(time.process_time() - began)
        if own is not None:
            self.asked[edit] += 1
            self.found[edit] += own in found
        self.strangers += len(archive.kept - {own})
        self.taken[edit] += len(found - {own})


def of_pictures(count: int) -> Tally:
    tally, archive = Tally(), Archive()
    originals = {archive.keep(of_picture(picture(seed))): seed for seed in range(count)}
    for image in plain.pictures():
        archive.keep(of_picture(image))
    for own, seed in originals.items():
        original = picture(seed)
        for name, edit in PICTURE_EDITS.items():
            tally.ask(name, of_picture(edit(original)), archive, own)
    for number, image in enumerate(plain.pictures(another=True)):
        tally.ask(f"plain {number}", of_picture(image), archive, None)
    return tally


def of_scenes(count: int, folder: Path) -> Tally:
    """Films without their sound, so that it leads nowhere."""
    edits = {
        name: lambda path, name=name: films.edited(
            path, folder / "edited.mp4", films.FILM_EDITS[name]
        )
        for name in films.FILM_EDITS
    }
    stranger = films.make(folder / "stranger.mp4", films.A_STRANGER)
    edits["embedded"] = lambda path: films.embedded(
        path, stranger, folder / "edited.mp4"
    )
    originals = [films.make(folder / f"{seed}.mp4", seed) for seed in range(count)]
    return _of_films(
        originals, edits, lambda path: films.scenes_of(path, folder), plain.scenes
    )


def of_sound(count: int, folder: Path) -> Tally:
    """Sound tracks without pictures."""
    stranger = tracks.make(folder / "stranger.wav", films.A_STRANGER)
    edits = {
        name: lambda path, name=name: tracks.edited(
            path, stranger, folder / "edited.m4a", tracks.SOUND_EDITS[name]
        )
        for name in tracks.SOUND_EDITS
    }
    originals = [tracks.make(folder / f"{seed}.wav", seed) for seed in range(count)]
    return _of_films(originals, edits, tracks.words_of_file, plain.sounds)


def _of_films(
    originals: list[Path],
    edits: dict[str, Callable[[Path], Path]],
    prints_of: Callable[[Path], Prints],
    plain_ones: Callable[..., Iterable[Prints]],
) -> Tally:
    tally, archive = Tally(), Archive()
    kept = {path: archive.keep(prints_of(path)) for path in originals}
    for prints in plain_ones():
        archive.keep(prints)
    for path, own in kept.items():
        for name, edit in edits.items():
            tally.ask(name, prints_of(edit(path)), archive, own)
    for number, prints in enumerate(plain_ones(another=True)):
        tally.ask(f"plain {number}", prints, archive, None)
    return tally
