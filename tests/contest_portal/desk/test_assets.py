"""What goes to the browser: whole, licensed, light and old-browser-proof."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.factories.contests import make_miniature_contest

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
PICTURES = ROOT / "contests" / "rulebooks" / "hangzhou-2023" / "pictures"
TOKENS = ("tokens", "dark")
STYLES = sorted(STATIC.glob("css/**/*.css"))
IMPORTED_BY_SITE = {"counter", "dialog", "toast"}


def gzipped(paths):
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((VENDOR / "manifest.json").read_text())
    listed = {
        path: digest
        for package in manifest["packages"]
        for path, digest in package["files"].items()
    }

    stored = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.glob("*/*")
    }

    assert stored == listed


def test_every_vendored_package_has_its_licence():
    manifest = json.loads((VENDOR / "manifest.json").read_text())

    for package in manifest["packages"]:
        names = {Path(path).name for path in package["files"]}
        assert package["licence"]
        assert "LICENSE" in names


def test_every_icon_that_is_used_is_in_the_sprite():
    sprite = (VENDOR / "lucide" / "sprite.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))

    used = set()
    for template in (ROOT / "templates").glob("**/*.html"):
        used |= set(re.findall(r'{% icon "([^"]+)"', template.read_text()))

    assert used - drawn == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("ending", "budget"), [("css", 14 * 1024), ("js", 25 * 1024)])
def test_the_home_page_keeps_its_budgets(client, ending, budget):
    make_miniature_contest()
    html = client.get("/").content.decode()

    files = {
        STATIC / path for path in re.findall(rf'"/static/([^"]+\.{ending})"', html)
    }
    if ending == "js":
        files |= {STATIC / "js" / f"{name}.js" for name in IMPORTED_BY_SITE}

    assert len(files) > 1
    assert gzipped(files) <= budget


def test_the_script_of_every_page_imports_what_the_budget_counts():
    site = (STATIC / "js" / "site.js").read_text()

    assert set(re.findall(r'import "\./(\w+)\.js"', site)) == IMPORTED_BY_SITE


@pytest.mark.parametrize("form", ["avif", "jpg"])
@pytest.mark.parametrize("folder", [PICTURES, STATIC / "img"])
@pytest.mark.parametrize("name", ["home-wide", "home-narrow"])
def test_the_first_view_is_light(folder, name, form):
    picture = folder / f"{name}.{form}"

    assert picture.stat().st_size <= 220 * 1024


def test_the_display_font_keeps_its_budget():
    assert (STATIC / "fonts" / "portal-serif.woff2").stat().st_size <= 90_000
    assert "SIL Open Font License" in (STATIC / "fonts" / "LICENSE").read_text()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_nothing_newer_than_the_browser_floor(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    newer = re.findall(
        r"@container|@layer|color-mix\(|@scope|^\s+&", text, re.MULTILINE
    )

    assert newer == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_only_tokens_that_exist(path):
    tokens = "".join((STATIC / "css" / f"{n}.css").read_text() for n in TOKENS)
    known = set(re.findall(r"(--[\w-]+):", tokens))
    known |= set(re.findall(r"(--[\w-]+):", path.read_text()))

    used = set(re.findall(r"var\((--[\w-]+)", path.read_text()))

    assert used - known == set()


def colours():
    light, dark = (
        (STATIC / "css" / f"{name}.css").read_text().split(".large-text")[0]
        for name in ("tokens", "dark")
    )
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light + dark))


def luminance(colour):
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LIGHT_SURFACES = ["paper", "paper-2", "white"]
TEXTS = ["ink", "ink-2", "ink-3", "zi-700", "zi-600", "zi-500", "he-700", "he-600"]
ON_THEIR_OWN = [
    *(("he-700", "he-100"), ("zi-700", "zi-100"), ("zi-600", "zi-100")),
    *(("gui-700", "gui-100"), ("ri-600", "ri-100"), ("hu-600", "hu-100")),
    *(
        ("ink", "gui-500"),
        ("white", "zi-600"),
        ("white", "he-600"),
        ("zi-200", "zi-700"),
    ),
]


@pytest.mark.parametrize("surface", LIGHT_SURFACES)
@pytest.mark.parametrize("text", [*TEXTS, "gui-700", "ri-600", "hu-600"])
def test_text_stands_out_from_every_light_surface(text, surface):
    known = colours()

    assert contrast(known[text], known[surface]) >= 4.5


@pytest.mark.parametrize(("text", "surface"), ON_THEIR_OWN)
def test_text_stands_out_from_its_own_tint(text, surface):
    known = colours()

    assert contrast(known[text], known[surface]) >= 4.5


@pytest.mark.parametrize("text", ["text", "muted", "purple", "gold", "green", "red"])
@pytest.mark.parametrize("surface", ["0", "1", "2", "3"])
def test_text_stands_out_in_the_dark_room(text, surface):
    known = colours()

    assert contrast(known[f"n-{text}"], known[f"n-{surface}"]) >= 4.5
