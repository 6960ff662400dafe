"""What the control group says about memory and processor time (version 1 and 2)."""

_OOM = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")
_CPU = ("/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpuacct/cpuacct.usage")


def _read(paths):
    for path in paths:
        try:
            with open(path, "rb", buffering=0) as file:
                return file.read(4096).decode("ascii", "replace")
        except OSError:
            continue
    return None


def _field(text, name):
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == name:
            return int(value)
    return None


def oom_kills():
    """How many processes the kernel has killed here for want of memory; 0 where it does not tell."""
    text = _read(_OOM)
    return (_field(text, "oom_kill") or 0) if text else 0


def cpu_ms():
    """Processor time of the whole sandbox so far, or None where the control group does not tell."""
    text = _read(_CPU)
    if not text:
        return None
    if " " in text:
        micros = _field(text, "usage_usec")
        return None if micros is None else micros / 1000
    return int(text) / 1_000_000
