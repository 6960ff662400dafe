"""Pictures without a line of code: matplotlib draws to files, whatever backend a program expects."""

import os
import sys
import traceback

_BACKENDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "backends")


def use_backend():
    """For this process and for Python processes that it starts."""
    sys.path.append(_BACKENDS)
    os.environ["PYTHONPATH"] = _BACKENDS
    os.environ["MPLBACKEND"] = "module://glovebox_figures"


def save():
    """Saves the figures that are still open; the backend is only there if the program drew."""
    backend = sys.modules.get("glovebox_figures")
    if backend is None:
        return
    try:
        backend.save_open_figures()
    except Exception:
        traceback.print_exc()
