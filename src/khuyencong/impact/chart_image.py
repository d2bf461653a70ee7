"""The event-study chart as a PNG, for Word and for the documentation."""

import math

from django.utils.translation import gettext as _

from khuyencong.core import paper_charts
from khuyencong.core.paper_charts import AMBER, INK, TEAL
from khuyencong.impact.wording import Result


def event_study_png(result: Result, title: str) -> bytes:
    """Years since support against the effect, with pointwise bars, the simultaneous band and a zero line."""
    log = result["question"]["log"]
    points = result["event_study"]
    known = [point for point in points if point["se"] is not None]

    def shown(value: float) -> float:
        return (math.exp(value) - 1) * 100 if log else value

    since = [point["since"] for point in points]
    estimate = [shown(point["estimate"]) for point in points]
    figure, axes = paper_charts.figure(7.2, 3.8)
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
    paper_charts.title(axes, title)
    axes.set_xlabel(_("Số năm kể từ khi được hỗ trợ"))
    axes.set_ylabel(_("Thay đổi (%)") if log else _("Thay đổi"))
    paper_charts.whole_steps_across(axes)
    paper_charts.local_numbers_up(axes)
    axes.legend(frameon=False, fontsize=8)
    return paper_charts.png(figure)
