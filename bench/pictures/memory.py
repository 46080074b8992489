"""How much memory a look takes at the largest pictures that are let pass.

Each picture is looked at by a process of its own (`python -m bench.pictures.memory`),
which says how much it had resident at most, and whether it decoded the picture.
"""

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from contest_portal import env
from submissions.media import looking
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
    file_mb: float
    resident_mb: float
    is_decoded: bool


def weights(folder: Path) -> list[Weight]:
    return [_weight(what, folder) for what in LARGEST]


def _weight(what: str, folder: Path) -> Weight:
    size, mode, progressive = LARGEST[what]
    path = folder / "large.jpg"
    Image.new(mode, size, "teal").save(path, quality=85, progressive=progressive)
    done = subprocess.run(
        [sys.executable, "-m", "bench.pictures.memory", str(path)],
        cwd=env.BASE_DIR,
        check=True,
        capture_output=True,
    )
    told = json.loads(done.stdout)
    size_mb = path.stat().st_size / 1e6
    return Weight(what, size_mb, told["resident_mb"], told["is_decoded"])


def main(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, path.open("rb") as file:
        base = basic_facts(file)
        look = looking.at_picture(
            file, base=base, folder=Path(folder), wants_copies=True
        )
    status = Path("/proc/self/status").read_text()
    told = {
        "resident_mb": int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1000,
        "is_decoded": getattr(look.facts, "is_decodable", False),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
