"""Cuts the display serif down to the characters the site sets in it.

    python tools/subset_serif.py NotoSerifSC_900Black.ttf

The font is Noto Serif SC Black (OFL-1.1), from the npm package
@expo-google-fonts/noto-serif-sc 0.4.3. Run it again when headings have grown: it reads
the Chinese catalogue and every rule book, shortest strings first (headings are short),
up to LIMIT Chinese characters, and writes static/fonts/portal-serif.woff2.
"""

import re
import sys
import tomllib
from pathlib import Path

import polib
from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "static" / "fonts" / "portal-serif.woff2"
BUDGET = 90_000
LIMIT = 480
ALWAYS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "“”‘’《》〈〉「」【】（），。、；：？！—…·・×–°％/→←　"
    + "零一二三四五六七八九十壹贰叁肆伍陆柒捌年月日天件场时分秒第个"
)
PAINTED = "你好歇脚请喝水可厨其害"  # words in the pictures of desk/demo_art
HAN = re.compile(r"[\u3400-\u9fff]")


def headings():
    """Strings set in serif for certain: names in rule books, headings of texts."""
    for book in sorted(ROOT.glob("contests/rulebooks/*/rulebook.toml")):
        yield from names_in(tomllib.loads(book.read_text()))
        for text in sorted((book.parent / "texts").glob("*.md")):
            yield from re.findall(r"^#+ (.*)$", text.read_text(), re.M)


def names_in(value, key=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from names_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner, key)
    elif isinstance(value, str) and (
        "name" in key or key in {"headline", "theme", "brand_line", "schedule_title"}
    ):
        yield value


def phrases():
    """The catalogue's sentences, the shortest first."""
    for path in sorted(ROOT.glob("locale/zh_Hans/LC_MESSAGES/*.po")):
        texts = []
        for entry in polib.pofile(str(path)):
            texts += [entry.msgstr, *entry.msgstr_plural.values()]
        yield from sorted(filter(None, texts), key=lambda text: (len(text), text))


def characters():
    chosen = set(ALWAYS + PAINTED)
    for text in headings():
        chosen.update(HAN.findall(text))
    for text in phrases():
        new = set(HAN.findall(text)) - chosen
        if len(chosen) - len(ALWAYS) + len(new) <= LIMIT:
            chosen |= new
    return "".join(sorted(chosen))


def main(source):
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["halt", "palt", "vert", "vrt2", "vhal", "kern", "locl"]
    options.name_IDs = [0, 1, 2, 13, 14]
    options.hinting = False
    options.desubroutinize = True
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    text = characters()
    cutter.populate(text=text)
    cutter.subset(font)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(OUTPUT), options)
    size = OUTPUT.stat().st_size
    sys.stdout.write(f"{len(text)} characters, {size} bytes (budget {BUDGET})\n")
    return int(size > BUDGET)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
