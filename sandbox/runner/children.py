"""The program's processes, seen from process 1."""

import os
import resource
import signal
import time


def wake_on_exit():
    """A pipe that becomes readable when a child ends."""
    read_end, write_end = os.pipe()
    os.set_blocking(read_end, False)
    os.set_blocking(write_end, False)
    signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return read_end, write_end


def take_descriptors(fds):
    """In the child: these become stdin, stdout and stderr; the parent's signal set-up goes."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
        os.close(fd)


def kill_all():
    """Everything in this namespace but process 1 itself."""
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Worker:
    """The child that becomes the program, and the orphans that it leaves to process 1."""

    def __init__(self, pid):
        self.pid = pid
        self.ended = False
        self.cpu_before = 0.0
        self._status = 0
        self._cpu_ms = 0.0
        self._peak = 0

    def reap(self):
        """Takes in what has ended; false when no child is left."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            self._cpu_ms += (usage.ru_utime + usage.ru_stime) * 1000
            self._peak = max(self._peak, usage.ru_maxrss * 1024)
            if pid == self.pid:
                self.ended, self._status = True, status

    def reap_all(self):
        """Kills and takes in until nobody is left; a fork bomb needs more than one round."""
        pause = 0.0005
        while self.reap():
            kill_all()
            time.sleep(pause)
            pause = min(pause * 2, 0.02)

    def ending(self):
        """How the program's first process ended, from the kernel."""
        if os.WIFSIGNALED(self._status):
            number = os.WTERMSIG(self._status)
            try:
                name = signal.Signals(number).name
            except ValueError:
                name = f"SIG{number}"
            return {"exitCode": None, "signal": name}
        return {"exitCode": os.WEXITSTATUS(self._status), "signal": None}

    def usage(self):
        """Processor time without the preloading, and the largest process."""
        return {"cpuMs": max(0.0, self._cpu_ms - self.cpu_before), "peakMemoryBytes": self._peak}

    def usage_so_far(self):
        """The same for a worker that lives on."""
        with open(f"/proc/{self.pid}/stat", "rb") as file:
            fields = file.read().rpartition(b") ")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        cpu = ticks * 1000 / os.sysconf("SC_CLK_TCK")
        used, self.cpu_before = max(0.0, cpu - self.cpu_before), cpu
        return {"cpuMs": used, "peakMemoryBytes": int(fields[21]) * resource.getpagesize()}
