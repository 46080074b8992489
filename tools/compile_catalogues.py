"""Compiles translation catalogues; no gettext tools are needed.

python tools/compile_catalogues.py [FILE.po...]    all of them if none is named
"""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"

for source in map(Path, sys.argv[1:] or sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))):
    polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
