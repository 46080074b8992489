"""`python -m contest_portal.embedded run` runs the whole portal in a terminal."""

import argparse
import sys

from django.core.exceptions import ImproperlyConfigured

from contest_portal.embedded import supervisor
from contest_portal.embedded.errors import CannotStart, explain


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m contest_portal.embedded")
    parser.add_argument("command", choices=["run"])
    parser.parse_args()
    try:
        supervisor.run()
    except (CannotStart, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(explain(error))


if __name__ == "__main__":
    main()
