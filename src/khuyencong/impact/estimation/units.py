"""The units themselves, for what the moments cannot give: re-labelling who was supported, leaving one out.

The same difference-in-means algebra as group_time.py over a wide table of units. Units stand sorted by stratum
and cohort, so a re-labelling within strata is a re-ordering of rows: group sizes stay, and each one costs a few
passes over the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from khuyencong.impact.estimation.group_time import Sample, base_year, is_control
from khuyencong.impact.estimation.moments import Floats, Ints, Moments
from khuyencong.impact.estimation.panel import Panel, label
from khuyencong.impact.estimation.question import Control


@dataclass(frozen=True)
class Design:
    """K comparisons that labels of this kind make possible, in A averages.

    ``group`` (K): the supported group. ``pair`` (K): which two years. ``average`` (K): 0 the overall effect,
    then one for each lead. The controls are F pairs ``control_group``, ``control_pair``, those of comparison k
    from ``control_start[k]`` on; ``comparison`` (F) leads back.
    """

    group: Ints
    pair: Ints
    average: Ints
    control_group: Ints
    control_pair: Ints
    control_start: Ints
    comparison: Ints
    averages: int


class Units:
    """The wide table: N units x P pairs of years. ``change`` is 0 where ``seen`` is 0."""

    def __init__(
        self, panel: Panel, moments: Moments, chosen: Sample, control: Control, leads: Sequence[int] = ()
    ) -> None:
        """Read the units of the strata that are compared once more; ``leads`` are years since support, below 0."""
        times = moments.times
        # Sorted by what is observed, not by name: the answer depends neither on labels nor on the order of rows.
        rows = panel.query(
            "SELECT any_value(unit), min(g), min(stratum), list(time ORDER BY time) AS years, "
            "list(y ORDER BY time) AS outcomes FROM panel WHERE y IS NOT NULL GROUP BY unit "
            "ORDER BY min(stratum), min(g), years, outcomes, 1"
        )
        index = {name: position for position, name in enumerate(moments.strata)}
        cohort = np.array([row[1] for row in rows], dtype=np.int64)
        cohort[cohort > times[-1]] = 0
        stratum = np.array([index[row[2]] for row in rows], dtype=np.int64)
        keep = ~((cohort > 0) & (cohort <= times[0])) & np.isin(stratum, [s for _g, s in chosen.cohorts])
        order = np.flatnonzero(keep)
        order = order[np.lexsort((cohort[order], stratum[order]))]
        self.names = [label(rows[position][0]) for position in order]
        self.cohort, self.stratum = cohort[order], stratum[order]

        position_of = {time: position for position, time in enumerate(times)}
        wide = np.full((len(order), len(times)), np.nan)
        for row, position in enumerate(order):
            years, outcomes = rows[position][3:]
            wide[row, [position_of[year] for year in years]] = outcomes

        new = np.ones(len(order), dtype=bool)
        new[1:] = (np.diff(self.cohort) != 0) | (np.diff(self.stratum) != 0)
        self.starts = np.flatnonzero(new)
        self.ends = np.append(self.starts[1:], len(order))
        self.design, pairs = _design(times, self.cohort[new], self.stratum[new], chosen, control, leads)
        change = np.stack([wide[:, time] - wide[:, base] for time, base in pairs], axis=1)
        self.seen = (~np.isnan(change)).astype(np.float64)
        self.change = np.nan_to_num(change, nan=0.0)
        blocks = np.flatnonzero(np.append(True, np.diff(self.stratum) != 0))
        self.blocks = list(zip(blocks, np.append(blocks[1:], len(order)), strict=True))

    def measure(self, order: Ints | None = None) -> tuple[Floats, Floats]:
        """The averages (A) and their covariance (A, A), without the part of the weights, for re-ordered units."""
        d = self.design
        change, seen = (self.change, self.seen) if order is None else (self.change[order], self.seen[order])
        counts, sums = np.add.reduceat(seen, self.starts, axis=0), np.add.reduceat(change, self.starts, axis=0)
        n_treated, s_treated, n_control, s_control = self._sides(counts, sums)
        used = (n_treated > 0) & (n_control > 0)
        mean_treated, mean_control = s_treated / np.maximum(n_treated, 1.0), s_control / np.maximum(n_control, 1.0)
        total = np.bincount(d.average, weights=n_treated * used, minlength=d.averages)
        weight = n_treated * used / np.where(total > 0, total, 1.0)[d.average]
        estimates = np.bincount(d.average, weights=weight * (mean_treated - mean_control), minlength=d.averages)

        shape = (d.averages, *counts.shape)
        treated = np.ravel_multi_index((d.average, d.group, d.pair), shape)
        controls = np.ravel_multi_index((d.average[d.comparison], d.control_group, d.control_pair), shape)
        at = np.concatenate([treated, controls])
        per_treated, per_control = weight / np.maximum(n_treated, 1.0), weight / np.maximum(n_control, 1.0)
        loads = np.concatenate([per_treated, -per_control[d.comparison]])
        centres = np.concatenate([mean_treated, mean_control[d.comparison]])
        size = int(np.prod(shape))
        slope = np.bincount(at, weights=loads, minlength=size).reshape(shape)
        level = np.bincount(at, weights=loads * centres, minlength=size).reshape(shape)
        influence = np.empty((len(change), d.averages))
        for group, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            influence[start:end] = change[start:end] @ slope[:, group].T - seen[start:end] @ level[:, group].T
        return np.asarray(estimates, dtype=np.float64), influence.T @ influence

    def without_each(self) -> tuple[Ints, Floats]:
        """The supported units (rows) and the overall effect without each of them."""
        d = self.design
        counts = np.add.reduceat(self.seen, self.starts, axis=0)
        sums = np.add.reduceat(self.change, self.starts, axis=0)
        overall = d.average == 0
        n_treated, s_treated, n_control, s_control = self._sides(counts, sums)
        rows: list[Ints] = []
        found: list[Floats] = []
        for group, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if self.cohort[start] == 0:
                continue
            own = d.group == group
            serves = np.zeros(len(d.group), dtype=bool)
            serves[d.comparison[d.control_group == group]] = True
            seen, change = self.seen[start:end][:, d.pair], self.change[start:end][:, d.pair]
            nt, nc = n_treated - seen * own, n_control - seen * serves
            st, sc = s_treated - change * own, s_control - change * serves
            used = (nt > 0.5) & (nc > 0.5) & overall
            effect = st / np.where(nt > 0.5, nt, 1.0) - sc / np.where(nc > 0.5, nc, 1.0)
            total = (nt * used).sum(axis=1)
            rows.append(np.arange(start, end, dtype=np.int64))
            found.append((nt * used * effect).sum(axis=1) / np.where(total > 0, total, 1.0))
        return np.concatenate(rows).astype(np.int64), np.concatenate(found)

    def _sides(self, counts: Floats, sums: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Number and sum of changes of the supported, and of the controls, in each comparison (K)."""
        d = self.design
        return (
            counts[d.group, d.pair],
            sums[d.group, d.pair],
            np.add.reduceat(counts[d.control_group, d.control_pair], d.control_start),
            np.add.reduceat(sums[d.control_group, d.control_pair], d.control_start),
        )


def _design(
    times: tuple[int, ...], cohorts: Ints, strata: Ints, chosen: Sample, control: Control, leads: Sequence[int]
) -> tuple[Design, list[tuple[int, int]]]:
    """Every comparison the labels allow, whether or not the true labels have units observed in it.

    A re-labelling may fill a comparison that the true labels leave empty, so the statistic must know them all.
    """
    wanted = {lead: position for position, lead in enumerate(leads, start=1)}
    pair_of: dict[tuple[int, int], int] = {}
    group: list[int] = []
    pair: list[int] = []
    average: list[int] = []
    start: list[int] = []
    control_group: list[int] = []
    control_pair: list[int] = []
    comparison: list[int] = []
    for cohort, stratum in chosen.cohorts:
        mine = np.flatnonzero((cohorts == cohort) & (strata == stratum))
        for position, time in enumerate(times):
            base = base_year(times, cohort, position)
            target = 0 if time >= cohort else wanted.get(time - cohort)
            if base is None or target is None or not len(mine):
                continue
            until = max(time, times[base])
            others = np.flatnonzero(is_control(cohorts, cohort, until, control) & (strata == stratum))
            if not len(others):
                continue
            number = pair_of.setdefault((position, base), len(pair_of))
            start.append(len(control_group))
            control_group += others.tolist()
            control_pair += [number] * len(others)
            comparison += [len(group)] * len(others)
            group.append(int(mine[0]))
            pair.append(number)
            average.append(target)
    made = Design(
        group=np.array(group, dtype=np.int64),
        pair=np.array(pair, dtype=np.int64),
        average=np.array(average, dtype=np.int64),
        control_group=np.array(control_group, dtype=np.int64),
        control_pair=np.array(control_pair, dtype=np.int64),
        control_start=np.array(start, dtype=np.int64),
        comparison=np.array(comparison, dtype=np.int64),
        averages=1 + len(wanted),
    )
    return made, list(pair_of)
