"""A sheet made ready to be read: headings found, lines that are no rows left out, each column settled as a whole."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.files.sheets import Sheet
from khuyencong.core.tables import amounts, layout, letters, units
from khuyencong.core.tables.asking import Answers, Heading, Question
from khuyencong.core.tables.cells import Raw
from khuyencong.core.tables.columns import Column, Settled
from khuyencong.core.tables.layout import Layout, Left, Lines

_MOST_LISTED = 12


class ForeignMoney(Exception):
    """A column of money in another currency; the argument says so in words."""


@dataclass(frozen=True)
class Laid:
    """A sheet in Unicode with its headings; ``converted``: what is to be said of its letters."""

    sheet: Sheet
    lines: Lines
    layout: Layout
    converted: str


@dataclass(frozen=True)
class Ready:
    """``rows``: index and cells of each line that is a row; ``parse``: key of a column -> how its cells are read."""

    sheet: Sheet
    layout: Layout
    rows: Sequence[tuple[int, Sequence[Raw]]]
    parse: dict[str, Callable[[Raw], Any]]
    headings: list[Heading]
    notes: list[str]
    questions: list[Question]


def lay_out(sheet: Sheet, columns: Sequence[Column], answers: Answers) -> Laid | None:
    """None when nothing in the sheet looks like headings."""
    lines, converted = letters.in_unicode(sheet.lines, answers.keeps_letters)
    found = layout.layout_of(lines, columns, answers)
    return Laid(sheet, lines, found, converted) if found else None


def make_ready(laid: Laid, columns: Sequence[Column], answers: Answers) -> Ready:
    """Raises ForeignMoney."""
    lines, found = laid.lines, laid.layout
    rows, left = [], defaultdict(list)
    for index, line, why in layout.below(lines, found, columns):
        if why is None:
            rows.append((index, line))
        else:
            left[why].append(index + 1)
    settled = _settled(laid.sheet.title, lines, rows, left, found, columns, answers)
    return Ready(
        laid.sheet,
        found,
        rows,
        {key: one.parse for key, one in settled.items()},
        layout.headings(lines, found, columns, answers),
        [*filter(None, [laid.converted]), *_left_out(left), *(one.note for one in settled.values() if one.note)],
        [one.question for one in settled.values() if one.question],
    )


def _settled(
    title: str,
    lines: Lines,
    rows: Sequence[tuple[int, Sequence[Raw]]],
    left: dict[Left, list[int]],
    found: Layout,
    columns: Sequence[Column],
    answers: Answers,
) -> dict[str, Settled]:
    settled = {}
    around = [*lines[: found.first], *(lines[number - 1] for number in left.get(Left.BELOW, ()))]
    below = layout.unit_cells(lines, found)
    for position, key in found.found.items():
        column = next(one for one in columns if one.key == key)
        cells = [line[position] if position < len(line) else None for _index, line in rows]
        name = found.names[position]
        if column.money:
            said = _said(title, name, around, below.get(position))
            answer = answers.questions.get(f"unit-{key}")
            settled[key] = amounts.settle(column, name, cells, said, answer)
        elif column.settle:
            settled[key] = column.settle(cells, name, answers.questions.get(f"column-{key}"))
    return settled


def _said(title: str, name: str, around: Lines, below: int | None) -> list[units.Said]:
    try:
        own = units.in_heading(name)
        said = [units.Said(own, name)] if own else []
        said += [units.Said(below, amounts.unit_words(below))] if below else []
        said += units.near(around)
        if size := units.in_sheet_name(title):
            said.append(units.Said(size, title))
    except units.ForeignMoney as error:
        told = _("Cột “%(column)s” ghi tiền nước ngoài (%(read)s). Hãy đổi ra đồng rồi gửi lại.")
        raise ForeignMoney(told % {"column": name, "read": str(error).upper()}) from error
    return said


def _left_out(left: dict[Left, list[int]]) -> list[str]:
    words = {
        Left.GROUP: _("Không nhập các dòng nhóm: %(rows)s."),
        Left.TOTAL: _("Không nhập các dòng cộng: %(rows)s."),
        Left.BELOW: _("Không nhập phần ghi chú và chữ ký: %(rows)s."),
        Left.HEADINGS: _("Bỏ qua các dòng tiêu đề lặp lại: %(rows)s."),
    }
    return [words[why] % {"rows": _listed(numbers)} for why, numbers in left.items() if why in words]


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_LISTED]))
    return _("dòng %(rows)s") % {"rows": shown + " …" if len(numbers) > _MOST_LISTED else shown}
