"""Between the runs of a session nothing of it computes: all is stopped, and goes on with the next run."""

import os
import signal
import time

import children

_PATIENCE_S = 5
_LOOK_EVERY_S = 1
_SECOND_LOOK_S = 0.05
# Stopped, traced, dead, or waiting in the kernel, out of which it comes stopped.
_STILL = b"TtZXxD"


class Standstill:
    """Programs can wake each other, so it is looked whether they stand still, and goes on being looked."""

    def __init__(self):
        self._since = None
        self._spared = None

    def begin(self):
        """Stops all but this process. False where something goes on nevertheless."""
        until, pause = time.monotonic() + _PATIENCE_S, 0.0005
        self._since, self._spared = time.monotonic(), None
        while True:
            _signal_all(signal.SIGSTOP)
            if not _moves(None):
                return True
            if time.monotonic() > until:
                return False
            time.sleep(pause)
            pause = min(pause * 2, 0.02)

    def end(self):
        """Lets all go on."""
        if self._since is not None:
            self._since = None
            _signal_all(signal.SIGCONT)

    def spare(self, pid):
        """That one is ours and makes itself ready for the next run."""
        self._spared = pid

    def is_broken(self):
        """Whether something has found a way to go on. Asked often, it looks now and then; who is just dying is
        given the time for it."""
        if self._since is None or time.monotonic() - self._since < _LOOK_EVERY_S:
            return False
        self._since = time.monotonic()
        if not _moves(self._spared):
            return False
        time.sleep(_SECOND_LOOK_S)
        return _moves(self._spared)


def _signal_all(number):
    try:
        os.kill(-1, number)
    except ProcessLookupError:
        pass


def _moves(spared):
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) not in (os.getpid(), spared):
            if any(state not in _STILL for state in children.states_of(name)):
                return True
    return False
