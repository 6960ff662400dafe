"""One run: its job, its clock, and why it ended."""

import time

import accounting
import children
import frames

_MAX_VALUES = 8
_VALUE_CAP = 64 * 1024


class Run:
    """Begins when it is made."""

    def __init__(self, job, process, family):
        self.job = job
        self.process = process
        self.begun = False  # Whether the worker has told that it took the job.
        self.done = None  # The exit code that the worker told.
        self.reason = None
        self._values = 0
        self._family = family
        self._began = time.monotonic()
        self._oom_kills = accounting.oom_kills()
        self._group_cpu = accounting.cpu_ms()
        self._own_cpu = self._live_cpu()
        self._peak_memory = 0
        self.peak_known = children.memory_of(process.pid)[0] is not None
        for pipe in process.outputs:
            pipe.total = 0

    @property
    def ended(self):
        """Whether the program has ended by itself or was ended."""
        return self.done is not None or self.process.pid in self._family.statuses

    @property
    def too_long(self):
        """Whether it has written more than it may."""
        return sum(pipe.total for pipe in self.process.outputs) > self.job["limits"]["outputTotalBytes"]

    def ms_left(self):
        """Of its wall time."""
        return max(0, self.job["limits"]["wallMs"] - (time.monotonic() - self._began) * 1000)

    def broken_limit(self):
        """The limit that the program has gone past, if any."""
        limits = self.job["limits"]
        if self.ms_left() <= 0:
            return "timeout"
        if self.too_long:
            return "output"
        if self._cpu_used() > limits["cpuMs"]:
            return "cpu"
        return None

    def look_at_memory(self):
        """Remembers the most that was held at once, as far as it can be seen from here and now."""
        peak, now = children.memory_of(self.process.pid)
        self._peak_memory = max(self._peak_memory, self._family.peak_memory, peak or now)
        return self._peak_memory

    def show_value(self, text, write):
        """Passes on the value of a cell; a program that floods us with values is not listened to."""
        self._values += 1
        if self._values <= _MAX_VALUES:
            write(frames.pack_json(frames.VALUE, {"text": text[:_VALUE_CAP]}))

    def ending(self):
        """What the host is told; from the kernel but for an exit code that the program chose."""
        status = self._family.statuses.get(self.process.pid)
        if self.done is not None and self.reason is None:
            how = {"exitCode": self.done, "signal": None}
        elif status is not None:
            how = children.ending_of(status)
        else:
            how = {"exitCode": None, "signal": None}
        return {
            **how,
            "reason": self.reason,
            "detail": "",
            "wallMs": (time.monotonic() - self._began) * 1000,
            "cpuMs": max(0.0, self._cpu_used()),
            "peakMemoryBytes": self.look_at_memory(),
            "oomKills": accounting.oom_kills() - self._oom_kills,
        }

    def end_all(self):
        """Kills what is left and tells the ending. A worker that has told its exit code is looked at while
        it is still there."""
        if self.done is None:
            children.kill_all()
            self._family.reap_all()
            return self.ending()
        ending = self.ending()
        children.kill_all()
        if not self.peak_known:
            self._family.reap_all()
            ending["peakMemoryBytes"] = self.look_at_memory()
        return ending

    def _live_cpu(self):
        return self._family.cpu_ms + children.cpu_ms_of(self.process.pid)

    def _cpu_used(self):
        if self._group_cpu is not None:
            return accounting.cpu_ms() - self._group_cpu
        return self._live_cpu() - self._own_cpu
