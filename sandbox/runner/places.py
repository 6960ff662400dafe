"""Where things are inside the sandbox."""

import os

WORK = "/work"
OUTPUTS = "/work/outputs"
TEMPORARY = "/tmp"


def make_outputs():
    """The outputs folder is on a tmpfs that starts empty."""
    os.makedirs(OUTPUTS, mode=0o755, exist_ok=True)
