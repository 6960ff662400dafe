"""Input files: frames in, regular files in the work folder out."""

import os

import nolinks
from places import WORK


class Inputs:
    """Writes the files that arrive before the run starts."""

    def __init__(self):
        self._fd = None
        self._path = None

    def begin(self, name):
        """Starts a file; `name` is relative, normalised and never leaves the work folder."""
        self.end()
        parts = name.split("/")
        if not name or any(part in ("", ".", "..") for part in parts) or "\0" in name:
            raise ValueError("bad input name")
        self._path = os.path.join(WORK, *parts)
        self._fd = nolinks.create(self._path)

    def data(self, payload):
        """Appends to the file begun last."""
        view = memoryview(payload)
        while view:
            view = view[os.write(self._fd, view) :]

    def drop(self):
        """Takes away the file begun last, which will not become whole, with the space that it has."""
        if self._fd is None:
            return
        os.ftruncate(self._fd, 0)
        self.end()
        try:
            os.unlink(self._path)
        except OSError:
            pass  # A session's program has shut the folder: an empty file stays.

    def end(self):
        """Closes the file begun last."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
