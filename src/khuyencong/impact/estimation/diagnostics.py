"""What tells whether the comparison can be trusted: trends before support, attrition, what could be seen at all."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from scipy.special import chdtrc, fdtrc

from khuyencong.impact.estimation.averages import Average, covariance
from khuyencong.impact.estimation.group_time import GroupTime, Sample
from khuyencong.impact.estimation.moments import Moments

POWER = 0.80
SIZE = 0.05


@dataclass(frozen=True)
class PreTrend:
    """Joint test that all effects before support are zero. None where there is nothing to test."""

    statistic: float | None
    leads: int
    p_value: float | None
    method: str  # "hotelling" | "wald" | "none"


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


def pre_trend(effects: GroupTime, curve: dict[int, Average], supported: int) -> PreTrend:
    """Test the averages before support jointly.

    With few supported units the Wald statistic rejects too often; it is then read as Hotelling's T2 with the
    number of supported units that are compared, n: ``T2 (n - q) / (q (n - 1)) ~ F(q, n - q)``. The q leads
    nearest to support are used, q at most n / 3: few units cannot carry a test at many points.
    """
    leads = [curve[e] for e in sorted((e for e in curve if e < 0), reverse=True)]
    leads = leads[: max(supported // 3, 1)]
    if not leads:
        return PreTrend(None, 0, None, "none")
    values = np.array([lead.estimate for lead in leads])
    spread = covariance(effects, leads)
    if not np.all(np.diag(spread) > 0):
        return PreTrend(None, len(leads), None, "none")
    rank = int(np.linalg.matrix_rank(spread, hermitian=True))
    wald = float(values @ np.linalg.pinv(spread, hermitian=True) @ values)
    if supported > rank + 1 and supported < 1000:
        ratio = wald * (supported - rank) / (rank * (supported - 1))
        return PreTrend(wald, rank, float(fdtrc(rank, supported - rank, ratio)), "hotelling")
    return PreTrend(wald, rank, float(chdtrc(rank, wald)), "wald")


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
    if not n or not m:
        return Attrition(0.0, 0.0, None)
    gone, left = moments.units(supported & ~last) / n, moments.units(others & ~last) / m
    pooled = (gone * n + left * m) / (n + m)
    error = (pooled * (1 - pooled) * (1 / n + 1 / m)) ** 0.5
    p_value = 2 * (1 - NormalDist().cdf(abs(gone - left) / error)) if error > 0 else None
    return Attrition(gone, left, p_value)
