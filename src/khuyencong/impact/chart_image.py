"""The event-study chart as a PNG, for Word and for the documentation."""

import io
import math

from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.impact.wording import Result

INK, TEAL, AMBER, LINE = "#17252A", "#0B6E6E", "#C77700", "#8B8578"


def event_study_png(result: Result, title: str) -> bytes:
    """Years since support against the effect, with pointwise bars, the simultaneous band and a zero line."""
    from matplotlib.figure import Figure  # not pyplot: its figures are shared by all threads of the server
    from matplotlib.ticker import MaxNLocator, ScalarFormatter

    class Local(ScalarFormatter):
        """Numbers as they are written here: 1.250,5."""

        def __call__(self, value: float, position: int | None = None) -> str:
            written = super().__call__(value, position)
            places = len(written.partition(".")[2])
            return formats.number_format(round(value, places) + 0.0, places, use_l10n=True, force_grouping=True)

    log = result["question"]["log"]
    points = result["event_study"]
    known = [point for point in points if point["se"] is not None]

    def shown(value: float) -> float:
        return (math.exp(value) - 1) * 100 if log else value

    since = [point["since"] for point in points]
    estimate = [shown(point["estimate"]) for point in points]
    figure = Figure(figsize=(7.2, 3.8), dpi=160)
    axes = figure.subplots()
    axes.fill_between(
        since,
        [shown(p["band"][0]) if p["se"] else math.nan for p in points],
        [shown(p["band"][1]) if p["se"] else math.nan for p in points],
        color=TEAL,
        alpha=0.14,
        linewidth=0,
        # xgettext:no-python-format
        label=_("Dải tin cậy 95 % cho cả đường"),
    )
    axes.plot(since, estimate, "-", color=TEAL, linewidth=1, alpha=0.5)
    alone = [point for point in points if point["se"] is None]  # no interval: too few units to have one
    axes.plot([p["since"] for p in alone], [shown(p["estimate"]) for p in alone], "o", color=TEAL, fillstyle="none")
    middle = [shown(p["estimate"]) for p in known]
    below = [value - shown(p["ci"][0]) for p, value in zip(known, middle, strict=True)]
    above = [shown(p["ci"][1]) - value for p, value in zip(known, middle, strict=True)]
    axes.errorbar(
        [p["since"] for p in known],
        middle,
        yerr=[below, above],
        fmt="o",
        color=TEAL,
        capsize=3,
        label=_("Ước lượng, khoảng 95 %"),
    )
    axes.axhline(0, color=INK, linewidth=1)
    axes.axvline(-0.5, color=AMBER, linewidth=1.2, linestyle="--")
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    axes.set_xlabel(_("Số năm kể từ khi được hỗ trợ"))
    axes.set_ylabel(_("Thay đổi (%)") if log else _("Thay đổi"))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    amounts = Local(useOffset=False)
    amounts.set_scientific(False)
    axes.yaxis.set_major_formatter(amounts)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
