"""PDFs set by Typst from a template and data; the font comes with the portal.

Data never become part of the source: the template reads them as JSON.
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

CONTENT_TYPE = "application/pdf"
FONT_PACKAGE = "manimgx_fonts_cjk"


def render_pdf(template: Path, data: dict) -> bytes:
    """The template, filled with `data` (its `sys.inputs.data`, JSON), as a PDF."""
    return typst.compile(
        template.read_bytes(),
        font_paths=[str(_font_dir())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def _font_dir() -> Path:
    """The folder of the Chinese font inside its package."""
    return next(Path(str(files(FONT_PACKAGE))).rglob("*.ttc")).parent
