"""The one way to draw a chart on paper: a figure in the colours of the screen, numbers as they are written here."""

import io
from typing import Any

from django.utils import formats

INK, TEAL, AMBER = "#17252A", "#0B6E6E", "#C77700"


def ready() -> None:
    """Have matplotlib import now what it imports when first asked: before a server answers, not while it does."""
    png(figure(1, 1)[0])


def figure(width: float, height: float) -> tuple[Any, Any]:
    """An empty figure of so many inches, and its axes, open above and to the right."""
    from matplotlib.figure import Figure  # not pyplot: its figures are shared by all threads of the server

    made = Figure(figsize=(width, height), dpi=160)
    axes = made.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return made, axes


def title(axes: Any, words: str) -> None:
    """What the chart shows."""
    axes.set_title(words, loc="left", fontsize=11, color=INK)


def whole_steps_across(axes: Any) -> None:
    """Marks at whole numbers only: years."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def local_numbers_up(axes: Any) -> None:
    """Numbers as they are written here: 1.250,5."""
    from matplotlib.ticker import ScalarFormatter

    class Local(ScalarFormatter):
        def __call__(self, value: float, position: int | None = None) -> str:
            written = super().__call__(value, position)
            places = len(written.partition(".")[2])
            return str(formats.number_format(round(value, places) + 0.0, places, use_l10n=True, force_grouping=True))

    axes.yaxis.set_major_formatter(Local(useOffset=False))
    axes.yaxis.get_major_formatter().set_scientific(False)


def png(made: Any) -> bytes:
    """The figure as the bytes of a picture."""
    made.tight_layout()
    out = io.BytesIO()
    made.savefig(out, format="png")
    return out.getvalue()
