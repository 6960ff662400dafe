"""Files of a session, put and fetched between runs under absolute paths."""

import errno
import json
import os
import stat

import frames
import nolinks

KINDS = (frames.PUT, frames.PUT_DATA, frames.PUT_END, frames.GET)
_CHUNK = 1024 * 1024
_MAX_GET = 256 * 1024 * 1024


class SessionFiles:
    """Answers each request with one REPLY frame; what it fetches goes out as data before that."""

    def __init__(self, write):
        self._write = write
        self._fd = None
        self._error = None

    def frame(self, kind, payload):
        """Takes one frame of KINDS."""
        if kind == frames.PUT:
            self._fd, self._error = None, None
            self._try(lambda: self._begin(json.loads(payload)["path"]))
        elif kind == frames.PUT_DATA:
            self._try(lambda: self._append(payload))
        elif kind == frames.PUT_END:
            self._close()
            self._reply()
        else:
            self._error = None
            self._try(lambda: self._get(json.loads(payload)["path"]))
            self._reply()

    def _try(self, step):
        if self._error is not None:
            return
        try:
            step()
        except (OSError, ValueError) as error:
            self._error = errno.errorcode.get(getattr(error, "errno", None), "EINVAL")

    def _begin(self, path):
        self._fd = nolinks.create(path)

    def _append(self, payload):
        view = memoryview(payload)
        while view:
            view = view[os.write(self._fd, view) :]

    def _close(self):
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _get(self, path):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            info = os.fstat(fd)
            if stat.S_ISDIR(info.st_mode):
                raise IsADirectoryError(errno.EISDIR, "is a folder")
            if not stat.S_ISREG(info.st_mode):
                raise OSError(errno.EACCES, "not a regular file")
            if info.st_size > _MAX_GET:
                raise OSError(errno.EFBIG, "too large")
            left = info.st_size
            while left > 0:
                chunk = os.read(fd, min(_CHUNK, left))
                if not chunk:
                    break
                left -= len(chunk)
                self._write(frames.pack(frames.ARTIFACT_DATA, chunk))
        finally:
            os.close(fd)

    def _reply(self):
        self._write(frames.pack_json(frames.REPLY, {"error": self._error}))
