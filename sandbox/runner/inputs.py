"""Input files: frames in, regular files in the work folder out."""

import os

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
        folder = os.path.join(WORK, *parts[:-1])
        os.makedirs(folder, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        self._fd = os.open(os.path.join(folder, parts[-1]), flags, 0o644)

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
