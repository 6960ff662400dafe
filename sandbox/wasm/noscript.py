"""Python without the JavaScript around it. The wall keeps programs from it; this says so in Python's own
words, and gives back what Pyodide had replaced by JavaScript: `asyncio.run`, `time.sleep`, an event loop."""

import asyncio
import sys
import time
import types

_WHY = "there is no JavaScript to reach in this sandbox"


def take_away():
    """For the whole interpreter, before its first program."""
    import _pyodide_core
    import pyodide.code
    import pyodide.ffi
    import pyodide.webloop
    from _pyodide import _importhook

    _importhook.jsfinder.jsproxies.clear()
    for name, module in list(sys.modules.items()):
        if isinstance(module, pyodide.ffi.JsProxy):
            del sys.modules[name]
    for name in ("js", "pyodide_js"):
        sys.modules[name] = _empty(name)
    for name in ("to_js", "create_proxy", "create_once_callable", "destroy_proxies", "run_sync"):
        setattr(pyodide.ffi, name, _refuse)
        setattr(_pyodide_core, name, _refuse)
    pyodide.ffi.register_js_module = _refuse
    pyodide.code.run_js = _refuse
    asyncio.run = pyodide.webloop._orig_run
    time.sleep = pyodide.webloop._orig_sleep
    asyncio._set_running_loop(None)
    asyncio.events._set_event_loop_policy(_Policy())


def _empty(name):
    """Libraries that look whether it is there find it, with nothing in it."""
    module = types.ModuleType(name, _WHY)

    def __getattr__(attribute):
        raise AttributeError(f"module {name!r} has no attribute {attribute!r}: {_WHY}")

    module.__getattr__ = __getattr__
    return module


def _refuse(*_, **__):
    raise RuntimeError(_WHY)


class _Waiting:
    """In place of a selector: there are no descriptors to wait for, so what is left is the clock."""

    def select(self, timeout):
        time.sleep(3600 if timeout is None else max(0, timeout))
        return ()


class _Loop(asyncio.base_events.BaseEventLoop):
    """An event loop of one thread, whose only events are its own timers and callbacks."""

    def __init__(self):
        super().__init__()
        self._selector = _Waiting()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

    def run_in_executor(self, executor, func, *args):
        """There are no threads: the work is done at once."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


class _Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = _Loop
