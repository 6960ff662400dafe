"""What the runner takes away before any code of a stranger runs."""

import ctypes
import math
import resource

_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2


def _prctl(option, value):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def hide_from_peers():
    """Non-dumpable: a process of the same uid can't trace us, nor read our memory, environment
    or descriptors below /proc."""
    _prctl(_PR_SET_DUMPABLE, 0)


def show_own_proc():
    """The program may look at its own /proc/self again, as programs expect."""
    _prctl(_PR_SET_DUMPABLE, 1)


def shut_system_calls(path):
    """Puts the filter in that file in force for this process and all that it starts, where there is one:
    a container engine has done it already, a sandbox without an engine leaves it to us."""
    try:
        with open(path, "rb") as file:
            program = file.read()
    except FileNotFoundError:
        return

    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_char_p)]

    libc = ctypes.CDLL(None, use_errno=True)
    rules = Filter(len(program) // 8, program)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(rules), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def be_first_to_go():
    """When memory runs out the kernel takes the program, not process 1, which can tell of it."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")
    except OSError:
        pass


def limit_program(limits, whole_session):
    """Limits per process, for the program and all that it starts; the engine's cgroups hold the whole.

    A session's processor time is watched by process 1, run by run."""
    if not whole_session:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        seconds = math.ceil(limits["cpuMs"] / 1000 + used)
        _lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    _lower(resource.RLIMIT_FSIZE, limits["fileBytes"], limits["fileBytes"])
    _lower(resource.RLIMIT_NOFILE, limits["openFiles"], limits["openFiles"])
    _lower(resource.RLIMIT_CORE, 0, 0)


def _lower(which, soft, hard):
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))
