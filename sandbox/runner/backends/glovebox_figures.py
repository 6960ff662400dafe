"""A matplotlib backend without a screen: `plt.show()` leaves a PNG in the outputs folder."""

import functools
import os

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

_OUTPUTS = os.environ.get("GLOVEBOX_OUTPUTS", "/work/outputs")
_count = 0


def _is_output(target):
    if not isinstance(target, (str, os.PathLike)):
        return False
    path = os.path.realpath(os.fspath(target))
    return isinstance(path, str) and path.startswith(os.path.realpath(_OUTPUTS) + os.sep)


def _free_name():
    global _count
    while True:
        _count += 1
        path = os.path.join(_OUTPUTS, f"figure-{_count}.png")
        if not os.path.lexists(path):
            return path


def save_open_figures():
    """Saves what is open and was not saved among the outputs by the program itself."""
    for manager in Gcf.get_all_fig_managers():
        if not getattr(manager.canvas.figure, "_glovebox_saved", False):
            os.makedirs(_OUTPUTS, exist_ok=True)
            manager.canvas.figure.savefig(_free_name())


def _remembering(print_figure):
    @functools.wraps(print_figure)
    def remember(self, filename, *args, **kwargs):
        result = print_figure(self, filename, *args, **kwargs)
        if _is_output(filename):
            self.figure._glovebox_saved = True
        return result

    return remember


# Also the canvas of programs that ask for Agg by its name.
FigureCanvasAgg.print_figure = _remembering(FigureCanvasAgg.print_figure)


class FigureManager(FigureManagerBase):
    """What pyplot opens instead of a window."""

    def show(self):
        save_open_figures()

    @classmethod
    def pyplot_show(cls, *, block=None):
        save_open_figures()
        Gcf.destroy_all()


class FigureCanvas(FigureCanvasAgg):
    """Draws with Agg."""

    manager_class = FigureManager
