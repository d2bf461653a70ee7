"""Group-time effects and their covariance, from the moments.

Callaway & Sant'Anna (2021), Difference-in-differences with multiple time periods, Journal of Econometrics
225(2), 200-230: ATT(g,t), equations (2.8) for never- and (2.9) for not-yet-treated controls, without
covariates. Years before support use the year just before as base ("varying"), as R's ``did`` does.

The variance is that of the influence functions divided by n, not by n - 1: for a difference of means
``var = s2(supported) / n_supported + s2(controls) / n_controls`` with s2 over n (DRDID, R's ``did`` and
diff-diff; the other definition in use divides by n - 1 and is larger by the factor n / (n - 1) in each part).
In a cohort of one unit its own part is therefore 0: that is why small cohorts are warned of, and why the
verdict also asks the randomization p-value.
"""

from dataclasses import dataclass

import numpy as np

from khuyencong.impact.estimation.moments import Bools, Floats, Ints, Moments
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Control


@dataclass(frozen=True)
class Cell:
    """One comparison: the cohort ``group`` of a stratum in year ``time`` against ``base``."""

    group: int
    stratum: int
    time: int
    base: int


@dataclass(frozen=True)
class GroupTime:
    """K effects. ``covariance`` (K, K) of the estimates. ``scores`` (M, K): for each moment group, the sum of
    its units' influence on each estimate. ``masses``: units by (cohort, stratum) of the supported cohorts, those
    without any outcome too (as diff-diff counts them). ``compared``: units that serve as controls after support."""

    cells: tuple[Cell, ...]
    effects: Floats
    covariance: Floats
    supported: Ints
    controls: Ints
    scores: Floats
    masses: dict[tuple[int, int], float]
    compared: int
    moments: Moments

    @property
    def event_times(self) -> Ints:
        """Years since support of each cell."""
        return np.array([cell.time - cell.group for cell in self.cells], dtype=np.int64)


@dataclass(frozen=True)
class Sample:
    """Who can take part in a comparison, and who was left out."""

    cohorts: tuple[tuple[int, int], ...]
    cohort_of: Ints  # (M): cohort, with support after the last year counted as never
    never: int
    supported_before: int
    strata_dropped: tuple[str, ...]
    supported_dropped: int


def sample(moments: Moments, control: Control) -> Sample:
    """Sort the groups into cohorts to evaluate, controls, and those that cannot be compared.

    Units supported in or before the first year have no year before support; units supported after the last
    year are not supported within the panel and count as never supported (as in R's ``did``).

    Raises PanelError: nobody-supported, no-controls.
    """
    first, last = moments.times[0], moments.times[-1]
    cohort = np.where(moments.cohort > last, 0, moments.cohort)
    early = (cohort > 0) & (cohort <= first)
    inside = (cohort > first).astype(bool)
    if not inside.any():
        raise PanelError("nobody-supported", {"first": first, "last": last, "early": moments.units(early)})
    kept: list[tuple[int, int]] = []
    dropped: list[str] = []
    lost = 0
    for index, name in enumerate(moments.strata):
        here = moments.stratum == index
        groups = sorted({int(g) for g in cohort[here & inside]})
        others = here & ~early
        labels = {int(g) for g in cohort[others]}
        if groups and not (0 in labels if control == "never" else len(labels) > 1):
            dropped.append(name)
            lost += moments.units(here & inside)
            continue
        kept += [(g, index) for g in groups]
    if not kept:
        raise PanelError("no-controls", {"supported": moments.units(inside)})
    return Sample(
        cohorts=tuple(kept),
        cohort_of=cohort,
        never=moments.units(cohort == 0),
        supported_before=moments.units(early),
        strata_dropped=tuple(dropped),
        supported_dropped=lost,
    )


def estimate(moments: Moments, chosen: Sample, control: Control) -> GroupTime:
    """Every ATT(g, t) that has units observed in both years on both sides, with the full covariance.

    Raises PanelError: no-comparison.
    """
    times = moments.times
    cells, effects, counts, loads, centres = [], [], [], [], []
    serving = np.zeros(len(moments.n), dtype=bool)
    for group, stratum in chosen.cohorts:
        for position, time in enumerate(times):
            base = base_year(times, group, position)
            if base is None:
                continue
            both = moments.seen[:, position] & moments.seen[:, base] & (moments.stratum == stratum)
            treated = both & (chosen.cohort_of == group)
            compared = both & is_control(chosen.cohort_of, group, max(time, times[base]), control)
            n_treated, n_compared = moments.n[treated].sum(), moments.n[compared].sum()
            if not n_treated or not n_compared:
                continue
            change = moments.sums[:, position] - moments.sums[:, base]
            mean_treated, mean_compared = (
                change[treated].sum() / n_treated,
                change[compared].sum() / n_compared,
            )
            cells.append(Cell(group, stratum, time, times[base]))
            serving |= compared & (time >= group)
            effects.append(mean_treated - mean_compared)
            counts.append((n_treated, n_compared))
            loads.append(treated / n_treated - compared / n_compared)
            centres.append(np.where(treated, mean_treated, mean_compared))
    if not any(cell.time >= cell.group for cell in cells):
        raise PanelError("no-comparison", {"control": control})
    load, centre = np.array(loads).T, np.array(centres).T
    covariance, scores = _covariance(moments, cells, load, centre)
    masses = {
        key: float(moments.n[(chosen.cohort_of == key[0]) & (moments.stratum == key[1])].sum())
        for key in chosen.cohorts
    }
    return GroupTime(
        cells=tuple(cells),
        effects=np.array(effects),
        covariance=covariance,
        supported=np.array([int(pair[0]) for pair in counts], dtype=np.int64),
        controls=np.array([int(pair[1]) for pair in counts], dtype=np.int64),
        scores=scores,
        masses=masses,
        compared=moments.units(serving),
        moments=moments,
    )


def is_control(cohort_of: Ints, group: int, until: int, control: Control) -> Bools:
    """Which units may stand for "without support" in a comparison that ends in year ``until``."""
    never: Bools = cohort_of == 0
    if control == "never":
        return never
    later: Bools = (cohort_of > until) & (cohort_of != group)
    return never | later


def base_year(times: tuple[int, ...], group: int, position: int) -> int | None:
    """Position of the base year: the last before support, or for years before support the year just before."""
    if times[position] < group:
        return position - 1 if position else None
    before = [index for index, time in enumerate(times) if time < group]
    return before[-1] if before else None


def _covariance(moments: Moments, cells: list[Cell], load: Floats, centre: Floats) -> tuple[Floats, Floats]:
    """Sum the products of the units' influence functions over the groups, without visiting a unit.

    A unit's influence on cell k is load * (y_t - y_b - centre). Summed over the n units of a group these are
    linear and quadratic forms in the group's sums and products.
    """
    index = {time: position for position, time in enumerate(moments.times)}
    difference = np.zeros((len(cells), len(moments.times)))
    for k, cell in enumerate(cells):
        difference[k, index[cell.time]] += 1
        difference[k, index[cell.base]] -= 1
    covariance = np.zeros((len(cells), len(cells)))
    scores = np.zeros((len(moments.n), len(cells)))
    for m in range(len(moments.n)):
        active = np.flatnonzero(load[m])
        if not active.size:
            continue
        weighted = load[m, active, None] * difference[active]
        shift = load[m, active] * centre[m, active]
        linear = weighted @ moments.sums[m]
        quadratic = weighted @ moments.products[m] @ weighted.T
        cross = np.outer(linear, shift)
        covariance[np.ix_(active, active)] += quadratic - cross - cross.T + moments.n[m] * np.outer(shift, shift)
        scores[m, active] = linear - moments.n[m] * shift
    return covariance, scores
