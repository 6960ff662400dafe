"""Input files: frames in, regular files in the work folder out."""

import os

import nolinks
from places import WORK


class Inputs:
    """Writes the files that arrive before the run starts."""

    def __init__(self):
        self._fd = None

    def begin(self, name):
        """Starts a file; `name` is relative, normalised and never leaves the work folder."""
        self.end()
        parts = name.split("/")
        if not name or any(part in ("", ".", "..") for part in parts) or "\0" in name:
            raise ValueError("bad input name")
        self._fd = nolinks.create(os.path.join(WORK, *parts))

    def data(self, payload):
        """Appends to the file begun last."""
        view = memoryview(payload)
        while view:
            view = view[os.write(self._fd, view) :]

    def end(self):
        """Closes the file begun last."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
