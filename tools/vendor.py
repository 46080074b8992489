"""Copies browser parts out of unpacked npm packages into static/vendor/.

    npm pack htmx.org@2.0.11 lucide-static@1.62.0 tus-js-client@4.3.1  # then unpack
    python tools/vendor.py HTMX_FOLDER LUCIDE_FOLDER TUS_FOLDER

Writes static/vendor/manifest.json with version, licence and SHA-256 of each file;
tests/contest_portal/desk/test_vendor.py holds the files to it.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
ICONS = (ROOT / "tools" / "icons.txt").read_text().split()


def sprite(icons_folder):
    """One SVG with a symbol per icon; stroke and size come from the page's styles."""
    symbols = []
    for name in ICONS:
        drawing = (icons_folder / f"{name}.svg").read_text()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.S).group(1)
        inner = " ".join(inner.split()).replace(" />", "/>").replace("> <", "><")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def without_source_map(script):
    """We do not ship the map, and collectstatic refuses a link that leads nowhere."""
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", script)


def entry(package, *, paths):
    about = json.loads((package / "package.json").read_text())
    return {
        "name": about["name"],
        "version": about["version"],
        "licence": about["license"],
        "files": {
            str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in paths
        },
    }


def main(htmx, lucide, tus):
    for folder in ("htmx", "lucide", "tus"):
        (VENDOR / folder).mkdir(parents=True, exist_ok=True)
    shutil.copy(htmx / "dist" / "htmx.min.js", VENDOR / "htmx" / "htmx.min.js")
    shutil.copy(htmx / "LICENSE", VENDOR / "htmx" / "LICENSE")
    shutil.copy(lucide / "LICENSE", VENDOR / "lucide" / "LICENSE")
    (VENDOR / "lucide" / "sprite.svg").write_text(sprite(lucide / "icons"))
    script = (tus / "dist" / "tus.min.js").read_text()
    (VENDOR / "tus" / "tus.min.js").write_text(without_source_map(script))
    shutil.copy(tus / "LICENSE", VENDOR / "tus" / "LICENSE")
    packages = [
        entry(htmx, paths=sorted((VENDOR / "htmx").iterdir())),
        entry(lucide, paths=sorted((VENDOR / "lucide").iterdir())),
        entry(tus, paths=sorted((VENDOR / "tus").iterdir())),
    ]
    text = json.dumps({"packages": packages}, indent=2) + "\n"
    (VENDOR / "manifest.json").write_text(text)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
