"""Linear algebra that does not trip over singular covariances, and the tails of two distributions.

The tails are here because the library that has them takes longer to load than the whole evaluation of a province.
"""

import math

import numpy as np

from khuyencong.impact.estimation.moments import Floats

_SINGULAR = 1e-10  # of the correlation matrix: directions with less variance than this are taken as none


def quadratic_form(values: Floats, covariance: Floats) -> tuple[float, int]:
    """``values' covariance^+ values`` and the rank; values whose variance is zero are left out."""
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    alive = errors > 0
    if not alive.any():
        return 0.0, 0
    scaled = values[alive] / errors[alive]
    correlation = covariance[np.ix_(alive, alive)] / np.outer(errors[alive], errors[alive])
    spread, directions = np.linalg.eigh(correlation)
    kept = spread > _SINGULAR
    along = (scaled @ directions)[kept]
    return float((along**2 / spread[kept]).sum()), int(kept.sum())


def chi_square_tail(degrees: int, value: float) -> float:
    """P(chi-square with so many whole degrees of freedom > value), by its finite sum."""
    half = value / 2
    odd = degrees % 2
    total = math.erfc(math.sqrt(half)) if odd else 0.0
    term = 0.5 if odd else 0.0
    for k in range(degrees // 2):
        log_term = (k + term) * math.log(half) - half - math.lgamma(k + term + 1) if half > 0 else -math.inf
        total += math.exp(log_term) if half > 0 else float(k + term == 0)
    return min(total, 1.0)


def f_tail(over: int, under: int, value: float) -> float:
    """P(F with ``over`` and ``under`` degrees of freedom > value), as an incomplete beta function."""
    return _incomplete_beta(under / 2, over / 2, under / (under + over * value))


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularized, by its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, 1 - x)
    front = math.exp(
        a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) - math.log(a)
    )
    # Lentz's way of summing a continued fraction from the front.
    fraction, numerator, denominator = 1.0, 1.0, 0.0
    for step in range(1000):
        m = step // 2
        if step == 0:
            term = 1.0
        elif step % 2 == 0:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        denominator = 1.0 / _not_zero(1.0 + term * denominator)
        numerator = _not_zero(1.0 + term / numerator)
        change = numerator * denominator
        fraction *= change
        if abs(change - 1.0) < 1e-15 and step:
            break
    return front * (fraction - 1.0)


def _not_zero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300
