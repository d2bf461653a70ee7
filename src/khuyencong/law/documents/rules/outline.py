"""How the provisions of a document, in reading order, make a tree: what lies in what, and where each one stands.

A provision lies in the nearest one before it of a higher rank. So an officer only ever says what a line is
(chapter, article, clause, point) and its number; parents and paths follow.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from khuyencong.law.documents.rules.references import Reference


class Kind(StrEnum):
    """The ranks, highest first."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"


RANK = {kind: rank for rank, kind in enumerate(Kind)}
FIRST = {Kind.CHAPTER: "I", Kind.SECTION: "1", Kind.ARTICLE: "1", Kind.CLAUSE: "1", Kind.POINT: "a"}
_POINTS = tuple("abcdđeghiklmnopqrstuvxy")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_NUMBER = re.compile(r"\d+[a-zđ]?")
_LETTER = re.compile(r"[a-zđ]{1,2}\d?")


@dataclass(frozen=True)
class Line:
    """One provision. ``valid_from``, ``valid_to``: the days on which this text holds; None means no bound."""

    kind: Kind
    label: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True)
class Place:
    """Where a line stands: the index of what it lies in, its path (empty above the article), how deep."""

    parent: int | None
    path: str
    depth: int


def arrange(lines: Sequence[Line]) -> list[Place]:
    """The place of every line. Plans and letters have clauses outside articles: those have no path."""
    places: list[Place] = []
    open_lines: list[int] = []
    for index, line in enumerate(lines):
        while open_lines and RANK[lines[open_lines[-1]].kind] >= RANK[line.kind]:
            open_lines.pop()
        parent = open_lines[-1] if open_lines else None
        places.append(Place(parent, _path(lines, [*open_lines, index]), len(open_lines)))
        open_lines.append(index)
    return places


def label_fits(kind: Kind, label: str) -> bool:
    """Whether a number can stand in references: 8 or 8a for articles and clauses, a, đ or a1 for points."""
    if kind in (Kind.ARTICLE, Kind.CLAUSE):
        return _NUMBER.fullmatch(label) is not None
    if kind is Kind.POINT:
        return _LETTER.fullmatch(label) is not None
    return bool(label)


def next_label(labels: Iterable[str]) -> str:
    """The number that comes after the last of these; empty when that cannot be told.

    Points follow the Vietnamese alphabet without f, j, w, z; chapters are in Roman numbers.
    """
    last = [label for label in labels if label][-1:]
    if not last:
        return ""
    digits = re.match(r"\d+", last[0])
    if digits:
        return str(int(digits.group()) + 1)
    for row in (_POINTS, _ROMAN):
        if last[0] in row[:-1]:
            return row[row.index(last[0]) + 1]
    return ""


def block(lines: Sequence[Line], index: int) -> range:
    """The line and everything that lies in it."""
    end = index + 1
    while end < len(lines) and RANK[lines[end].kind] > RANK[lines[index].kind]:
        end += 1
    return range(index, end)


def moved(lines: Sequence[Line], index: int, up: bool) -> list[int] | None:
    """The order of the lines after the block at ``index`` changed places with its neighbour in the same parent.

    None when there is no neighbour of its own rank on that side: past another rank it would fall into it.
    """
    places = arrange(lines)
    siblings = [i for i, place in enumerate(places) if place.parent == places[index].parent]
    at = siblings.index(index) + (-1 if up else 1)
    if not 0 <= at < len(siblings) or lines[siblings[at]].kind is not lines[index].kind:
        return None
    first, second = sorted((index, siblings[at]))
    one, two = block(lines, first), block(lines, second)
    return [*range(first), *two, *one, *range(two.stop, len(lines))]


def spans(lines: Sequence[Line], places: Sequence[Place]) -> list[tuple[dt.date | None, dt.date | None]]:
    """The days on which each line holds, within those of what it lies in."""
    found: list[tuple[dt.date | None, dt.date | None]] = []
    for line, place in zip(lines, places, strict=True):
        outer = found[place.parent] if place.parent is not None else (None, None)
        found.append((_latest(line.valid_from, outer[0]), _earliest(line.valid_to, outer[1])))
    return found


def clashes(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Pairs of lines with one path that hold on the same day: two texts of one provision at once."""
    places = arrange(lines)
    days = spans(lines, places)
    by_path: dict[str, list[int]] = {}
    for index, place in enumerate(places):
        if place.path:
            by_path.setdefault(place.path, []).append(index)
    return [
        (one, two)
        for same in by_path.values()
        for position, one in enumerate(same)
        for two in same[position + 1 :]
        if _meet(days[one], days[two])
    ]


def holds(span: tuple[dt.date | None, dt.date | None], day: dt.date) -> bool:
    """Whether the day lies in the span."""
    return (span[0] is None or span[0] <= day) and (span[1] is None or day <= span[1])


def _meet(one: tuple[dt.date | None, dt.date | None], two: tuple[dt.date | None, dt.date | None]) -> bool:
    start, end = _latest(one[0], two[0]), _earliest(one[1], two[1])
    return start is None or end is None or start <= end


def _path(lines: Sequence[Line], chain: Iterable[int]) -> str:
    labels = {lines[i].kind: lines[i].label for i in chain}
    if Kind.ARTICLE not in labels:
        return ""
    return Reference(labels[Kind.ARTICLE], labels.get(Kind.CLAUSE, ""), labels.get(Kind.POINT, "")).path


def _latest(one: dt.date | None, two: dt.date | None) -> dt.date | None:
    return max((day for day in (one, two) if day is not None), default=None)


def _earliest(one: dt.date | None, two: dt.date | None) -> dt.date | None:
    return min((day for day in (one, two) if day is not None), default=None)
