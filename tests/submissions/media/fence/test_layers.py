"""What a process behind the fence can no longer do, tried by one that would."""

import ctypes
import errno
import os
import resource
import socket
import tempfile
import threading
from pathlib import Path

import pytest

from submissions.media.fence import accounts, calls, landlock
from submissions.media.fence.limits import MAX_MEMORY_BYTES, Limits, libc
from tests.submissions.media.fence.trying import behind

needs_landlock = pytest.mark.skipif(not landlock.version(), reason="no Landlock")
needs_filter = pytest.mark.skipif(
    calls.program(may_run=True) is None, reason="no libseccomp"
)


def run_true():
    path = b"/bin/true"
    libc.execv(path, (ctypes.c_char_p * 2)(path, None))
    raise OSError(ctypes.get_errno(), "It was not run.")


@needs_landlock
@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda folder: (folder / "new").write_text("a"), ""),
        (lambda folder: (folder / "new").unlink(missing_ok=True), ""),
        (lambda folder: list(folder.iterdir()), ""),
        (lambda folder: Path("/usr").stat(), ""),
        (lambda folder: list(Path("/usr").iterdir()), "EACCES"),
        (lambda folder: Path("/etc/passwd").read_text(), "EACCES"),
        (lambda folder: Path("/proc/self/environ").read_bytes(), "EACCES"),
        (lambda folder: (folder.parent / "new").write_text("a"), "EACCES"),
        (lambda folder: (folder / "link").symlink_to("/etc/passwd"), "EACCES"),
        (lambda folder: os.mkfifo(folder / "pipe"), "EACCES"),
        (lambda folder: (folder / "inner").mkdir(), "EACCES"),
        (lambda folder: run_true(), "EACCES"),
        (lambda folder: socket.create_connection(("127.0.0.1", 9)), "EACCES"),
    ],
)
def test_landlock_leaves_one_folder_and_no_connection(tmp_path, act, told):
    folder = tmp_path / "scratch"
    folder.mkdir()
    if landlock.version() < landlock.CONNECTIONS_SINCE and "socket" in str(act):
        pytest.skip("an older Landlock")
    rules = landlock.rules([(folder, landlock.WRITE)])

    def enter():
        calls.give_up_privileges(libc)
        landlock.enter(rules)

    found = behind(enter, lambda: act(folder))
    os.close(rules)

    assert found == told


def fork():
    if os.fork() == 0:
        os._exit(0)


def start_thread():
    thread = threading.Thread(target=os.getpid)
    thread.start()
    thread.join()


def share_memory():
    os.close(os.memfd_create("hidden"))


def limit_cores(pid, *values):
    resource.prlimit(pid, resource.RLIMIT_CORE, *values)


@needs_filter
@pytest.mark.parametrize(
    ("act", "told"),
    [
        (start_thread, ""),
        (lambda: Path("/etc/passwd").read_text(), ""),
        (lambda: socket.socket().close(), "EPERM"),
        (lambda: socket.socket(socket.AF_UNIX).close(), "EPERM"),
        (socket.socketpair, "EPERM"),
        (fork, "EPERM"),
        (lambda: os.posix_spawn("/bin/true", ["true"], {}), "EPERM"),
        (run_true, "EPERM"),
        (lambda: os.kill(os.getppid(), 0), "EPERM"),
        (share_memory, "EPERM"),
        (lambda: os.setuid(os.getuid()), "EPERM"),
        (lambda: os.mknod("never", 0o600), "EPERM"),
        (lambda: Path("/dev/null").chmod(0o600), "EPERM"),
        (lambda: os.fchmod(0, 0o600), "EPERM"),
        (lambda: os.chown("/dev/null", -1, -1), "EPERM"),
        (lambda: os.lchown("/dev/null", -1, -1), "EPERM"),
        (lambda: os.setxattr("/dev/null", "user.a", b"a"), "EPERM"),
        (lambda: os.removexattr("/dev/null", "user.a"), "EPERM"),
        (lambda: os.utime("/dev/null"), "EPERM"),
        (lambda: resource.getrlimit(resource.RLIMIT_CPU), ""),
        (lambda: limit_cores(0, (0, 0)), "EPERM"),
        (lambda: limit_cores(os.getppid(), (0, 0)), "EPERM"),
        (lambda: limit_cores(os.getppid()), "EPERM"),
    ],
)
def test_the_filter_refuses_what_no_decoder_needs(act, told):
    code = calls.program(may_run=False)

    def enter():
        calls.give_up_privileges(libc)
        calls.enter(code, libc)

    assert behind(enter, act) == told


@needs_filter
def test_a_process_that_has_yet_to_become_its_tool_may_do_that():
    code = calls.program(may_run=True)

    def enter():
        calls.give_up_privileges(libc)
        calls.enter(code, libc)

    assert behind(enter, run_true) == ""


def know_no_filters():
    """From now on the kernel answers as one that was made without them."""
    library = calls._library()
    made = library.seccomp_init(calls.ALLOW)
    same = calls.MASKED_EQUAL
    asked = calls._Compared(0, same, (1 << 64) - 1, calls.PR_SET_SECCOMP)
    calls._refuse(library, made, "prctl", errno.EINVAL, asked)
    with tempfile.TemporaryFile() as file:
        library.seccomp_export_bpf(made, file.fileno())
        file.seek(0)
        code = file.read()
    calls.give_up_privileges(libc)
    calls.enter(code, libc)
    calls.program.cache_clear()


@needs_filter
@needs_landlock
def test_where_the_kernel_knows_no_filter_the_other_layers_stay(tmp_path):
    """It would have ended every tool before it began."""
    code = calls.program(may_run=True)
    rules = landlock.rules([(tmp_path, landlock.WRITE)])

    def enter():
        know_no_filters()
        landlock.enter(rules)
        calls.enter(code, libc)

    def act():
        if calls.kernel_knows_filters() or calls.program(may_run=True) is not None:
            raise OSError(errno.EDOM, "it says it has filters")
        socket.socketpair()[0].close()
        (tmp_path / "a").write_text("a")

    assert behind(enter, act) == ""
    assert behind(enter, Path("/etc/passwd").read_text) == "EACCES"
    os.close(rules)


@needs_filter
def test_a_filter_that_is_refused_for_another_reason_is_no_small_matter():
    """Without having given up new privileges, an ordinary user may set none."""
    code = calls.program(may_run=True)
    account = accounts.unprivileged()

    def enter():
        if account:
            account.become()
        calls.enter(code, libc)

    assert behind(enter, os.getpid) == "EACCES"


def test_limits_hold_and_are_never_widened(tmp_path):
    def enter():
        Limits(cpu_s=7, file_bytes=1000).apply()
        Limits(cpu_s=70, file_bytes=100_000).apply()

    def write_much():
        (tmp_path / "a").write_bytes(bytes(5000))

    def take_much():
        bytearray(MAX_MEMORY_BYTES + (1 << 20))

    def look():
        found = resource.getrlimit(resource.RLIMIT_CPU)
        if found != (7, 12):
            raise OSError(errno.EDOM, str(found))

    assert behind(enter, write_much) == "EFBIG"
    assert behind(enter, take_much) == "MemoryError"
    assert behind(enter, look) == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_becomes_nobody_in_particular(tmp_path):
    account = accounts.unprivileged()

    def look():
        if (os.getuid(), os.getgid(), os.getgroups()) != (account.uid, account.gid, []):
            raise OSError(errno.EDOM, "still root")

    secret = tmp_path / "secret"
    secret.write_text("a")
    secret.chmod(0o600)

    assert behind(account.become, look) == ""
    assert behind(account.become, secret.read_text) == "EACCES"


def test_without_a_name_nobody_else_is_become(monkeypatch):
    accounts.unprivileged.cache_clear()
    monkeypatch.setenv("MEDIA_USER", "")

    assert accounts.unprivileged() is None

    accounts.unprivileged.cache_clear()


def test_a_kernel_without_landlock_is_no_obstacle(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)

    assert landlock.rules([(Path("/"), landlock.READ)]) is None


def test_a_machine_without_libseccomp_is_no_obstacle(monkeypatch):
    def none(name, **options):
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", none)
    calls._library.cache_clear()
    calls.program.cache_clear()

    assert calls.program(may_run=True) is None

    calls._library.cache_clear()
    calls.program.cache_clear()
