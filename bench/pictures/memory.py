"""How much memory a look takes at the largest pictures that are let pass.

Each picture is made by one process and looked at by another (`python -m
bench.pictures.memory`), which says how much it had resident at most, and whether it
decoded the picture. One that is killed, for want of memory, is told as such.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from contest_portal import env
from submissions.media import looking
from submissions.media.apart import client
from submissions.media.files import basic_facts

Image.MAX_IMAGE_PIXELS = None
LARGEST = {  # size, mode, progressive
    "300 MP, baseline": ((20_000, 15_000), "RGB", False),
    "300 MP in a strip, baseline": ((65_000, 4_600), "RGB", False),
    "200 MP, baseline, CMYK": ((16_320, 12_240), "CMYK", False),
    "108 MP, progressive": ((12_000, 9_000), "RGB", True),
    "256 MP, progressive": ((16_000, 16_000), "RGB", True),
}


@dataclass(frozen=True)
class Weight:
    what: str
    file_mb: float = 0.0
    resident_mb: float = 0.0
    is_decoded: bool = False
    failure: str = ""


def weights(folder: Path) -> Iterator[Weight]:
    return (weight(what, folder / "large.jpg") for what in LARGEST)


def weight(what: str, path: Path) -> Weight:
    made = _apart("make", what, path)
    if made.returncode:
        return Weight(what, failure=f"not made: {_why(made)}")
    size_mb = path.stat().st_size / 1e6
    looked_at = _apart("look", what, path)
    if looked_at.returncode:
        return Weight(what, size_mb, failure=_why(looked_at))
    return Weight(what, size_mb, **json.loads(looked_at.stdout))


def _apart(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bench.pictures.memory", *map(str, arguments)],
        cwd=env.BASE_DIR,
        env=os.environ | client.LEAN,
        check=False,
        capture_output=True,
        text=True,
    )


def _why(done: subprocess.CompletedProcess) -> str:
    last = done.stderr.strip().splitlines()[-1:]
    return " ".join([f"ended with {done.returncode}", *last])


def make(what: str, path: Path) -> None:
    size, mode, progressive = LARGEST[what]
    Image.new(mode, size, "teal").save(path, quality=85, progressive=progressive)


def look(_what: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, path.open("rb") as file:
        base = basic_facts(file)
        seen = looking.at_picture(
            file, base=base, folder=Path(folder), wants_copies=True
        )
    status = Path("/proc/self/status").read_text()
    told = {
        "resident_mb": int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1000,
        "is_decoded": getattr(seen.facts, "is_decodable", False),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    {"make": make, "look": look}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
