"""Makes files where a program may have put links, pipes or devices in the way.

Process 1 holds the control channel: a path that the program leads to one of its descriptors must never
be written to."""

import errno
import os
import stat

_LOOK = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: a pipe without a reader must not stop process 1. O_TRUNC has to wait until it is known
# what was opened.
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WHY = {errno.ELOOP: "a link is in its place", errno.ENXIO: "it is no regular file"}


def create(path):
    """An empty regular file under an absolute path, open for writing; folders on the way are made.

    No part of the path may be a link. It goes down step by step, so that none can be put in later."""
    *folders, name = path.split("/")
    if not path.startswith("/") or ".." in folders or name == "..":
        raise OSError(errno.EINVAL, "bad name")
    if name in ("", "."):
        raise OSError(errno.EISDIR, "is a folder")
    here = os.open("/", _LOOK)
    try:
        for folder in folders:
            if folder not in ("", "."):
                below = _enter(here, folder)
                os.close(here)
                here = below
        return _make(here, name)
    finally:
        os.close(here)


def _enter(here, name):
    try:
        fd = os.open(name, _LOOK, dir_fd=here)
    except FileNotFoundError:
        try:
            os.mkdir(name, dir_fd=here)
        except FileExistsError:
            pass
        fd = os.open(name, _LOOK, dir_fd=here)
    # A link opened so is the link itself. O_DIRECTORY would say it too, but gVisor follows links then.
    mode = os.fstat(fd).st_mode
    if stat.S_ISDIR(mode):
        return fd
    os.close(fd)
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "a link is in its way")
    raise OSError(errno.ENOTDIR, "a file is in its way")


def _make(here, name):
    try:
        fd = os.open(name, _WRITE, 0o644, dir_fd=here)
    except OSError as error:
        code = error.errno
        # Who may not write where nobody may is told the reason that will not go away.
        if code == errno.EACCES and os.fstatvfs(here).f_flag & os.ST_RDONLY:
            code = errno.EROFS
        raise OSError(code, _WHY.get(code, os.strerror(code))) from None
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.EACCES, "it is no regular file")
        os.ftruncate(fd, 0)
    except OSError:
        os.close(fd)
        raise
    return fd
