"""Pictures without a line of code: matplotlib draws to files, whatever backend a program expects."""

import os
import sys
import traceback

_FONTS = "/opt/glovebox/matplotlib"
_BACKENDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "backends")


def use_backend():
    """For this process and for Python processes that it starts."""
    sys.path.append(_BACKENDS)
    os.environ["PYTHONPATH"] = _BACKENDS
    os.environ["MPLBACKEND"] = "module://glovebox_figures"
    _lay_out_fonts()


def _lay_out_fonts():
    """The image's list of fonts, where matplotlib looks for it: making one takes it seconds."""
    folder = os.environ.get("MPLCONFIGDIR", "")
    try:
        os.makedirs(folder, exist_ok=True)
        for name in os.listdir(_FONTS):
            # Never into what a program of this session has put there.
            with open(os.path.join(_FONTS, name), "rb") as source, open(os.path.join(folder, name), "xb") as copy:
                copy.write(source.read())
    except OSError:
        pass  # An image without matplotlib, or without the list, or they are there already.


def save():
    """Saves the figures that are still open; the backend is only there if the program drew."""
    backend = sys.modules.get("glovebox_figures")
    if backend is None:
        return
    try:
        backend.save_open_figures()
    except Exception:
        traceback.print_exc()
