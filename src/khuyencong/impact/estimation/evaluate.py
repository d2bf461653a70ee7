"""The one way in: a panel and a question give an evaluation."""

from collections.abc import Callable
from typing import Any

import numpy as np

from khuyencong.impact.estimation import averages, diagnostics, resampling, verdict
from khuyencong.impact.estimation.averages import Average
from khuyencong.impact.estimation.bands import Intervals, curve, intervals, two_sided_p
from khuyencong.impact.estimation.group_time import GroupTime, Sample, estimate, sample
from khuyencong.impact.estimation.moments import Moments, scan
from khuyencong.impact.estimation.panel import Panel
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.estimation.result import (
    Evaluation,
    EventEffect,
    GroupTimeEffect,
    Labelled,
    Overall,
    Warning_,
)
from khuyencong.impact.estimation.source import Source, data_of
from khuyencong.impact.estimation.units import Units

Progress = Callable[[float, str], None]

_FEW_IN_A_COHORT = 5


def evaluate(source: Source, question: Question, progress: Progress = lambda share, stage: None) -> Evaluation:
    """Evaluate a panel: an Arrow table, or the data of a file that was read.

    ``progress(share, stage)`` hears a share from 0 to 1 and a stage: read, effects, randomization,
    leave-one-out. Raises PanelError for everything that is wrong with the panel.
    """
    progress(0.0, "read")
    source = data_of(source)
    panel = Panel(source, question)
    moments = scan(panel)
    chosen = sample(moments, question.control)
    progress(0.3, "effects")
    effects = estimate(moments, chosen, question.control)
    events = averages.by_event_time(effects)
    members = list(events.values())
    event_curve = curve(
        np.array([one.estimate for one in members]), averages.covariance(effects, members), question.seed
    )
    overall = averages.simple(effects)
    around = _intervals(effects, {0: overall})
    error = 0.0 if overall.alone else float(around.errors[0])

    randomization = one_out = None
    small = _small(moments, effects)
    if small:
        units = Units(panel, moments, chosen, question.control, diagnostics.tested_leads(events))
        if question.permutations:
            randomization = resampling.randomize(
                units, question.permutations, question.seed, lambda share: progress(0.4 + 0.5 * share, "randomization")
            )
        progress(0.9, "leave-one-out")
        one_out = resampling.leave_one_out(units)

    pre_trend = diagnostics.pre_trend(effects, events, randomization.pre_trend if randomization else None)
    attrition = diagnostics.attrition(moments, chosen)
    supported = int(sum(effects.masses.values()))
    p_normal = two_sided_p(overall.estimate, error)
    found = verdict.judge(
        verdict.Evidence(
            estimate=overall.estimate,
            p_normal=p_normal,
            p_randomization=randomization.p_value if randomization else None,
            supported=overall.units,
            controls=effects.compared,
            pre_trend_p=pre_trend.p_value,
            attrition_gap=attrition.gap,
            attrition_p=attrition.p_value,
            sign_holds=one_out is None or one_out.lowest * one_out.highest > 0,
        )
    )
    progress(1.0, "done")
    return Evaluation(
        question=question,
        fingerprint=source.fingerprint,
        years=moments.times,
        units=moments.units(),
        supported=supported,
        controls=chosen.never,
        observations=moments.observations,
        overall=Overall(
            **_effect(overall, around, 0),
            p_normal=p_normal,
            p_randomization=randomization.p_value if randomization else None,
            controls=effects.compared,
        ),
        event_study=tuple(
            EventEffect(
                **_effect(one, event_curve, i),
                since=since,
                band_low=_known(event_curve.simultaneous[i, 0], one, event_curve.errors[i]),
                band_high=_known(event_curve.simultaneous[i, 1], one, event_curve.errors[i]),
            )
            for i, (since, one) in enumerate(events.items())
        ),
        group_time=_group_time(effects),
        by_group=_labelled(effects, averages.by_group(effects)),
        by_year=_labelled(effects, averages.by_time(effects)),
        sup_t=event_curve.critical,
        pre_trend=pre_trend,
        minimum_detectable_effect=diagnostics.minimum_detectable_effect(error),
        attrition=attrition,
        randomization=randomization,
        leave_one_out=one_out,
        warnings=(*_warnings(moments, chosen, effects, small), *_flags(panel), *(_far_off(panel) if small else ())),
        verdict=found,
    )


def check(source: Source, question: Question) -> None:
    """Everything that ``evaluate`` would refuse, without the slow parts. Raises PanelError."""
    moments = scan(Panel(source, question))
    estimate(moments, sample(moments, question.control), question.control)


def _small(moments: Moments, effects: GroupTime) -> bool:
    pairs = len({(cell.time, cell.base) for cell in effects.cells})
    return moments.units() <= resampling.MOST_UNITS and moments.units() * pairs <= resampling.MOST_CELLS


def _intervals(effects: GroupTime, chosen: dict[Any, Average]) -> Intervals:
    members = list(chosen.values())
    return intervals(np.array([one.estimate for one in members]), averages.covariance(effects, members))


def _effect(one: Average, around: Intervals, position: int) -> dict[str, Any]:
    error = around.errors[position]
    return {
        "estimate": one.estimate,
        "se": _known(error, one, error),
        "low": _known(around.pointwise[position, 0], one, error),
        "high": _known(around.pointwise[position, 1], one, error),
        "supported": one.units,
    }


def _known(value: Any, one: Average, error: Any) -> float | None:
    """The value, or None where nothing tells the spread: one supported unit in each cell, or no spread at all."""
    return float(value) if error > 0 and not one.alone else None


def _group_time(effects: GroupTime) -> tuple[GroupTimeEffect, ...]:
    cells = averages.by_cell(effects)
    around = _intervals(effects, cells)
    controls: dict[tuple[int, int], int] = {}
    for cell, count in zip(effects.cells, effects.controls, strict=True):
        controls[cell.group, cell.time] = controls.get((cell.group, cell.time), 0) + int(count)
    return tuple(
        GroupTimeEffect(**_effect(one, around, i), group=group, time=time, controls=controls[group, time])
        for i, ((group, time), one) in enumerate(cells.items())
    )


def _labelled(effects: GroupTime, chosen: dict[int, Average]) -> tuple[Labelled, ...]:
    around = _intervals(effects, chosen)
    return tuple(Labelled(**_effect(one, around, i), year=year) for i, (year, one) in enumerate(chosen.items()))


def _flags(panel: Panel) -> list[Warning_]:
    """Support that ends is read as lasting from its first year on: that is said."""
    ended = panel.flags_that_end()
    return [Warning_("flag-ends", {"units": ended})] if ended else []


def _far_off(panel: Panel) -> list[Warning_]:
    """Figures that were perhaps written in another unit than the others."""
    found = panel.far_off()
    return [Warning_("far-off", dict(zip(("units", "year", "times"), found, strict=True)))] if found else []


def _warnings(moments: Moments, chosen: Sample, effects: GroupTime, small: bool) -> list[Warning_]:
    found = []
    if chosen.supported_before:
        found.append(Warning_("supported-before", {"units": chosen.supported_before, "year": moments.times[0]}))
    if chosen.strata_dropped:
        facts = {"strata": list(chosen.strata_dropped), "supported": chosen.supported_dropped}
        found.append(Warning_("strata-dropped", facts))
    few = [group for group, one in averages.by_group(effects).items() if one.units < _FEW_IN_A_COHORT]
    if few:
        found.append(Warning_("small-cohorts", {"groups": few, "fewer_than": _FEW_IN_A_COHORT}))
    unbalanced = int(moments.n[~moments.seen.all(axis=1)].sum())
    if unbalanced:
        found.append(Warning_("unbalanced", {"units": unbalanced, "of": moments.units()}))
    if not small:
        found.append(Warning_("no-randomization", {"units": moments.units()}))
    return found
