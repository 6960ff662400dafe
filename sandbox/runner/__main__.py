"""The first process of a sandbox: keeps the control channel and starts the program as its child.

Being process 1 of its namespace it can't be killed from inside, and all orphans become its own.
"""

import fcntl
import os
import sys

import harden

_PIPE_BYTES = 1024 * 1024


def _widen(pipe):
    """Large input files come in fewer and larger pieces; where the kernel refuses, in smaller ones."""
    try:
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    except OSError:
        pass


def main(arguments):
    """Runs the supervisor until the host is gone or the run is over."""
    harden.hide_from_peers()
    harden.shut_system_calls("/opt/glovebox/filter")
    control_in, control_out = os.dup(0), os.dup(1)
    _widen(control_in)
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    from supervisor import Supervisor

    preload = [name for name in arguments[1].split(",") if name] if len(arguments) > 1 else []
    Supervisor(control_in, control_out, preload).serve()


main(sys.argv)
