"""Pictures without a line of code: matplotlib draws to files, whatever backend a program expects."""

import os
import sys
import traceback

_FONTS = "/opt/glovebox/matplotlib"
_BACKENDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "backends")
_BACKEND = "glovebox_figures"
_DRAWS = "matplotlib.backends.backend_agg"


def use_backend():
    """For this process and for Python processes that it starts."""
    sys.path.append(_BACKENDS)
    sys.meta_path.insert(0, _AlongWithAgg)
    os.environ["PYTHONPATH"] = _BACKENDS
    os.environ["MPLBACKEND"] = f"module://{_BACKEND}"
    _lay_out_fonts()


class _AlongWithAgg:
    """Loads our backend too when a program asks for Agg itself, so that it knows which pictures it saved."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        """Finds nothing by itself."""
        if name != _DRAWS:
            return None
        sys.meta_path.remove(cls)
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is not None:
            execute = spec.loader.exec_module

            def with_ours(module):
                execute(module)
                __import__(_BACKEND)

            spec.loader.exec_module = with_ours
        return spec


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
    backend = sys.modules.get(_BACKEND)
    if backend is None:
        return
    try:
        backend.save_open_figures()
    except Exception:
        traceback.print_exc()
