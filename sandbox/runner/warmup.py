"""First calls are slow: libraries import parts of themselves, fonts are read. Done while waiting."""

import sys


def touch(name):
    """Uses a preloaded library once; whatever goes wrong here is the program's to see, not ours."""
    step = _STEPS.get(name.partition(".")[0])
    if step is None:
        return
    try:
        step(sys.modules)
    except Exception:
        pass


def _pandas(modules):
    import io

    pandas = modules["pandas"]
    frame = pandas.read_csv(io.StringIO("day,name,n\n2024-01-01,a,1\n2024-02-01,b,2.5\n"), parse_dates=["day"])
    frame.groupby("name")["n"].sum().sort_values().reset_index().to_string()
    frame.groupby("name").agg({"n": ["sum", "mean"]})
    frame.set_index("day")["n"].resample("MS").sum()
    frame.describe()


def _matplotlib(modules):
    import io

    pyplot = modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    figure, axes = pyplot.subplots()
    axes.plot([1, 2], [1, 2], label="x")
    axes.set_title("x")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")


_STEPS = {"pandas": _pandas, "matplotlib": _matplotlib}
