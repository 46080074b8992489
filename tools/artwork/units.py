"""The pictures of units, from the scenes of desk/demo_art.

    export PYTHONPATH=. DJANGO_SETTINGS_MODULE=contest_portal.settings
    python tools/artwork/units.py FOLDER venue=stadium city=rain …

Writes NAME.avif and NAME.jpg into the folder for each NAME=SCENE.
"""

import sys
from pathlib import Path

from contest_portal.desk import demo_art

SIZE = (720, 1046)


def main(folder, pairs):
    for pair in pairs:
        name, scene = pair.split("=")
        image = demo_art.draw(scene, *SIZE)
        image.save(folder / f"{name}.avif", quality=58, speed=2)
        image.save(folder / f"{name}.jpg", quality=76, optimize=True, progressive=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
