"""A little linear algebra that must not trip over singular covariances."""

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
