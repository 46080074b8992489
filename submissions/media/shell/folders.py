"""Finds the files in a folder, as a stick of works brings them."""

import os
from dataclasses import dataclass, field
from pathlib import Path

# What systems, cameras and half-done copying leave beside people's files.
PASSED_OVER_NAMES = frozenset(
    (
        *("thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "lost+found"),
        *("$recycle.bin", "system volume information", "recycler", "found.000"),
    )
)
PASSED_OVER_STARTS = (".", "~$", "~")
PASSED_OVER_ENDS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download")


@dataclass(frozen=True)
class Found:
    """What lies in a folder, each list in the order of the names."""

    files: list[Path] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    closed: list[tuple[Path, OSError]] = field(default_factory=list)


def is_folder(name: str) -> bool:
    """Whether there is a folder of this name, whatever the name is made of."""
    try:
        return bool(name) and Path(name).is_dir()
    except OSError:
        return False


def files_in(folder: Path) -> Found:
    """All files below a folder. Links to folders are passed over, so none is a loop."""
    found = Found()
    walk = os.walk(
        folder,
        onerror=lambda error: found.closed.append((Path(error.filename), error)),
    )
    for place, folders, names in walk:
        here = Path(place)
        found.passed_over.extend(
            here / name
            for name in sorted([*folders, *names])
            if _is_passed_over(name) or (name in folders and (here / name).is_symlink())
        )
        folders[:] = sorted(name for name in folders if not _is_passed_over(name))
        found.files.extend(
            here / name for name in sorted(names) if not _is_passed_over(name)
        )
    return found


def _is_passed_over(name: str) -> bool:
    """Hidden, temporary, or kept by a system for itself."""
    name = name.lower()
    return (
        name in PASSED_OVER_NAMES
        or name.startswith(PASSED_OVER_STARTS)
        or name.endswith(PASSED_OVER_ENDS)
    )
