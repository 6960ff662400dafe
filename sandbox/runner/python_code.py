"""Runs the person's Python as the interpreter itself would, down to the exit code."""

import ast
import atexit
import builtins
import gc
import linecache
import os
import signal
import sys
import threading
import traceback
import types

from places import WORK

_HERE = os.path.dirname(os.path.abspath(__file__))


def new_main(title):
    """A fresh `__main__`; the file it claims lies in the work folder, where relative paths start."""
    main = types.ModuleType("__main__")
    main.__dict__.update(
        __builtins__=builtins,
        __file__=os.path.join(WORK, os.path.basename(title)),
        __annotations__={},
    )
    sys.modules["__main__"] = main
    sys.argv = [title]
    return main


def run_code(code, title, main, show_value):
    """Executes the code; returns the exit code. `show_value` gets the last expression's repr."""
    linecache.cache[title] = (len(code), None, code.splitlines(keepends=True), title)
    try:
        if show_value is None:
            exec(compile(code, title, "exec", dont_inherit=True), main.__dict__)
        else:
            _run_cell(code, title, main, show_value)
    except SystemExit as error:
        return _code_of(error)
    except BaseException as error:
        return _report(error)
    return 0


def _run_cell(code, title, main, show_value):
    tree = ast.parse(code, title)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, title, "exec", dont_inherit=True), main.__dict__)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), title, "eval", dont_inherit=True), main.__dict__)
        if value is not None:
            main.__dict__["_"] = value
            show_value(repr(value))


def _code_of(error):
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF if -(2**63) <= code < 2**63 else 255
    try:
        print(code, file=sys.stderr, flush=True)
    except BaseException:
        pass
    return 1


def _report(error):
    kind, own = type(error), _own_frames(error.__traceback__)
    try:
        if sys.excepthook is sys.__excepthook__:
            traceback.print_exception(kind, error, own)
        else:
            sys.excepthook(kind, error, own)
    except SystemExit as leave:
        return _code_of(leave)
    except BaseException as second:
        try:
            traceback.print_exception(type(second), second, _own_frames(second.__traceback__))
        except BaseException:
            pass
    if isinstance(error, KeyboardInterrupt):
        return -signal.SIGINT
    return 1


def _own_frames(trace):
    """The traceback from the first frame on that is not the runner's."""
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_HERE):
        trace = trace.tb_next
    return trace


def finish(code, main, last_word):
    """What the interpreter does at its end, without taking the preloaded libraries apart.

    `last_word` tells the exit code to process 1, which need not wait until the kernel has taken this
    process apart: with the libraries imported that is most of a short run's time."""
    _quietly(threading._shutdown)
    _quietly(atexit._run_exitfuncs)
    if not flush():
        code = 120
    _let_go(main.__dict__)
    if not flush():
        code = 120
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    last_word(code)
    os._exit(code)


def _quietly(step):
    try:
        step()
    except BaseException as error:
        try:
            traceback.print_exception(type(error), error, _own_frames(error.__traceback__))
        except BaseException:
            pass


def flush():
    """False where stdout could not take what was left; the interpreter's exit code is 120 then."""
    good = True
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not getattr(stream, "closed", False):
                stream.flush()
        except BaseException as error:
            good = good and stream is not sys.stdout
            if stream is sys.stdout:
                _quietly(lambda: print(f"Exception ignored while flushing stdout: {error!r}", file=sys.stderr))
    return good


def _let_go(names):
    """Drops the program's objects in the interpreter's order, so that files are flushed and
    finalisers run."""
    for name in [name for name in names if name.startswith("_") and not name.startswith("__")]:
        names[name] = None
    for name in [name for name in names if name != "__builtins__"]:
        names[name] = None
    sys.last_exc = sys.last_value = sys.last_traceback = None
    gc.collect()
