"""What needs the units themselves: randomization p-value and the influence of single units.

The same difference-in-means algebra as group_time.py, written over a wide table of units so that one
re-labelling of who was supported costs two matrix products.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khuyencong.impact.estimation.group_time import GroupTime, Sample, is_control
from khuyencong.impact.estimation.moments import Floats, Ints
from khuyencong.impact.estimation.panel import Panel
from khuyencong.impact.estimation.question import Control, Question

MOST_UNITS = 20_000  # above this the normal approximation is as good, and the wide table too large


@dataclass(frozen=True)
class Randomization:
    """Share of re-labellings at least as extreme as the truth, with its count."""

    p_value: float
    draws: int


@dataclass(frozen=True)
class LeaveOneOut:
    """The overall effect without each supported unit in turn: smallest, largest, and the unit that matters most."""

    lowest: float
    highest: float
    unit: str
    without: float


class Units:
    """The wide table: N units with differences over the P pairs of years that the cells compare."""

    def __init__(self, panel: Panel, effects: GroupTime, chosen: Sample) -> None:
        """Read the units once more, those of the strata that are compared."""
        self.cells = [cell for cell in effects.cells if cell.time >= cell.group]
        rows = panel.con.execute(
            "SELECT unit::VARCHAR, min(g), min(stratum), list(time ORDER BY time), list(y ORDER BY time) "
            "FROM panel WHERE y IS NOT NULL GROUP BY unit ORDER BY 1"
        ).fetchall()
        index = {name: position for position, name in enumerate(effects.moments.strata)}
        times = {time: position for position, time in enumerate(panel.times)}
        wide = np.full((len(rows), len(times)), np.nan)
        for position, (_unit, _g, _stratum, years, values) in enumerate(rows):
            wide[position, [times[year] for year in years]] = values
        cohort = np.array([row[1] for row in rows], dtype=np.int64)
        cohort[cohort > panel.times[-1]] = 0
        stratum = np.array([index[row[2]] for row in rows], dtype=np.int64)
        strata = {s for _g, s in chosen.cohorts}
        keep = ~((cohort > 0) & (cohort <= panel.times[0])) & np.isin(stratum, list(strata))
        self.names = [row[0] for row, kept in zip(rows, keep, strict=True) if kept]
        self.cohort, self.stratum = cohort[keep], stratum[keep]
        pairs = sorted({(cell.time, cell.base) for cell in self.cells})
        self.pair_of = {pair: position for position, pair in enumerate(pairs)}
        columns = [(times[time], times[base]) for time, base in pairs]
        change = np.stack([wide[keep, a] - wide[keep, b] for a, b in columns], axis=1)
        self.seen = (~np.isnan(change)).astype(np.float64)
        self.change = np.nan_to_num(change, nan=0.0)
        self.labels = np.array(sorted(set(self.cohort.tolist())), dtype=np.int64)

    def simple(self, cohort: Ints, control: Control, weight: Floats | None = None) -> tuple[float, float]:
        """The simple average and its standard error (without the weights' part) for these labels."""
        inside = (self.labels[:, None] == cohort[None, :]).astype(np.float64)
        if weight is not None:
            inside = inside * weight
        total, weights, terms = 0.0, 0.0, []
        for stratum in sorted({cell.stratum for cell in self.cells}):
            member = inside * (self.stratum == stratum)
            counts, sums = member @ self.seen, member @ self.change
            for cell in self.cells:
                if cell.stratum != stratum:
                    continue
                pair = self.pair_of[(cell.time, cell.base)]
                treated = self.labels == cell.group
                compared = is_control(self.labels, cell.group, cell.time, control)
                n_treated, n_compared = counts[treated, pair].sum(), counts[compared, pair].sum()
                if not n_treated or not n_compared:
                    continue
                mean_treated = sums[treated, pair].sum() / n_treated
                mean_compared = sums[compared, pair].sum() / n_compared
                total += n_treated * (mean_treated - mean_compared)
                weights += n_treated
                terms.append((stratum, pair, treated, compared, n_treated, n_compared, mean_treated, mean_compared))
        if not weights:
            return 0.0, 0.0
        return total / weights, self._error(cohort, terms, weights, weight)

    def _error(self, cohort: Ints, terms: list[Any], weights: float, weight: Floats | None) -> float:
        position = np.searchsorted(self.labels, cohort)
        variance = 0.0
        for stratum in sorted({term[0] for term in terms}):
            slope = np.zeros((len(self.labels), self.change.shape[1]))
            level = np.zeros_like(slope)
            for _s, pair, treated, compared, n_treated, n_compared, mean_treated, mean_compared in (
                term for term in terms if term[0] == stratum
            ):
                part = n_treated / weights
                slope[treated, pair] += part / n_treated
                level[treated, pair] += part / n_treated * mean_treated
                slope[compared, pair] -= part / n_compared
                level[compared, pair] -= part / n_compared * mean_compared
            here = self.stratum == stratum
            influence = (self.change[here] * slope[position[here]] - self.seen[here] * level[position[here]]).sum(
                axis=1
            )
            if weight is not None:
                influence = influence * weight[here]
            variance += float(influence @ influence)
        return float(np.sqrt(variance))


def randomize(
    units: Units, question: Question, progress: Callable[[float], None] = lambda share: None
) -> Randomization:
    """Randomization p-value of no effect on any unit: re-label who was supported when, within strata.

    The statistic is the simple average over its standard error, so that the test also holds approximately
    when the spread differs between supported and others (Wu & Ding 2021, Journal of the American Statistical
    Association 116(536)). p = (1 + number at least as extreme) / (1 + draws).
    """
    truth = _studentized(*units.simple(units.cohort, question.control))
    rng = np.random.default_rng(question.seed)
    blocks = [np.flatnonzero(units.stratum == stratum) for stratum in sorted(set(units.stratum.tolist()))]
    extreme = 0
    for draw in range(question.permutations):
        labels = units.cohort.copy()
        for block in blocks:
            labels[block] = labels[rng.permutation(block)]
        extreme += int(_studentized(*units.simple(labels, question.control)) >= truth - 1e-12)
        if draw % 50 == 0:
            progress(draw / question.permutations)
    return Randomization((1 + extreme) / (1 + question.permutations), question.permutations)


def leave_one_out(units: Units, question: Question) -> LeaveOneOut | None:
    """The overall effect without each supported unit in turn; None with fewer than two of them."""
    supported: NDArray[np.int64] = np.flatnonzero(units.cohort > 0)
    if len(supported) < 2:
        return None
    full, _error = units.simple(units.cohort, question.control)
    without = np.empty(len(supported))
    for position, unit in enumerate(supported):
        weight = np.ones(len(units.names))
        weight[unit] = 0.0
        without[position], _error = units.simple(units.cohort, question.control, weight)
    furthest = int(np.abs(without - full).argmax())
    return LeaveOneOut(
        float(without.min()), float(without.max()), units.names[supported[furthest]], float(without[furthest])
    )


def _studentized(estimate: float, error: float) -> float:
    return abs(estimate) / error if error > 0 else 0.0
