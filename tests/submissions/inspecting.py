"""Runs `inspectmedia` and reads what it tells."""

import csv
import json
from io import StringIO

from django.core.management import call_command

from tests.submissions.media import makers


def run(*arguments):
    """Objects printed, and the exit status."""
    out = StringIO()
    try:
        call_command("inspectmedia", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        status = ended.code
    else:
        status = 0
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def pictures_in(folder):
    """Good and bad ones, and a PNG by another name."""
    makers.picture(folder / "good.jpg", dpi=(300, 300))
    makers.picture(folder / "grey.jpg", makers.photograph(mode="L"), dpi=(300, 300))
    makers.picture(folder / "cmyk.jpg", makers.photograph(mode="CMYK"), dpi=(300, 300))
    makers.photograph((64, 64)).save(folder / "png.jpg", "PNG")
    for number in range(4):
        makers.picture(folder / f"{number}.jpg", dpi=(300, 300), quality=70 + number)
    return folder


def rows_of(table):
    with table.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))
