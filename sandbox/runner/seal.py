"""Proof that a frame comes from process 1, where the kernel does not hide its descriptors (gVisor).

The key comes over the channel before any program is started. Each tag counts, so that frames that a
program could read on their way can neither be repeated nor left out without being noticed.
"""

import struct

try:
    from _sha2 import sha256
except ImportError:
    from hashlib import sha256

KEY_BYTES = 32
_TAG_BYTES = 16
_HEAD = struct.Struct(">Ic")


class Seal:
    """Puts a tag before the payload of every frame."""

    def __init__(self, key):
        self._key = key
        self._count = 0

    def on(self, frame):
        """The sealed form of one whole frame."""
        length, kind = _HEAD.unpack_from(frame)
        inner = sha256(self._key + struct.pack(">Q", self._count) + frame).digest()
        self._count += 1
        tag = sha256(self._key + inner).digest()[:_TAG_BYTES]
        return _HEAD.pack(length + _TAG_BYTES, kind) + tag + frame[_HEAD.size :]
