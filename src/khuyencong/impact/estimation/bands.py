"""Intervals: for one number, and for a whole curve at once."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from khuyencong.impact.estimation.moments import Floats

LEVEL = 0.95
_DRAWS = 20_000
_POINT = NormalDist().inv_cdf(0.5 + LEVEL / 2)


@dataclass(frozen=True)
class Intervals:
    """Estimates (A) with standard errors and 95 % intervals (A, 2), each for itself."""

    estimates: Floats
    errors: Floats
    pointwise: Floats


@dataclass(frozen=True)
class Curve(Intervals):
    """With the 95 % band (A, 2) for all of them at once, and its critical (sup-t) value."""

    simultaneous: Floats
    critical: float


def intervals(estimates: Floats, covariance: Floats) -> Intervals:
    """Intervals around estimates with this covariance."""
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    return Intervals(estimates, errors, _around(estimates, errors, _POINT))


def curve(estimates: Floats, covariance: Floats, seed: int) -> Curve:
    """Intervals and a band around estimates with this covariance.

    The simultaneous band holds the whole true curve with probability 95 %: its half-width is the standard
    error times the 95 % quantile of the largest absolute t value (sup-t; Callaway & Sant'Anna 2021, section
    4, algorithm 1; Montiel Olea & Plagborg-Møller 2019, Journal of Applied Econometrics 34(1)), simulated from
    the normal distribution with the estimated correlation.
    """
    one = intervals(estimates, covariance)
    critical = max(sup_t(covariance, seed), _POINT)
    return Curve(estimates, one.errors, one.pointwise, _around(estimates, one.errors, critical), critical)


def sup_t(covariance: Floats, seed: int) -> float:
    """The 95 % quantile of the largest absolute t value of normal estimates with this covariance."""
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    alive = errors > 0
    if not alive.any():
        return 0.0
    correlation = covariance[np.ix_(alive, alive)] / np.outer(errors[alive], errors[alive])
    values, vectors = np.linalg.eigh(correlation)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    draws = np.random.default_rng(seed).standard_normal((_DRAWS, alive.sum())) @ root.T
    return float(np.quantile(np.abs(draws).max(axis=1), LEVEL))


def two_sided_p(estimate: float, error: float) -> float | None:
    """P-value of a zero effect by the normal distribution; None when the error is not defined."""
    if not error > 0:
        return None
    return math.erfc(abs(estimate / error) / math.sqrt(2))


def _around(estimates: Floats, errors: Floats, width: float) -> Floats:
    return np.stack([estimates - width * errors, estimates + width * errors], axis=1)
