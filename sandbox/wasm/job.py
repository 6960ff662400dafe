"""Runs the person's Python inside the WebAssembly interpreter; the counterpart of the runner's worker."""

import atexit
import importlib
import json
import random
import sys

import figures
import noscript
import python_code

_VALUE_CAP = 64 * 1024
_main = None
_stdin = None


def run(request):
    """Takes a job and gives its exit code and the value of its last expression, both as JSON."""
    job = json.loads(request)
    if job["installed"]:
        importlib.invalidate_caches()
    exit_code, value = _run(job["code"], job["title"], job["cell"], job["session"])
    return json.dumps({"exitCode": exit_code, "value": value}).encode()


def prepare(preload):
    """Streams that show each line as it is written; gives the modules that are absent."""
    global _stdin
    _stdin = sys.stdin
    figures.use_backend()
    noscript.take_away()
    _know_no_names()
    # The generator, too, comes from the snapshot; every run has numbers of its own.
    random.seed()
    sys.stdout.reconfigure(line_buffering=True, write_through=False)
    missing = []
    for name in preload:
        try:
            __import__(name)
        except Exception:
            missing.append(name)
    return missing


def _run(code, title, cell, session):
    global _main
    values = []
    if session:
        _quietly(_renew_stdin)
    if _main is None or not session:
        _main = python_code.new_main(title)
    exit_code = python_code.run_code(code, title, _main, values.append if cell or session else None)
    _quietly(figures.save)
    if not session:
        _quietly(atexit._run_exitfuncs)
        python_code.flush()
        _quietly(lambda: python_code._let_go(_main.__dict__))
    if not python_code.flush():
        exit_code = 120
    return exit_code, values[0][:_VALUE_CAP] if values else None


def _renew_stdin():
    """What an earlier cell read ahead is not for the next, nor is the end that it saw."""
    global _stdin
    if sys.stdin is not _stdin:
        return  # The program's own.
    new = open(0, encoding=_stdin.encoding, errors=_stdin.errors, closefd=False)
    new.buffer.raw.name = "<stdin>"
    sys.stdin = sys.__stdin__ = _stdin = new


def _know_no_names():
    """The C library of WebAssembly makes up an address for every name; there is no network to look in."""
    import _socket

    def unknown(*_, **__):
        raise _socket.gaierror(_socket.EAI_NONAME, "Name or service not known")

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
        if hasattr(_socket, name):
            setattr(_socket, name, unknown)


def _quietly(step):
    try:
        step()
    except BaseException as error:
        python_code._report(error)
