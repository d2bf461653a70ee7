"""What tells whether the comparison can be trusted: trends before support, attrition, what could be seen at all."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from khuyencong.impact.estimation.algebra import chi_square_tail, f_tail, quadratic_form
from khuyencong.impact.estimation.averages import Average, covariance
from khuyencong.impact.estimation.group_time import GroupTime, Sample
from khuyencong.impact.estimation.moments import Moments

POWER = 0.80
SIZE = 0.05
_MANY = 1000  # supported units from which on the F distribution is the chi-square


@dataclass(frozen=True)
class PreTrend:
    """Joint test that all effects before support are zero. None where there is nothing to test."""

    statistic: float | None
    leads: int
    p_value: float | None
    method: str  # "randomization" | "hotelling" | "wald" | "none"


@dataclass(frozen=True)
class Attrition:
    """Share of units seen before but not in the last year, among supported and others, and the gap's p-value."""

    supported: float
    others: float
    p_value: float | None

    @property
    def gap(self) -> float:
        """Supported less others."""
        return self.supported - self.others


def tested_leads(curve: dict[int, Average]) -> list[int]:
    """The years before support that are tested, the nearest first: few units cannot carry a test at many points.

    At most a third as many as there are supported units observed in the nearest one.
    """
    leads = sorted((since for since in curve if since < 0), reverse=True)
    return leads[: max(curve[leads[0]].units // 3, 1)] if leads else []


def pre_trend(effects: GroupTime, curve: dict[int, Average], randomized: float | None = None) -> PreTrend:
    """Test the averages before support jointly; ``randomized`` is the p-value by re-labelling, where there is one.

    The Wald statistic of few supported units rejects too often. It is read as Hotelling's T2: with n supported
    units in c cohorts, each with a mean of its own, v = n - c and covariances over n,
    ``W (v - q + 1) / (n q) ~ F(q, v - q + 1)``. This is still an approximation (small cohorts, gaps in the
    data), used only where the units are not re-labelled.
    """
    leads = [curve[since] for since in tested_leads(curve)]
    if not leads:
        return PreTrend(None, 0, None, "none")
    values = np.array([lead.estimate for lead in leads])
    wald, rank = quadratic_form(values, covariance(effects, leads))
    if not rank:
        return PreTrend(None, len(leads), None, "none")
    if randomized is not None:
        return PreTrend(wald, rank, randomized, "randomization")
    members = leads[0].units
    cohorts = len({cell.group for cell in effects.cells if cell.time < cell.group})
    rest = members - cohorts - rank + 1
    if members >= _MANY:
        return PreTrend(wald, rank, chi_square_tail(rank, wald), "wald")
    if rest < 1:
        return PreTrend(wald, rank, None, "none")
    return PreTrend(wald, rank, f_tail(rank, rest, wald * rest / (members * rank)), "hotelling")


def minimum_detectable_effect(error: float) -> float | None:
    """The smallest true effect that a test of size 5 % would find with power 80 %: 2.80 standard errors."""
    normal = NormalDist()
    return (normal.inv_cdf(1 - SIZE / 2) + normal.inv_cdf(POWER)) * error if error > 0 else None


def attrition(moments: Moments, chosen: Sample) -> Attrition:
    """Who is no longer seen in the last year, supported against others."""
    ever = moments.seen.any(axis=1)
    last = moments.seen[:, -1]
    supported = ever & (chosen.cohort_of > moments.times[0])
    others = ever & (chosen.cohort_of == 0)
    n, m = moments.units(supported), moments.units(others)
    gone, left = moments.units(supported & ~last), moments.units(others & ~last)
    return Attrition(gone / max(n, 1), left / m if m else gone / max(n, 1), _same_share(gone, n, left, m))


def _same_share(gone: int, n: int, left: int, m: int) -> float | None:
    """Fisher's exact test that two shares are one, two-sided; None when nobody or everybody is gone."""
    total = gone + left
    if not n or not m or total in (0, n + m):
        return None

    def log_choose(of: int, taken: int) -> float:
        return math.lgamma(of + 1) - math.lgamma(taken + 1) - math.lgamma(of - taken + 1)

    if n + m > 100_000:
        pooled = total / (n + m)
        error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        return math.erfc(abs(gone / n - left / m) / error / math.sqrt(2))
    whole = log_choose(n + m, total)
    chances = [
        math.exp(log_choose(n, k) + log_choose(m, total - k) - whole)
        for k in range(max(0, total - m), min(n, total) + 1)
    ]
    mine = chances[gone - max(0, total - m)]
    return min(1.0, sum(chance for chance in chances if chance <= mine * (1 + 1e-9)))
