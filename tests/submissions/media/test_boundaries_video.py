"""Every boundary of REQUIREMENTS part B about films and links, as a row.

Each row is a made file, the rule it stands at, and all codes
it may get. Where to find which line (* in test_boundaries_container.py):

B1   exactly 3 minutes, tolerances, what decodes .... LENGTHS, EDIT_LISTS, HEADERS
B1   sound longer than the picture .................. SOUND
B2   a to d, the size as shown ...................... SIZES
B2   e, interlaced .................................. SCAN
B2   f, a MOV by another name, and other containers . CONTAINERS *
B2   g, pixels that are not square .................. SIZES
B2   h, any coding in MP4 ........................... CODINGS *
B2   i, upscaled 720p ............................... not provable, so no row
B2   j, a chat program's compressed copy ............ its size, 960 × 544, in SIZES
B8   edited, not a raw recording .................... EDITING
B9   more than 15 minutes, and the special case ..... LENGTHS, test_a_waiver_…
B5   pages, B6 photographs, B26 films of one work, B10 the same file twice in it:
     test_boundaries_sets.py; in two works it is a question to the database:
     test_inspection.py, services/test_handing_in.py
B21  links: services/test_links.py has their table; nothing is fetched or inspected
A4   whole, readable, one picture track ............. WHOLENESS, STREAMS *
A4   the size in bytes is refused before any inspection: uploads/test_protocol.py,
     services/test_files.py
"""

import pytest

from submissions.media.codes import Code
from submissions.media.examine import examine
from tests.submissions.media import makers
from tests.submissions.media.edge_films import FULL, SMALL, claiming
from tests.submissions.media.film_rows import (
    BIT_LONG,
    BIT_SHORT,
    CONVERTED,
    HEADER_WRONG,
    LONG,
    MUTE,
    NEARLY,
    ONE_SIDE,
    SHORT,
    STRETCHED,
    TOO_LONG,
    TOO_SHORT,
    TOO_SMALL,
    Row,
    told_of,
)


def lasts(what, make, codes, *, seconds, of=SHORT, rule="B1"):
    return Row(what, rule, make, [*codes, MUTE], of, {"duration_s": seconds})


LENGTHS = [
    lasts("exactly 3 minutes, short", lambda f: f.lasting(180), [], seconds=180.0),
    lasts(
        "exactly 3 minutes, long", lambda f: f.lasting(180), [], seconds=180.0, of=LONG
    ),
    lasts(
        "an edit of 3:00 at 29.97, 5395 frames",
        lambda f: f.lasting(180.013, rate="30000/1001"),
        [],
        seconds=180.0132,
    ),
    lasts("180.014 s", lambda f: f.ending(180.014), [], seconds=180.014),
    lasts("180 s + tolerance", lambda f: f.lasting(180.5, rate=2), [], seconds=180.5),
    lasts(
        "… and a frame more, 25 fps",
        lambda f: f.ending(180.54),
        [BIT_LONG],
        seconds=180.54,
    ),
    lasts("181 s, looked at", lambda f: f.lasting(181), [BIT_LONG], seconds=181.0),
    lasts(
        "… and a frame more, 25 fps", lambda f: f.ending(181.04), [TOO_LONG],
        seconds=181.04,
    ),
    lasts(
        "long: 180 s − tolerance", lambda f: f.lasting(179.5, rate=2), [],
        seconds=179.5, of=LONG,
    ),
    lasts(
        "… and a frame less", lambda f: f.ending(179.46), [BIT_SHORT],
        seconds=179.46, of=LONG,
    ),
    lasts(
        "long: 179 s, looked at", lambda f: f.lasting(179), [BIT_SHORT],
        seconds=179.0, of=LONG,
    ),
    lasts(
        "… and a frame less", lambda f: f.ending(178.96), [TOO_SHORT],
        seconds=178.96, of=LONG,
    ),
    lasts(
        "exactly 15 minutes", lambda f: f.lasting(900), [],
        seconds=900.0, of=LONG, rule="B9",
    ),
    lasts(
        "900 s + tolerance", lambda f: f.lasting(900.5, rate=2), [],
        seconds=900.5, of=LONG, rule="B9",
    ),
    lasts(
        "… and a frame more", lambda f: f.ending(900.54), [BIT_LONG],
        seconds=900.54, of=LONG, rule="B9",
    ),
    lasts(
        "901 s, looked at", lambda f: f.lasting(901), [BIT_LONG],
        seconds=901.0, of=LONG, rule="B9",
    ),
    lasts(
        "… and a frame more", lambda f: f.ending(901.04), [TOO_LONG],
        seconds=901.04, of=LONG, rule="B9",
    ),
    Row("a single frame", "B1", lambda f: f.lasting(1), [MUTE], SHORT,
        {"frame_count": 1, "duration_s": 1.0}),
]  # fmt: skip

EDIT_LISTS = [
    lasts(
        "200 s of frames, shown from the 20th second on",
        lambda f: f.remuxed(before=("-ss", "20"), of=f.lasting(200)),
        [],
        seconds=180.0,
    ),
    Row(
        "the picture begins 2 s after the sound",
        "B1",
        lambda f: f.delayed(f.lasting(180), by_s=2, sound_s=180),
        [],
        SHORT,
        {"duration_s": 180.0, "container_duration_s": 182.0},
    ),
]

HEADERS = [
    Row(
        "every header claims fifty times the length",
        "B1",
        lambda f: f.spoiled(claiming(50)),
        [],
        facts={"duration_s": 1.0},
    ),
    lasts(
        "every header claims a fiftieth of 4 minutes, the edit list the whole",
        lambda f: f.spoiled(claiming(0.02), of=f.lasting(240)),
        [TOO_LONG, HEADER_WRONG],
        seconds=240.0,
    ),
]


def shown(size, codes, *options, rule="B2", what="", make=None, shows=None):
    width, height = (int(side) for side in (shows or size).split("x"))
    return Row(
        what or size,
        rule,
        make or (lambda f: f.sized(size, *options)),
        codes,
        facts={"display_width_px": width, "display_height_px": height},
    )


def turned(degrees):
    return lambda f: f.remuxed(before=("-display_rotation", str(degrees)))


def squeezed(films):
    return films.sized("1440x1080", "-vf", "setsar=4/3")


def cut(size):
    """Sides of odd numbers need a colour for each pixel."""
    return lambda f: f.sized(FULL, "-vf", f"format=yuv444p,crop={size}")


SIZES = [
    shown(FULL, [], rule="B2a"),
    shown("1080x1920", [], rule="B2a", what="stored upright"),
    shown(FULL, [], make=turned(90), shows="1080x1920", what="turned by 90"),
    shown(FULL, [], make=turned(-90), shows="1080x1920", what="turned by 270"),
    shown(FULL, [], make=turned(180), what="upside down, turned by 180"),
    shown("2560x1080", [], rule="B2a"),
    shown("1920x800", [ONE_SIDE], rule="B2b"),
    shown("1920x804", [ONE_SIDE], rule="B2b"),
    shown("1920x816", [ONE_SIDE], rule="B2b"),
    shown("1440x1080", [ONE_SIDE], rule="B2b"),
    shown("1080x1350", [ONE_SIDE], rule="B2b"),
    shown("1080x1080", [ONE_SIDE], rule="B2b"),
    shown("1919x1080", [ONE_SIDE, CONVERTED], make=cut("1919:1080"), rule="B2b"),
    shown("1920x1079", [ONE_SIDE, CONVERTED], make=cut("1920:1079"), rule="B2b"),
    shown("1916x1078", [NEARLY], rule="B2c"),
    shown("1880x1058", [TOO_SMALL], rule="B2d", what="2 % and a little smaller"),
    shown("1280x720", [TOO_SMALL], rule="B2d"),
    shown("720x1280", [TOO_SMALL], rule="B2d"),
    shown("960x544", [TOO_SMALL], rule="B2d", what="a chat program's copy"),
    shown("1440x1080", [STRETCHED], make=squeezed, shows=FULL, rule="B2g"),
    shown(
        "1440x1080",
        [STRETCHED],
        make=lambda f: f.remuxed(before=("-display_rotation", "90"), of=squeezed(f)),
        shows="1080x1920",
        rule="B2g",
        what="stretched, then turned",
    ),
]

SCAN = [
    Row(
        "interlaced, upper field first",
        "B2e",
        lambda f: makers.film(
            f.path(), "-flags", "+ildct", "-x264-params", "tff=1", seconds=1, rate=25
        ),
        [("VID-SCAN-INTERLACED", "warning")],
    ),
]


SOUND = [
    Row(
        "sound 2 s longer than the picture",
        "B1",
        lambda f: makers.film(f.path(), size=SMALL, seconds=1, sound_s=3),
        [("VID-SOUND-LONG", "warning")],
        SHORT,
    ),
    Row(
        "sound a second longer than the picture",
        "B1",
        lambda f: makers.film(f.path(), size=SMALL, seconds=2, sound_s=2.9),
        [],
        SHORT,
    ),
    Row("no sound", "A4", lambda f: f.lasting(2), [MUTE], SHORT),
    Row(
        "silent sound",
        "A4",
        lambda f: makers.film(f.path(), size=SMALL, seconds=3, sound=makers.SILENCE),
        [("VID-SOUND-SILENT", "info")],
        SHORT,
    ),
    Row(
        "very quiet sound",
        "A4",
        lambda f: makers.film(f.path(), "-af", "volume=-22dB", size=SMALL, seconds=3),
        [("VID-SOUND-QUIET", "info")],
        SHORT,
    ),
]

EDITING = [
    Row(
        "a camera's name, one shot, no program",
        "B8",
        lambda f: f.recorded(),
        [("VID-EDIT-RAW", "warning")],
        facts={"camera": "示例相机", "cut_count": 0},
    ),
    Row(
        "a camera's name and an editing program",
        "B8",
        lambda f: f.recorded("-metadata", "com.apple.proapps.version=示例剪辑 1"),
        [],
        facts={"edited_with": "示例剪辑 1"},
    ),
    Row(
        "a camera's name and a cut",
        "B8",
        lambda f: f.recorded(of=f.with_a_cut()),
        [MUTE],
        facts={"camera": "示例相机", "cut_count": 1},
    ),
    Row("no camera's name", "B8", lambda f: f.plain, []),
]

ROWS = [*LENGTHS, *EDIT_LISTS, *HEADERS, *SIZES, *SCAN, *SOUND, *EDITING]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}: {row.what}")
def test_every_boundary_gets_its_codes(row, films):
    codes, facts = told_of(row, films)

    assert (codes, facts) == (row.codes, row.facts)


def test_a_waiver_lets_a_long_film_pass_to_its_end(films):
    path = films.lasting(1100)

    refused = examine(path, category=LONG)
    waived = examine(path, category=LONG, waived=frozenset({Code.VID_DUR_LONG}))

    assert (refused.verdict, waived.verdict) == ("failed", "passed")
    assert refused.findings[0].params["variant"] == "waiver"
    assert (waived.facts.frame_count, waived.facts.duration_s) == (1100, 1100.0)
