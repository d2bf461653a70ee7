"""How a sheet is laid out: where its headings stand, which of our columns each one is, which lines are rows.

Official forms come with a title, headings in two rows, a row of column numbers or units, groups, totals, signatures and
notes. None of these is a row of the table; what is left out is said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz, process

from khuyencong.core.language import every_form
from khuyencong.core.tables import units
from khuyencong.core.tables.asking import Answers, Heading
from khuyencong.core.tables.cells import Raw, blank, shown, text
from khuyencong.core.tables.columns import Column
from khuyencong.core.text import fold

Lines = Sequence[Sequence[Raw]]

LOOK_FOR_HEADS = 25  # rows at the top among which the headings may stand
_MOST_HEAD_ROWS = 3
_SAMPLES = 3
_NEAR = 70  # likeness (0-100) from which a column is offered for a heading

_NUMBERING = frozenset(("stt", "tt", "so tt", "so thu tu", "no", "s t t"))
_OURS = ("Dòng trong tệp gốc", "Lý do", "Trang tính trong tệp gốc")  # columns of the workbook of refused rows
_ALL_OF = frozenset(("tong so", "tong", "tong cong", "chung", "so luong", "so nguoi", "total"))
_UNIT_AT_END = re.compile(
    r" (?:(?:dvt|don vi tinh|don vi) )?(?:1 000 |1000 |x ?1000 |x 1 000 |10 ?[369] )?"
    r"(?:nghin|ngan|trieu|trd|tr|ty|ti)? ?(?:dong|vnd|d)?$"
)
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:[A-Z]|\d{1,2})[)\]]?(?:\s*=.*)?")
_ROMAN = re.compile(r"[(]?(?:[IVX]{1,5}|[A-Za-z])[).]?")
_GROUP = re.compile(
    r"(?:[ivx]{1,5} )?(?:huyen|thanh pho|thi xa|tp|tx|xa|phuong|thi tran|cum|nhom|phan|linh vuc|nganh) .+"
)
_SUM = re.compile(r"[-+]?\d[\d.,\s]*|-")
_TOTAL = re.compile(
    r"(?:tong cong|tong so|tong|cong|total)(?: (?:toan tinh|chung|huyen|xa|phuong|nhom|muc|cac|[ivx]+)\b.*)?"
)
_END = re.compile(
    r"(?:.{0,40} )?ngay .{0,10}thang .{0,10}nam .{0,6}|(?:nguoi lap|nguoi tong hop|thu truong|giam doc|pho giam doc|"
    r"chu tich|ke toan|truong phong|noi nhan|ghi chu|luu y|ky ten|xac nhan|tm uy ban|kt |don vi tinh|dvt)\b.*"
)


class Left(StrEnum):
    """Why a line below the headings is no row of the table."""

    NUMBERS = "numbers"  # (1) (2) (3)
    UNITS = "units"  # người, triệu đồng
    HEADINGS = "headings"  # again, on the next page
    GROUP = "group"
    TOTAL = "total"
    BELOW = "below"  # date, signatures, notes


@dataclass(frozen=True)
class Layout:
    """Where the headings stand (``first`` to ``last``, from 0), their words, and which column each position holds."""

    first: int
    last: int
    names: Mapping[int, str]
    found: Mapping[int, str]

    def missing(self, columns: Sequence[Column]) -> list[str]:
        """Labels of the required columns that no heading names."""
        return [one.label for one in columns if one.required and one.key not in self.found.values()]

    def unused(self) -> list[str]:
        """The headings that name none of our columns."""
        names = (name for position, name in self.names.items() if name and position not in self.found)
        return list(dict.fromkeys(name for name in names if fold(name) not in _ours()))


def layout_of(lines: Lines, columns: Sequence[Column], answers: Answers) -> Layout | None:
    """The headings under which the fewest required columns are missing and the most are found; None when none are."""
    known = _known(columns)
    best: tuple[tuple[int, int, int], Layout] | None = None
    for first in range(min(len(lines), LOOK_FOR_HEADS)):
        for last, names in _headings(lines, first):
            found = _found(names, known, answers)
            if len(found) < 2:
                continue
            layout = Layout(first, last, names, found)
            score = (len(layout.missing(columns)), -len(found), first - last)
            if best is None or score < best[0]:
                best = score, layout
        if best is not None and best[0][0] == 0:
            return best[1]
    return best[1] if best else _guessed(lines)


def headings(lines: Lines, layout: Layout, columns: Sequence[Column], answers: Answers) -> list[Heading]:
    """Every heading with samples; those that nothing tells of with the column that comes near, if it is still free."""
    known = _known(columns)
    ours = _ours()
    told = []
    free = {name: key for name, key in known.items() if key not in layout.found.values()}
    for position, name in layout.names.items():
        folded = fold(name)
        if not folded or folded in _NUMBERING or folded in ours:
            continue
        key, certain = layout.found.get(position, ""), position in layout.found or folded in answers.headings
        if not certain and (near := process.extractOne(folded, list(free), scorer=_likeness, score_cutoff=_NEAR)):
            key = free[near[0]]
        told.append(Heading(position, name, _samples(lines, layout, position), key, certain))
    return told


def _likeness(one: str, other: str, *, score_cutoff: float | None = None, **told: Any) -> float:
    """By whole words: letters that two headings happen to share (``doanh so``, ``so dk``) tell nothing."""
    return (fuzz.token_set_ratio(one, other) + fuzz.token_sort_ratio(one, other)) / 2


def below(lines: Lines, layout: Layout, columns: Sequence[Column]) -> Iterator[tuple[int, Sequence[Raw], Left | None]]:
    """Each line below the headings with its index, and why it is no row (None for a row). Blank lines are left out."""
    required = [position for position, key in layout.found.items() if any(c.required and c.key == key for c in columns)]
    ended = False
    for index in range(layout.last + 1, len(lines)):
        line = lines[index]
        filled = [position for position in range(len(line)) if not blank(line[position])]
        if not any(shown(cell) for cell in line):
            continue
        why = _why_no_row(line, filled, layout, required, index - layout.last)
        if why is None and ended and any(position not in filled for position in required):
            why = Left.BELOW
        ended = why is Left.BELOW or (ended and why is not None)
        yield index, line, why


def unit_cells(lines: Lines, layout: Layout) -> dict[int, int]:
    """Position -> unit, of a row of units under the headings."""
    for line in lines[layout.last + 1 : layout.last + 4]:
        if found := units.in_unit_row(line):
            return found
    return {}


def _why_no_row(
    line: Sequence[Raw], filled: Sequence[int], layout: Layout, required: Sequence[int], distance: int
) -> Left | None:
    if distance <= _MOST_HEAD_ROWS:
        if _numbers_columns([line[position] for position in filled]):
            return Left.NUMBERS
        if units.in_unit_row(line):
            return Left.UNITS
    if filled and all(fold(text(line[p])) == fold(layout.names.get(p, "")) for p in filled):
        return Left.HEADINGS
    lacking = [position for position in required if position not in filled]
    if not lacking:
        return None
    words = [fold(text(line[position])) for position in filled if isinstance(line[position], str)]
    if any(_TOTAL.fullmatch(word) for word in words[:2]):
        return Left.TOTAL
    if any(_END.fullmatch(word) for word in words):
        return Left.BELOW
    # A group is named in one of our columns; the others may hold its sums.
    named = [p for p in filled if p in layout.found and isinstance(line[p], str) and not _SUM.fullmatch(text(line[p]))]
    numbered = any(_ROMAN.fullmatch(text(line[p])) for p in filled if p < min(layout.found, default=0))
    if len(named) <= 1 and len(layout.found) > 2 and (numbered or any(_GROUP.fullmatch(word) for word in words)):
        return Left.GROUP
    return None


def _numbers_columns(cells: Sequence[Raw]) -> bool:
    written = [text(cell) for cell in cells]
    if len(written) < 3 or not all(_COLUMN_NUMBER.fullmatch(one) for one in written):
        return False
    numbers = [int(found.group()) for one in written if (found := re.search(r"\d+", one.split("=")[0]))]
    return len(numbers) >= 2 and all(after == before + 1 for before, after in pairwise(numbers))


def _headings(lines: Lines, first: int) -> Iterator[tuple[int, dict[int, str]]]:
    """The last line of the headings and their words by position: of one line, and of those below that go on with it."""
    names = {position: text(cell) for position, cell in enumerate(lines[first]) if shown(cell)}
    yield first, names
    top = lines[first]
    for last in range(first + 1, min(first + _MOST_HEAD_ROWS, len(lines))):
        sub = lines[last]
        if not _goes_on(top, sub):
            return
        joined, above = dict(names), ""
        for position in range(max(len(top), len(sub))):
            over = text(top[position]) if position < len(top) else ""
            above = over or above
            under = text(sub[position]) if position < len(sub) else ""
            if under:
                joined[position] = above if fold(under) in _ALL_OF else f"{above} {under}".strip()
        names, top = joined, [joined.get(position, "") for position in range(max(len(top), len(sub)))]
        yield last, names


def _goes_on(top: Sequence[Raw], sub: Sequence[Raw]) -> bool:
    """Whether a line holds second headings: words only, each under a heading that spans more than one column."""
    filled = [position for position, cell in enumerate(sub) if shown(cell)]
    over = sum(bool(shown(cell)) for cell in top)
    if (
        not 2 <= len(filled) <= 2 * over
        or not all(isinstance(sub[position], str) for position in filled)
        or units.in_unit_row(sub)
    ):
        return False

    def spans(position: int) -> bool:
        alone = position < len(top) and shown(top[position])
        return not alone or position + 1 >= len(top) or not shown(top[position + 1])

    return all(spans(position) for position in filled) and any(
        position > 0 and (position >= len(top) or not shown(top[position])) for position in filled
    )


def _ours() -> set[str]:
    return {fold(form) for head in _OURS for form in every_form(head)}


def _known(columns: Sequence[Column]) -> dict[str, str]:
    return {fold(name): one.key for one in columns for name in (one.label, one.key, *one.aliases)}


def _found(names: Mapping[int, str], known: Mapping[str, str], answers: Answers) -> dict[int, str]:
    """Position -> key; what a person answered comes before what the words say."""
    found = {
        position: key
        for position, name in names.items()
        if (key := answers.headings.get(fold(name), "")) and key in known.values()
    }
    for position, name in names.items():
        if position in found or fold(name) in answers.headings:
            continue
        told = next((known[form] for form in _forms(name) if form in known), "")
        if told and told not in found.values():
            found[position] = told
    return dict(sorted(found.items()))


def _forms(name: str) -> Iterator[str]:
    """A heading as it is, without what stands in brackets, and without a unit at its end."""
    yield fold(name)
    bare = fold(re.split(r"[(\[]", name)[0].replace("*", ""))
    yield bare
    yield _UNIT_AT_END.sub("", bare)


def _guessed(lines: Lines) -> Layout | None:
    """Where no heading says anything to us: the first line of at least three words over a line that is filled."""
    for index, (line, after) in enumerate(pairwise(lines[:LOOK_FOR_HEADS])):
        names = {p: text(cell) for p, cell in enumerate(line) if isinstance(cell, str) and shown(cell)}
        if len(names) >= 3 and sum(bool(shown(cell)) for cell in after) >= 3:
            return Layout(index, index, names, {})
    return None


def _samples(lines: Lines, layout: Layout, position: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for line in lines[layout.last + 1 :]:
        if position < len(line) and not blank(line[position]):
            found.setdefault(text(line[position])[:60])
        if len(found) == _SAMPLES:
            break
    return tuple(found)
