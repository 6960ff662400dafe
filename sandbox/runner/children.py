"""The program's processes, seen from process 1."""

import os
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

    def cpu_ms(self):
        """Processor time of the worker and what has been reaped, where no control group tells it."""
        if self.ended:
            return self._cpu_ms
        try:
            with open(f"/proc/{self.pid}/stat", "rb") as file:
                fields = file.read().rpartition(b") ")[2].split()
        except OSError:
            return self._cpu_ms
        ticks = sum(int(field) for field in fields[11:15])
        return self._cpu_ms + ticks * 1000 / os.sysconf("SC_CLK_TCK")

    def peak_memory(self):
        """Most memory that one process of the program has held at once."""
        peak = self._peak
        try:
            with open(f"/proc/{self.pid}/status", "rb") as file:
                for line in file:
                    if line.startswith(b"VmHWM:"):
                        peak = max(peak, int(line.split()[1]) * 1024)
        except OSError:
            pass
        return peak
