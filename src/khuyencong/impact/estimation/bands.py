"""Intervals: for one number, and for a whole curve at once."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from khuyencong.impact.estimation.moments import Floats

LEVEL = 0.95
_DRAWS = 20_000


@dataclass(frozen=True)
class Curve:
    """Estimates (A) with standard errors, pointwise and simultaneous 95 % intervals (A, 2), and the sup-t value."""

    estimates: Floats
    errors: Floats
    pointwise: Floats
    simultaneous: Floats
    critical: float


def curve(estimates: Floats, covariance: Floats, seed: int) -> Curve:
    """Bands around estimates with this covariance.

    The simultaneous band holds the whole true curve with probability 95 %: its half-width is the standard
    error times the 95 % quantile of the largest absolute t value (sup-t; Callaway & Sant'Anna 2021, section
    4, algorithm 1; Montiel Olea & Plagborg-Møller 2019, Journal of Applied Econometrics 34(1)), simulated from
    the normal distribution with the estimated correlation.
    """
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    point = NormalDist().inv_cdf(0.5 + LEVEL / 2)
    critical = max(sup_t(covariance, seed), point)
    return Curve(estimates, errors, _around(estimates, errors, point), _around(estimates, errors, critical), critical)


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
