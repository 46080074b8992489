"""How many edits are found again, and how many strangers are taken for copies."""

import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.duplicates import films as edits_of_films
from bench.duplicates.edits import PICTURE_EDITS
from bench.duplicates.scenes import picture
from submissions.media.ffmpeg import ffmpeg_binary
from submissions.media.fingerprints import films, pdq, pictures, sounds
from submissions.media.fingerprints.prints import of_film

STRANGERS = 1000  # seeds of films that nothing was made from
PRINTS = (
    "[0:v]fps=4,scale=320:180:flags=area,fps=1,scale=128:128:flags=area,"
    "format=gray[f];[0:a]aresample=11025,"
    "aformat=sample_fmts=s16:channel_layouts=mono[s]"
)


@dataclass
class Tally:
    """Pairs that should match, and pairs that should not."""

    pairs: int = 0
    missed: Counter = field(default_factory=Counter)
    strangers: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return 1 - self.missed.total() / max(self.pairs, 1)

    def note(self, edit: str, *, is_own: bool, matches: bool) -> None:
        if is_own:
            self.pairs += 1
            self.missed[edit] += not matches
        else:
            self.strangers += 1
            self.false += matches


def of_pictures(count: int) -> Tally:
    """Every edit of every picture against every picture."""
    tally = Tally()
    originals = [picture(seed) for seed in range(count)]
    kept = [pictures.of_picture(each).kept for each in originals]
    corners = [pictures.corners(each) for each in originals]
    for name, edit in PICTURE_EDITS.items():
        for number, original in enumerate(originals):
            edited = edit(original)
            print_of_it = pictures.of_picture(edited)
            looked_at = pictures.corners(edited)
            for other in range(count):
                matches = _is_like(print_of_it, looked_at, kept[other], corners[other])
                tally.note(name, is_own=other == number, matches=matches)
    return tally


def _is_like(asked, looked_at, kept, corners):
    whole = np.concatenate([asked.turned, asked.trimmed])
    near = min(
        pdq.distances(whole, kept).min(), pdq.distances(asked.kept, kept[:1]).min()
    )
    if near > pictures.MAYBE_BITS:
        return False
    if near <= pictures.SURE_BITS:
        return True
    return pictures.inliers(looked_at, corners) >= pictures.LEAST_INLIERS


def of_films(count: int, folder: Path) -> tuple[Tally, Tally]:
    """(scenes, sound): every edit of every film against every film."""
    scenes, sound = Tally(), Tally()
    originals = [
        edits_of_films.make(folder / f"{seed}.mp4", seed) for seed in range(count)
    ]
    stranger = edits_of_films.make(folder / "stranger.mp4", STRANGERS)
    prints = [prints_of(path, folder) for path in originals]
    kept = [films.kept_of(each.film) for each in prints]
    for name in [*edits_of_films.FILM_EDITS, "embedded"]:
        for number, original in enumerate(originals):
            edited = prints_of(_edited(name, original, stranger, folder), folder)
            for other in range(count):
                own = other == number
                match = films.best_match(edited.film, kept[other])
                scenes.note(name, is_own=own, matches=match is not None)
                heard = sounds.best_match(edited.words, prints[other].words)
                sound.note(name, is_own=own, matches=heard is not None)
    return scenes, sound


def _edited(name, original, stranger, folder):
    target = folder / "edited.mp4"
    if name == "embedded":
        return edits_of_films.embedded(original, stranger, target)
    return edits_of_films.edited(original, target, edits_of_films.FILM_EDITS[name])


def prints_of(path: Path, folder: Path):
    """The prints the decoding pass makes, without the rest of it."""
    frames, words = folder / "frames.gray", folder / "sound.print"
    command = [
        *(ffmpeg_binary(), "-nostdin", "-v", "error", "-y", "-i", str(path)),
        *("-filter_complex", PRINTS, "-map", "[f]", "-f", "rawvideo", str(frames)),
        *("-map", "[s]", "-f", "chromaprint", "-fp_format", "raw", str(words)),
    ]
    subprocess.run(command, check=True)
    return of_film(frames, words)
