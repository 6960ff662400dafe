"""What the program left in its outputs folder, read when no process of it is left."""

import os
import stat

import frames
from places import OUTPUTS

_CHUNK = 1024 * 1024
_MAX_DEPTH = 8
_MAX_LOOKED_AT = 20000


class Sent:
    """What went out already, so that a session sends a file again only when it has changed."""

    def __init__(self):
        self._stamps = {}

    def has(self, path, info):
        """Whether this state of the file went out."""
        return self._stamps.get(path) == _stamp(info)

    def add(self, path, info):
        """This state goes out now."""
        self._stamps[path] = _stamp(info)


def _stamp(info):
    return (info.st_ino, info.st_mtime_ns, info.st_size)


def send(write, limits, sent):
    """Sends every new regular file as frames, within the caps, and says what was left out."""
    collector = _Collector(write, limits, sent)
    try:
        # gVisor follows a link here in spite of O_NOFOLLOW. No process of the program is left to race.
        if stat.S_ISLNK(os.lstat(OUTPUTS).st_mode):
            raise NotADirectoryError
        root = os.open(OUTPUTS, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    except OSError:
        collector.note("The outputs folder was replaced by something else, so nothing was taken from it.")
        return
    try:
        collector.folder(root, "", 0)
    finally:
        os.close(root)
    collector.summary()


class _Collector:
    def __init__(self, write, limits, sent):
        self._write = write
        self._sent = sent
        self._bytes_left = limits["artifactBytes"]
        self._count_left = limits["artifactCount"]
        self._looked_at = 0
        self._left_out = {}

    def note(self, text):
        self._write(frames.pack_json(frames.NOTICE, {"text": text}))

    def summary(self):
        for reason, (count, example) in self._left_out.items():
            files = "1 file" if count == 1 else f"{count} files"
            self.note(f"{files} in outputs left out ({reason}): {example!a}")

    def _leave_out(self, reason, name):
        count, example = self._left_out.get(reason, (0, name[:200]))
        self._left_out[reason] = (count + 1, example)

    def folder(self, fd, prefix, depth):
        with os.scandir(fd) as entries:
            names = []
            for entry in entries:
                self._looked_at += 1
                if self._looked_at > _MAX_LOOKED_AT:
                    self._leave_out("too many entries", prefix)
                    break
                names.append(entry.name)
        for name in sorted(names):
            self._entry(fd, name, prefix + name, depth)

    def _entry(self, parent, name, path, depth):
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            self._leave_out("the name is not UTF-8", path)
            return
        try:
            # O_NONBLOCK: opening a FIFO must not wait for its writer.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            fd = os.open(name, flags, dir_fd=parent)
        except OSError:
            self._leave_out("a link, or not readable", path)
            return
        try:
            self._opened(fd, path, depth)
        finally:
            os.close(fd)

    def _opened(self, fd, path, depth):
        info = os.fstat(fd)
        if stat.S_ISDIR(info.st_mode):
            if depth >= _MAX_DEPTH:
                self._leave_out("nested too deep", path)
            else:
                self.folder(fd, path + "/", depth + 1)
        elif not stat.S_ISREG(info.st_mode):
            self._leave_out("not a regular file", path)
        elif info.st_nlink != 1:
            self._leave_out("a hard link", path)
        elif self._sent.has(path, info):
            pass  # Nothing is left out where there is nothing new.
        elif self._count_left <= 0:
            self._leave_out("too many files", path)
        elif info.st_size > self._bytes_left:
            self._leave_out("too large", path)
        else:
            self._sent.add(path, info)
            self._count_left -= 1
            self._bytes_left -= info.st_size
            self._file(fd, path, info.st_size)

    def _file(self, fd, path, size):
        self._write(frames.pack_json(frames.ARTIFACT, {"name": path, "bytes": size}))
        left = size
        while left > 0:
            chunk = os.read(fd, min(_CHUNK, left))
            if not chunk:
                break
            left -= len(chunk)
            self._write(frames.pack(frames.ARTIFACT_DATA, chunk))
