"""The one grouped scan: from rows to n, sums and cross-products of the outcome over years.

For each cohort x stratum x pattern of observed years these moments are sufficient for every group-time
effect, its variance, and all averages, on balanced and unbalanced panels alike: a comparison of two years
uses the units observed in both, which are the patterns that hold both.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khuyencong.impact.estimation.panel import Panel, label
from khuyencong.impact.estimation.problems import PanelError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Moments:
    """Moments of M groups over T years.

    ``cohort`` (M): year of first support, 0 never. ``stratum`` (M): index into ``strata``. ``seen`` (M, T):
    which years the group's units are observed. ``n`` (M): units. ``sums`` (M, T) and ``products`` (M, T, T):
    of the outcome less each unit's own first observed outcome; only differences between years of one unit
    enter the estimator, and so small differences of large outcomes keep their digits.
    """

    times: tuple[int, ...]
    strata: tuple[str, ...]
    cohort: Ints
    stratum: Ints
    seen: NDArray[np.bool_]
    n: Floats
    sums: Floats
    products: Floats
    observations: int

    def units(self, keep: NDArray[np.bool_] | None = None) -> int:
        """Number of units in the groups kept."""
        return int(self.n.sum() if keep is None else self.n[keep].sum())


def scan(panel: Panel) -> Moments:
    """Take the moments of a panel in one pass.

    A year in which no unit has an outcome is no year of the panel: it can neither be compared nor serve as base.

    Raises PanelError: empty, one-year, duplicate, infinite, two-first-supports, two-strata.
    """
    rows = panel.query(scan_sql(panel.times))
    _check(panel, rows)
    count = len(panel.times)
    strata = tuple(sorted({row[1] for row in rows}))
    index = {name: position for position, name in enumerate(strata)}
    table = np.array([row[4:] for row in rows], dtype=np.float64)
    masks = np.array([row[2] for row in rows], dtype=np.int64)
    products = np.zeros((len(rows), count, count))
    upper = np.triu_indices(count)
    products[:, upper[0], upper[1]] = table[:, 4 + count :]
    products[:, upper[1], upper[0]] = table[:, 4 + count :]
    seen = (masks[:, None] >> np.arange(count)) & 1 == 1
    observed = np.flatnonzero(seen.any(axis=0))
    if len(observed) < 2:
        raise PanelError("one-year", {"year": panel.times[observed[0]]}) if len(observed) else PanelError("empty")
    return Moments(
        times=tuple(panel.times[position] for position in observed),
        strata=strata,
        cohort=np.array([row[0] for row in rows], dtype=np.int64),
        stratum=np.array([index[row[1]] for row in rows], dtype=np.int64),
        seen=seen[:, observed],
        n=np.array([row[3] for row in rows], dtype=np.float64),
        sums=table[:, 4 + observed],
        products=products[:, observed[:, None], observed],
        observations=int(table[:, 0].sum()),
    )


def scan_sql(times: tuple[int, ...]) -> str:
    """The scan as SQL over a view ``panel(unit, time, y, g, stratum)``.

    Columns: cohort, stratum, bit mask of observed years, n; observations, and three counts that must be 0
    (two outcomes in one year, two first supports, two strata); T sums; T (T + 1) / 2 products.
    """
    count = len(times)
    outcomes = ", ".join(f"sum(CASE WHEN time = {time} THEN y END) AS y{i}" for i, time in enumerate(times))
    mask = " + ".join(f"(y{i} IS NOT NULL)::BIGINT * {1 << i}" for i in range(count))
    first = ", ".join(f"y{i}" for i in range(count))
    centred = ", ".join(f"y{i} - coalesce({first}) AS z{i}" for i in range(count))
    sums = ", ".join(f"coalesce(sum(z{i}), 0)" for i in range(count))
    products = ", ".join(f"coalesce(sum(z{i} * z{j}), 0)" for i in range(count) for j in range(i, count))
    return f"""
        WITH units AS (
            SELECT unit, {outcomes}, count(y) AS observed,
                   min(g) AS cohort, min(g) <> max(g) AS two_g,
                   min(stratum) AS stratum, min(stratum) <> max(stratum) AS two_strata
            FROM panel GROUP BY unit
        ), centred AS (
            SELECT cohort, stratum, observed, two_g, two_strata, {mask} AS mask, {centred} FROM units
        )
        SELECT cohort, stratum, mask, count(*), sum(observed), sum((observed <> bit_count(mask))::INT),
               sum(two_g::INT), sum(two_strata::INT), {sums}, {products}
        FROM centred GROUP BY cohort, stratum, mask ORDER BY cohort, stratum, mask
    """


def _check(panel: Panel, rows: list[tuple[Any, ...]]) -> None:
    duplicates, two_supports, two_strata = (sum(row[column] for row in rows) for column in (5, 6, 7))
    asked = panel.question
    if duplicates:
        panel.refuse_duplicates()
    if two_supports:
        panel.refuse_changing("two-first-supports", "g", asked.first_support or "")
    if two_strata:
        panel.refuse_changing("two-strata", "stratum", ", ".join(asked.strata))
    if not np.isfinite(np.array([row[8:] for row in rows], dtype=np.float64)).all():
        # Infinite as it stands, or so large that its square is.
        found = panel.query("SELECT unit, time, y FROM panel WHERE y IS NOT NULL ORDER BY abs(y) DESC, 1, 2 LIMIT 1")
        unit, year, value = found[0]
        raise PanelError("infinite", {"unit": label(unit), "year": year, "column": asked.outcome, "value": value})
