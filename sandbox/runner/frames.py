"""Frames on the control channel: u32 length (big endian), u8 type, payload."""

import json
import os
import struct

VERSION = 1

# Host to runner.
RUN = b"R"
FILE = b"F"
DATA = b"D"
GO = b"G"
STDIN = b"I"
STDIN_END = b"E"
KEEPALIVE = b"K"
INTERRUPT = b"Q"
PUT = b"P"
PUT_DATA = b"p"
PUT_END = b"T"
GET = b"W"

# Runner to host.
HELLO = b"h"
STARTED = b"s"
STDOUT = b"o"
STDERR = b"e"
VALUE = b"v"
ARTIFACT = b"a"
ARTIFACT_DATA = b"d"
NOTICE = b"n"
EXIT = b"x"
END = b"z"
REPLY = b"r"

_HEAD = struct.Struct(">Ic")
MAX_PAYLOAD = 64 * 1024 * 1024


class ChannelClosed(Exception):
    """The host is gone; there is nobody left to run for."""


def pack(kind, payload=b""):
    """One frame as bytes."""
    return _HEAD.pack(len(payload), kind) + payload


def pack_json(kind, value):
    """One frame with a JSON payload; lone surrogates stay escaped."""
    return pack(kind, json.dumps(value, ensure_ascii=True).encode("ascii"))


def write_all(fd, data):
    """Writes everything or raises ChannelClosed."""
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(fd, view) :]
    except (BrokenPipeError, ConnectionResetError) as error:
        raise ChannelClosed from error


class Reader:
    """Cuts a byte stream into frames."""

    def __init__(self):
        self._buffer = bytearray()

    def feed(self, data):
        """Takes bytes as they come and yields (type, payload)."""
        self._buffer += data
        while len(self._buffer) >= _HEAD.size:
            length, kind = _HEAD.unpack_from(self._buffer)
            if length > MAX_PAYLOAD:
                raise ChannelClosed
            end = _HEAD.size + length
            if len(self._buffer) < end:
                return
            with memoryview(self._buffer) as view:
                payload = bytes(view[_HEAD.size : end])
            del self._buffer[:end]
            yield kind, payload
