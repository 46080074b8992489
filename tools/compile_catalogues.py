"""Compiles translation catalogues; no gettext tools are needed.

python tools/compile_catalogues.py FILE.po...
"""

import sys
from pathlib import Path

import polib

for name in sys.argv[1:]:
    source = Path(name)
    polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
