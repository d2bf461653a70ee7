"""Scores of an appraisal council: each member alone, conflicts of interest left out, the spread shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet: how many points it can give, and the fewest with which it passes (0: none)."""

    code: str
    name: str
    most: int
    least: int = 0


@dataclass(frozen=True)
class Sheet:
    """What one member gave; ``points`` by criterion; ``conflict``: the member declared an interest."""

    member: str
    points: Mapping[str, int]
    handed_in: bool
    conflict: bool = False


@dataclass(frozen=True)
class Line:
    """One criterion over the council."""

    criterion: Criterion
    mean: float | None
    lowest: int | None
    highest: int | None


@dataclass(frozen=True)
class Summary:
    """The result: complete when every member without a conflict handed in and at least three did."""

    complete: bool
    counted: int
    awaited: int
    excluded: int
    mean: float | None
    middle: float | None
    lowest: int | None
    highest: int | None
    lines: tuple[Line, ...]
    passed: bool

    @property
    def spread(self) -> int | None:
        """Highest less lowest total."""
        return None if self.highest is None or self.lowest is None else self.highest - self.lowest


FEWEST_MEMBERS = 3


def summarize(criteria: Sequence[Criterion], sheets: Sequence[Sheet], threshold: int) -> Summary:
    """Add the sheets up. ``threshold``: the mean total from which a project passes."""
    free = [sheet for sheet in sheets if not sheet.conflict]
    counted = [sheet for sheet in free if sheet.handed_in]
    totals = [sum(sheet.points.get(one.code, 0) for one in criteria) for sheet in counted]
    lines = tuple(_line(one, counted) for one in criteria)
    complete = len(counted) == len(free) and len(counted) >= FEWEST_MEMBERS
    mean = fmean(totals) if totals else None
    enough = all(line.mean is not None and line.mean >= line.criterion.least for line in lines)
    return Summary(
        complete=complete,
        counted=len(counted),
        awaited=len(free) - len(counted),
        excluded=len(sheets) - len(free),
        mean=mean,
        middle=median(totals) if totals else None,
        lowest=min(totals, default=None),
        highest=max(totals, default=None),
        lines=lines,
        passed=complete and mean is not None and mean >= threshold and enough,
    )


def sheet_problems(criteria: Sequence[Criterion], points: Mapping[str, int | None]) -> dict[str, str]:
    """What is wrong with a sheet by criterion: "missing", "negative" or "above"."""
    found = {}
    for one in criteria:
        given = points.get(one.code)
        if given is None:
            found[one.code] = "missing"
        elif given < 0:
            found[one.code] = "negative"
        elif given > one.most:
            found[one.code] = "above"
    return found


def _line(criterion: Criterion, counted: Sequence[Sheet]) -> Line:
    given = [sheet.points.get(criterion.code, 0) for sheet in counted]
    return Line(criterion, fmean(given) if given else None, min(given, default=None), max(given, default=None))
