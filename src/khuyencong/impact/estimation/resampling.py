"""P-values by re-labelling who was supported when, and the influence of single units."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from khuyencong.impact.estimation.algebra import quadratic_form
from khuyencong.impact.estimation.moments import Floats, Ints
from khuyencong.impact.estimation.units import Units

MOST_UNITS = 20_000  # above this the normal approximation is as good
MOST_CELLS = 1_000_000  # units x pairs of years: one re-labelling passes over all of them
_TIE = 1e-9  # relative: two orders of the same sum are the same number


@dataclass(frozen=True)
class Randomization:
    """Share of re-labellings at least as extreme as the truth, overall and before support, with their count."""

    p_value: float
    pre_trend: float | None
    draws: int


@dataclass(frozen=True)
class LeaveOneOut:
    """The overall effect without each supported unit in turn: smallest, largest, and the unit that matters most."""

    lowest: float
    highest: float
    unit: str
    without: float


def randomize(
    units: Units, draws: int, seed: int, progress: Callable[[float], None] = lambda share: None
) -> Randomization:
    """Randomization p-values of no effect on any unit: re-label who was supported when, within strata.

    The statistic is the overall effect over its standard error, so that the test also holds approximately when
    the spread differs between supported and others (Wu & Ding 2021, Journal of the American Statistical
    Association 116(536)); before support, the quadratic form of all leads in the inverse of their covariance.
    p = (1 + number at least as extreme) / (1 + draws).
    """
    truth = _statistics(units)
    rng = np.random.default_rng(seed)
    order = np.arange(len(units.names))
    extreme = np.zeros(2)
    for draw in range(draws):
        for start, end in units.blocks:
            order[start:end] = start + rng.permutation(end - start)
        extreme += _statistics(units, order) >= truth * (1 - _TIE)
        if draw % 50 == 0:
            progress(draw / draws)
    p_value, pre_trend = ((1 + extreme) / (1 + draws)).tolist()
    return Randomization(p_value, pre_trend if units.design.averages > 1 else None, draws)


def leave_one_out(units: Units) -> LeaveOneOut | None:
    """The overall effect without each supported unit in turn; None with fewer than two of them."""
    rows, without = units.without_each()
    if len(rows) < 2:
        return None
    full = units.measure()[0][0]
    furthest = int(np.abs(without - full).argmax())
    return LeaveOneOut(
        float(without.min()), float(without.max()), units.names[rows[furthest]], float(without[furthest])
    )


def _statistics(units: Units, order: Ints | None = None) -> Floats:
    estimates, covariance = units.measure(order)
    overall = abs(estimates[0]) / np.sqrt(covariance[0, 0]) if covariance[0, 0] > 0 else 0.0
    leads, _rank = quadratic_form(estimates[1:], covariance[1:, 1:])
    return np.array([overall, leads])
