#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from contest_portal.commandline import main

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest_portal.settings")
    main(sys.argv)
