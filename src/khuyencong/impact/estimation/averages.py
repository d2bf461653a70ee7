"""Averages of group-time effects, with the uncertainty of their weights.

Callaway & Sant'Anna (2021), section 3: the simple average over supported unit-years (equation 3.10 weights),
by years since support (3.4), by cohort (3.7), by calendar year (3.8). Weights are the numbers of supported
units observed in each comparison; because they are estimated, each average carries the influence of its weights
(``wif`` in R's ``did``). Only the average of a cohort gives each year the same weight, as (3.7) does.
"""

from dataclasses import dataclass

import numpy as np

from khuyencong.impact.estimation.group_time import GroupTime
from khuyencong.impact.estimation.moments import Bools, Floats


@dataclass(frozen=True)
class Average:
    """One average: ``weights`` (K) on the cells, ``shares`` the influence of the weights by (cohort, stratum).

    ``alone``: in every cell there is one supported unit, so nothing tells how such units spread.
    """

    estimate: float
    weights: Floats
    shares: dict[tuple[int, int], float]
    units: int
    alone: bool


def average(effects: GroupTime, keep: Bools) -> Average:
    """The average of the kept cells (boolean, K), weighted by their numbers of supported units."""
    chosen = np.flatnonzero(keep)
    weights = np.zeros(len(effects.cells))
    weights[chosen] = effects.supported[chosen] / effects.supported[chosen].sum()
    keys = [(effects.cells[k].group, effects.cells[k].stratum) for k in chosen]
    masses = np.array([effects.masses[key] for key in keys])
    total, weighted = masses.sum(), masses @ effects.effects[chosen]
    shares: dict[tuple[int, int], float] = {}
    for key, effect in zip(keys, effects.effects[chosen], strict=True):
        shares[key] = shares.get(key, 0.0) + float(effect / total - weighted / total**2)
    most = {
        key: max(int(effects.supported[k]) for k, other in zip(chosen, keys, strict=True) if other == key)
        for key in keys
    }
    alone = bool(effects.supported[chosen].max() == 1)
    return Average(float(weights @ effects.effects), weights, shares, sum(most.values()), alone)


def covariance(effects: GroupTime, averages: list[Average]) -> Floats:
    """Covariance (A, A) of averages of the same effects."""
    weights = np.array([one.weights for one in averages])
    found = weights @ effects.covariance @ weights.T
    masses = effects.masses
    shares = np.array([[one.shares.get(key, 0.0) for key in masses] for one in averages])
    # The influence of the weights is the same for all units of a cohort; so its products need only counts.
    found = found + (shares * np.array(list(masses.values()))) @ shares.T
    scores = np.zeros((len(masses), len(effects.cells)))
    moments = effects.moments
    for row, (group, stratum) in enumerate(masses):
        inside = (moments.cohort == group) & (moments.stratum == stratum)
        scores[row] = effects.scores[inside].sum(axis=0)
    cross = shares @ scores @ weights.T
    return np.asarray(found + cross + cross.T)


def by_event_time(effects: GroupTime) -> dict[int, Average]:
    """The average for each number of years since support (negative: before)."""
    since = effects.event_times
    return {int(e): average(effects, since == e) for e in sorted(set(since.tolist()))}


def simple(effects: GroupTime) -> Average:
    """The average over all supported unit-years: what the support changed, overall."""
    return average(effects, effects.event_times >= 0)


def by_group(effects: GroupTime) -> dict[int, Average]:
    """The average after support for each cohort: the plain mean over its years."""
    years: dict[int, list[Average]] = {}
    for (group, time), one in by_cell(effects).items():
        if time >= group:
            years.setdefault(group, []).append(one)
    return {group: _mean(members) for group, members in years.items()}


def by_time(effects: GroupTime) -> dict[int, Average]:
    """The average of those supported so far, for each calendar year."""
    after = effects.event_times >= 0
    times = np.array([cell.time for cell in effects.cells])
    return {int(t): average(effects, after & (times == t)) for t in sorted(set(times[after].tolist()))}


def by_cell(effects: GroupTime) -> dict[tuple[int, int], Average]:
    """ATT(g, t) over the strata."""
    groups = np.array([cell.group for cell in effects.cells])
    times = np.array([cell.time for cell in effects.cells])
    pairs = sorted({(cell.group, cell.time) for cell in effects.cells})
    return {(g, t): average(effects, (groups == g) & (times == t)) for g, t in pairs}


def _mean(members: list[Average]) -> Average:
    shares: dict[tuple[int, int], float] = {}
    for one in members:
        for key, share in one.shares.items():
            shares[key] = shares.get(key, 0.0) + share / len(members)
    return Average(
        estimate=sum(one.estimate for one in members) / len(members),
        weights=np.mean([one.weights for one in members], axis=0),
        shares=shares,
        units=max(one.units for one in members),
        alone=all(one.alone for one in members),
    )
