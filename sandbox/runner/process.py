"""A worker process with its pipes, as process 1 holds them."""

import json
import os
import signal

import frames
import worker
from pump import Answers, OutputPipe, StdinPipe


class Process:
    """Forked at once; becomes the program when it gets its job."""

    def __init__(self, preload, close_in_child):
        self.stdin, self.answers = StdinPipe(), Answers()
        self.stdout, self.stderr = OutputPipe(frames.STDOUT), OutputPipe(frames.STDERR)
        jobs, self._jobs = os.pipe()
        theirs = (self.stdin.read_end, self.stdout.write_end, self.stderr.write_end)
        self.pid = os.fork()
        if self.pid == 0:
            ours = (self._jobs, self.stdin.write_end, self.stdout.read_end, self.stderr.read_end)
            for fd in (*close_in_child, self.answers.read_end, *ours):
                os.close(fd)
            _take_descriptors(theirs)
            try:
                worker.main(jobs, self.answers.write_end, preload)
            finally:
                os._exit(70)
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
            frames.write_all(self._jobs, json.dumps(job).encode("ascii") + b"\n")
        except frames.ChannelClosed:
            pass

    def close(self):
        """Lets go of everything that is still open."""
        for fd in self.descriptors:
            os.close(fd)
        self._jobs = self.stdin.write_end = None
        self.stdout.read_end = self.stderr.read_end = self.answers.read_end = None


def _take_descriptors(fds):
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
        os.close(fd)
