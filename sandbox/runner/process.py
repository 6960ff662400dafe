"""A worker process with its pipes, as process 1 holds them."""

import _socket
import json
import os
import signal
import struct

import frames
import worker
from pump import Answers, OutputPipe, StdinPipe


class Process:
    """Forked at once; becomes the program when it gets its job.

    `apart`: has a process group of its own, so that an interrupt reaches all that it starts.
    `hidden`: can't be looked into before it is another program, as process 1 has a secret to keep."""

    def __init__(self, preload, close_in_child, apart=False, hidden=False):
        self.stdin, self.answers = StdinPipe(), Answers()
        self.stdout, self.stderr = OutputPipe(frames.STDOUT), OutputPipe(frames.STDERR)
        # A socket, because later jobs of a session bring a standard input of their own along.
        far, near = _socket.socketpair()
        near.shutdown(_socket.SHUT_RD)  # Nothing is taken from there.
        jobs, self._jobs = far.detach(), near.detach()
        self._had_job = False
        self._apart = apart
        theirs = (self.stdin.read_end, self.stdout.write_end, self.stderr.write_end)
        self.pid = os.fork()
        if self.pid == 0:
            ours = (self._jobs, self.stdin.write_end, self.stdout.read_end, self.stderr.read_end)
            for fd in (*close_in_child, self.answers.read_end, *ours):
                os.close(fd)
            _take_descriptors(theirs)
            try:
                worker.main(jobs, self.answers.write_end, preload, hidden)
            finally:
                os._exit(70)
        if apart:
            # It waits for its job, so it can't have become the program yet.
            os.setpgid(self.pid, self.pid)
        for fd in (jobs, self.answers.write_end, *theirs):
            os.close(fd)

    @property
    def outputs(self):
        """Its stdout and stderr."""
        return (self.stdout, self.stderr)

    @property
    def descriptors(self):
        """Those of our ends that are open, for a later process to close."""
        ends = (self._jobs, self.stdin.write_end, self.stdout.read_end, self.stderr.read_end)
        return [fd for fd in (*ends, self.answers.read_end) if fd is not None]

    def start(self, job):
        """Gives it its job; a process that is gone already tells its end in the usual way."""
        try:
            if self._had_job:
                self._renew_stdin()
            self._had_job = True
            frames.write_all(self._jobs, json.dumps(job).encode("ascii") + b"\n")
        except frames.ChannelClosed:
            pass

    def drain(self):
        """What waits in its outputs now, as frame type and bytes."""
        for pipe in self.outputs:
            for data in pipe.drain():
                yield pipe.kind, data

    def interrupt(self):
        """As if somebody had pressed Ctrl-C."""
        try:
            (os.killpg if self._apart else os.kill)(self.pid, signal.SIGINT)
        except ProcessLookupError:
            pass

    def close(self):
        """Lets go of everything that is still open."""
        for fd in self.descriptors:
            os.close(fd)
        self._jobs = self.stdin.write_end = None
        self.stdout.read_end = self.stderr.read_end = self.answers.read_end = None

    def _renew_stdin(self):
        self.stdin.close()
        self.stdin = StdinPipe()
        packed = struct.pack("i", self.stdin.read_end)
        channel = _socket.socket(fileno=self._jobs)
        try:
            channel.sendmsg([b" "], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, packed)])
        except (BrokenPipeError, ConnectionResetError) as error:
            raise frames.ChannelClosed from error
        finally:
            channel.detach()
            os.close(self.stdin.read_end)


def _take_descriptors(fds):
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
        os.close(fd)
