"""Cuts the display serif down to the characters the site sets in it.

    python tools/subset_serif.py NotoSerifSC_900Black.ttf

The font is Noto Serif SC Black (OFL-1.1), from the npm package
@expo-google-fonts/noto-serif-sc 0.4.3. Run it again when headings have grown: it reads
every rule book, the templates and the Chinese catalogue, and writes
static/fonts/portal-serif.woff2.
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
LIMIT = 436
ALWAYS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "“”‘’《》〈〉「」【】（），。、；：？！—…·・×–°％/→←　"
    + "零一二三四五六七八九十壹贰叁肆伍陆柒捌年月日天件场时分秒第个"
)
PAINTED = "你好歇脚请喝水可厨其害"  # words in the pictures of desk/demo_art
NAMED = (
    *("contest", "units", "tracks", "categories", "stages", "publication"),
    *("prize_groups", "award_kinds", "scoring", "districts", "outreach"),
)
HEADING = re.compile(
    r"<h[123][^>]*>(.*?)</h[123]>"
    r"|{% block (?:heading|step_title) %}(.*?){% endblock"
    r"|({% translate \"[^\"]+\" as (?:title|heading) %})"
    r"|title=(_\(\"[^\"]+\"\))",
    re.DOTALL,
)
SOURCE = re.compile(
    r"{% translate \"([^\"]+)\"|_\(\"([^\"]+)\"\)"
    r"|{% blocktranslate[^%]*%}(.*?){% (?:plural|endblocktranslate) %}",
    re.DOTALL,
)
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
HAN = re.compile(r"[\u3400-\u9fff]")


def headings():
    """Strings set in serif for certain: names in rule books, headings of texts."""
    for book in sorted(ROOT.glob("contests/rulebooks/*/rulebook.toml")):
        tables = tomllib.loads(book.read_text())
        yield from names_in([tables.get(name, {}) for name in NAMED])
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


def catalogue():
    """Chinese sentences by their English source."""
    sentences = {}
    for path in sorted(ROOT.glob("locale/zh_Hans/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(path)):
            plural = "".join(entry.msgstr_plural.values())
            sentences[entry.msgid] = entry.msgstr or plural
    return sentences


def template_headings(sentences):
    """What templates set in headings, in Chinese."""
    for path in sorted(ROOT.glob("templates/**/*.html")):
        for heading in HEADING.findall(path.read_text()):
            for source in SOURCE.findall("".join(heading)):
                words = " ".join("".join(source).split())
                yield sentences.get(VARIABLE.sub(r"%(\1)s", words), "")


def characters():
    """Headings first, then short sentences, until LIMIT Chinese characters."""
    sentences = catalogue()
    short = sorted(sentences.values(), key=lambda text: (len(text), text))
    chosen = set(HAN.findall(ALWAYS + PAINTED))
    for text in [*headings(), *template_headings(sentences), *short]:
        new = set(HAN.findall(text)) - chosen
        if len(chosen) + len(new) <= LIMIT:
            chosen |= new
    return "".join(sorted(chosen | set(ALWAYS)))


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
