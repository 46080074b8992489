"""Which system calls a process makes from now on, by a filter that libseccomp writes.

Refused is what no decoder needs: connections, other processes, memory that escapes its
limits, whatever changes the machine, and what a file is to others (owner, rights,
attributes, times). A refused call fails, it does not kill. A kernel, or a machine that
is only played by a program, may know no filters: then there is none.
"""

import ctypes
import errno
import tempfile
from functools import cache

ALLOW = 0x7FFF0000
REFUSE = 0x00050000  # with the error number to answer in the lower half
OTHER_THAN, MASKED_EQUAL = 1, 7
NEW_THREAD = 0x00010000  # of clone's flags
UNKNOWN_CALL = -1
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2

CONNECTING = "socket socketpair connect bind listen accept accept4"
STARTING = "fork vfork"
MEDDLING = (
    "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_open "
    "pidfd_getfd pidfd_send_signal kill tkill"
)
SHARING = "memfd_create memfd_secret shmget shmat msgget semget mq_open userfaultfd"
GOVERNING = (
    "mount umount2 pivot_root chroot setns unshare move_mount open_tree fsopen fspick "
    "fsmount fsconfig mount_setattr bpf perf_event_open keyctl add_key request_key "
    "init_module finit_module delete_module kexec_load kexec_file_load reboot swapon "
    "swapoff acct quotactl quotactl_fd settimeofday clock_settime adjtimex "
    "clock_adjtime sethostname setdomainname open_by_handle_at name_to_handle_at "
    "fanotify_init lookup_dcookie personality modify_ldt iopl ioperm mknod mknodat "
    "setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid "
    "setrlimit move_pages migrate_pages"
)
DESCRIBING = (
    "chmod fchmod fchmodat fchmodat2 chown lchown fchown fchownat "
    "setxattr lsetxattr fsetxattr setxattrat "
    "removexattr lremovexattr fremovexattr removexattrat "
    "utime utimes futimesat utimensat"
)
ALWAYS = (CONNECTING, STARTING, MEDDLING, SHARING, GOVERNING, DESCRIBING)
RUNNING = "execve execveat"
OF_PROCESS, NEW_LIMIT = 0, 2  # arguments of prlimit64
# Ways around a filter: programs fall back where the kernel does not know them.
NOT_THERE = "io_uring_setup io_uring_enter io_uring_register clone3"


class _Compared(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("mask", ctypes.c_uint64),
        ("value", ctypes.c_uint64),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


@cache
def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    library.seccomp_rule_add_array.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint),
        ctypes.POINTER(_Compared),
    ]
    library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.seccomp_release.argtypes = [ctypes.c_void_p]
    return library


@cache
def program(*, may_run: bool) -> bytes | None:
    """The filter, for a process that still has a tool to become, or for one that has
    not; None where the library is missing, or the kernel knows no filters."""
    library = _library()
    if library is None or not kernel_knows_filters():
        return None
    made = library.seccomp_init(ALLOW)
    try:
        refused = " ".join(ALWAYS if may_run else (*ALWAYS, RUNNING))
        for name in refused.split():
            _refuse(library, made, name, errno.EPERM)
        for name in NOT_THERE.split():
            _refuse(library, made, name, errno.ENOSYS)
        unless_thread = _Compared(0, MASKED_EQUAL, NEW_THREAD, 0)
        _refuse(library, made, "clone", errno.EPERM, unless_thread)
        for argument in (
            OF_PROCESS,
            NEW_LIMIT,
        ):  # reading one's own is all that is left
            unless_none = _Compared(argument, OTHER_THAN, 0, 0)
            _refuse(library, made, "prlimit64", errno.EPERM, unless_none)
        with tempfile.TemporaryFile() as file:
            if library.seccomp_export_bpf(made, file.fileno()):
                return None
            file.seek(0)
            return file.read()
    finally:
        library.seccomp_release(made)


def _refuse(library, made, name: str, error: int, *compared: _Compared) -> None:
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number != UNKNOWN_CALL:
        array = (_Compared * len(compared))(*compared)
        library.seccomp_rule_add_array(
            made, REFUSE | error, number, len(compared), array
        )


def give_up_privileges(libc: ctypes.CDLL) -> None:
    """No program started from here gains rights; the other layers ask for this."""
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def kernel_knows_filters() -> bool:
    """Asked with no filter at all: a kernel that knows them looks for it in vain."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_SECCOMP, FILTER, None, 0, 0)
    return ctypes.get_errno() == errno.EFAULT


def enter(code: bytes, libc: ctypes.CDLL) -> None:
    """Bind this process to a filter. Where the kernel says that it cannot be bound by
    one, the other layers stay."""
    wanted = _Program(len(code) // 8, code)
    if libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(wanted), 0, 0):
        number = ctypes.get_errno()
        if number != errno.EINVAL:
            raise OSError(number, "The filter of calls was not taken.")
