"""`python -m contest_portal.desk.rehearse`, in a database and a folder of its own.

MEDIA=folder adds files to those it makes; KEEP=1 keeps database and files.
"""

import os
import subprocess
import sys
from pathlib import Path

from contest_portal import env
from contest_portal.desk.rehearse.progress import say
from contest_portal.embedded import places
from contest_portal.embedded.errors import CannotStart, explain
from contest_portal.embedded.portal import Portal, running_portal


def main() -> int:
    """0 when every step went well, 1 when one did not, 2 for wrong usage."""
    keep = bool(os.environ.get("KEEP"))
    brought = os.environ.get("MEDIA", "")
    if brought and not Path(brought).is_dir():
        say(f"MEDIA is {brought}, which is not a folder.")
        return 2
    results = env.var_dir() / "demo"
    try:
        places.make_var_dir(results.parent)
        results.mkdir(exist_ok=True)
        say("Starting a portal of its own for the rehearsal…")
        with running_portal(keep=keep, SMS_CODES_PER_ADDRESS="1000") as portal:
            code = play(portal, results=results, brought=brought)
            if keep:
                say(f"kept: database, files and logs in {portal.var_dir}")
    except CannotStart as error:
        say(str(error))
        return 1
    except OSError as error:
        say(explain(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 1
    return code


def play(portal: Portal, *, results: Path, brought: str) -> int:
    """Run the steps in a process that lives on that portal's data."""
    command = [sys.executable, "manage.py", "rehearse", portal.url, str(results)]
    if brought:
        command += ["--media", str(Path(brought).resolve())]
    quiet = portal.environment | {"LOG_LEVEL": "WARNING"}  # progress is told in words
    done = subprocess.run(command, cwd=env.BASE_DIR, env=quiet, check=False)
    return 0 if done.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
