"""What the host sends ahead of a run: its job, then its files."""

import json

import frames
from inputs import Inputs

KINDS = (frames.RUN, frames.FILE, frames.DATA)


class Intake:
    """Keeps the job, and the first thing that went wrong with one of its files."""

    def __init__(self):
        self.job = None
        self._inputs = Inputs()
        self._failure = None

    def frame(self, kind, payload):
        if kind == frames.RUN:
            # The host may have given up the job before this one in the middle of a file.
            self._inputs.drop()
            self.job, self._failure = json.loads(payload), None
        elif kind == frames.FILE:
            self._try(lambda: self._inputs.begin(json.loads(payload)["name"]))
        else:
            self._try(lambda: self._inputs.data(payload))

    def end(self):
        """Everything is here. Gives what went wrong, or None."""
        self._try(self._inputs.end)
        return self._failure

    def _try(self, step):
        if self._failure is not None:
            return
        try:
            step()
        except (OSError, ValueError) as error:
            self._failure = getattr(error, "strerror", None) or str(error)
            self._inputs.drop()
