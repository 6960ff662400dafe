"""Moves bytes between the program's pipes and the control channel."""

import fcntl
import os
import struct

_CHUNK = 64 * 1024
_LINE_CAP = 1024 * 1024
_FIONREAD = 0x541B


class OutputPipe:
    """One of the program's output streams, as frames for the host."""

    def __init__(self, kind):
        self.kind = kind
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.read_end, False)
        self.total = 0

    def read(self):
        """Bytes now waiting; empty when nothing waits or at the end, which closes our end too."""
        if self.read_end is None:
            return b""
        try:
            data = os.read(self.read_end, _CHUNK)
        except BlockingIOError:
            return b""
        if not data:
            os.close(self.read_end)
            self.read_end = None
        self.total += len(data)
        return data


    def drain(self):
        """What waits now, and not what is being written meanwhile by processes that live on."""
        left = 0
        if self.read_end is not None:
            (left,) = struct.unpack("i", fcntl.ioctl(self.read_end, _FIONREAD, bytes(4)))
        while left > 0:
            data = self.read()
            if not data:
                return
            left -= len(data)
            yield data


class StdinPipe:
    """The program's standard input; bytes wait here while it does not read."""

    def __init__(self):
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.write_end, False)
        self._waiting = bytearray()
        self._ending = False

    def push(self, data):
        """Queues bytes for the program."""
        self._waiting += data

    def finish(self):
        """No more will come."""
        self._ending = True

    @property
    def busy(self):
        """Whether the pipe wants to be told when it is writable."""
        return self.write_end is not None and (bool(self._waiting) or self._ending)

    def write(self):
        """Writes what fits now."""
        if self.write_end is None:
            return
        try:
            while self._waiting:
                sent = os.write(self.write_end, self._waiting[:_CHUNK])
                del self._waiting[:sent]
        except BlockingIOError:
            return
        except OSError:
            self._waiting.clear()
            self._ending = True
        if self._ending:
            self.close()

    def close(self):
        """Whoever still reads finds the end of it."""
        self._waiting.clear()
        if self.write_end is not None:
            os.close(self.write_end)
            self.write_end = None


class Answers:
    """What the worker says, line by line. The program could write here too, so nothing is believed
    beyond its form."""

    def __init__(self):
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.read_end, False)
        self._buffer = bytearray()

    def lines(self):
        """Complete lines now waiting."""
        if self.read_end is None:
            return []
        try:
            data = os.read(self.read_end, _CHUNK)
        except BlockingIOError:
            return []
        if not data:
            os.close(self.read_end)
            self.read_end = None
            return []
        self._buffer += data
        if len(self._buffer) > _LINE_CAP:
            self._buffer.clear()
        *lines, rest = bytes(self._buffer).split(b"\n")
        self._buffer = bytearray(rest)
        return lines
