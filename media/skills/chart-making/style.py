from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from cycler import cycler

# Okabe and Ito's colours, which stay apart for every kind of colour vision.
COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"]

plt.rcParams.update(
    {
        "figure.figsize": (9, 4.5),
        "figure.dpi": 110,
        "axes.prop_cycle": cycler(color=COLOURS),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.alpha": 0.3,
        "font.size": 11,
    }
)


def save(figure, name):
    """Writes a figure to the outputs folder as PNG."""
    folder = Path("outputs")
    folder.mkdir(exist_ok=True)
    figure.tight_layout()
    figure.savefig(folder / f"{name}.png")
    plt.close(figure)
