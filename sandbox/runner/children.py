"""All processes of the sandbox, seen from process 1."""

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


def kill_all():
    """Everything in this namespace but process 1 itself."""
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Children:
    """Takes in what ends, orphans included, and adds up what it used."""

    def __init__(self):
        self.statuses = {}
        self._expected = set()
        self.cpu_ms = 0.0
        self.peak_memory = 0

    def expect(self, pid):
        """From now on its end is kept in `statuses`, of others it is not. The number may have been that
        of a process before it."""
        self.statuses.pop(pid, None)
        self._expected.add(pid)

    def forget(self, pid):
        """Its number may belong to somebody else from now on."""
        self.statuses.pop(pid, None)
        self._expected.discard(pid)

    def reap(self):
        """False when no child is left."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid in self._expected:
                self._expected.discard(pid)
                self.statuses[pid] = status
            self.cpu_ms += (usage.ru_utime + usage.ru_stime) * 1000
            self.peak_memory = max(self.peak_memory, usage.ru_maxrss * 1024)

    def reap_all(self):
        """Kills and takes in until nobody is left; a fork bomb needs more than one round."""
        pause = 0.0005
        while self.reap():
            kill_all()
            time.sleep(pause)
            pause = min(pause * 2, 0.02)


def ending_of(status):
    """How a process ended, from the kernel's wait status."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            name = signal.Signals(number).name
        except ValueError:
            name = f"SIG{number}"
        return {"exitCode": None, "signal": name}
    return {"exitCode": os.WEXITSTATUS(status), "signal": None}


def cpu_ms_of(pid):
    """Processor time of a live process and the children that it has waited for."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b") ")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) * 1000 / os.sysconf("SC_CLK_TCK")


def states_of(pid):
    """The letters that the kernel gives the states of its threads; the first thread may be gone before others."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for thread in threads:
        try:
            with open(f"/proc/{pid}/task/{thread}/stat", "rb") as file:
                yield file.read().rpartition(b") ")[2][:1]
        except OSError:
            continue


def memory_of(pid):
    """Memory of a live process in bytes: the most it has held at once, or None where the kernel
    (gVisor's) tells that only of a process that has ended; and what it holds now."""
    fields = {}
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            for line in file:
                name, _, value = line.partition(b":")
                fields[name] = value
    except OSError:
        return 0, 0
    peak, now = (_bytes(fields.get(name)) for name in (b"VmHWM", b"VmRSS"))
    return peak, now or 0


def _bytes(kilobytes):
    return int(kilobytes.split()[0]) * 1024 if kilobytes else None
