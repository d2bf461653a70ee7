"""Reading a workbook or csv file into rows that know where they came from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.files import kinds, sentences, sheets
from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets import Sheet
from khuyencong.core.files.sheets.sheet import ERRORS
from khuyencong.core.tables import choosing
from khuyencong.core.tables.asking import (
    NOTHING_ANSWERED,
    Answers,
    Heading,
    Question,
    headings_together,
    questions_together,
)
from khuyencong.core.tables.cells import Raw, blank, shown
from khuyencong.core.tables.choosing import Choice
from khuyencong.core.tables.columns import CellProblem, Column
from khuyencong.core.tables.layout import headings
from khuyencong.core.tables.sheet_ready import ForeignMoney, Laid, Ready, lay_out, make_ready
from khuyencong.core.text import fold

MOST_ROWS = 200_000
_MOST_LINES = 10_000_000  # more than a sheet has

_LIBRE_OFFICE_ERROR = re.compile(r"Err:\d{3}")


class TableError(Exception):
    """The file as a whole cannot be read; the message says why, in words."""


class Unsettled(TableError):
    """A person has to say which column is which, or in which unit, before the file can be read.

    ``converted``: whether letters of it were.
    """

    def __init__(self, message: str, headings: list[Heading], questions: list[Question], converted: bool) -> None:
        super().__init__(message)
        self.headings = headings
        self.questions = questions
        self.converted = converted


@dataclass(eq=False)
class Row:
    """One row: its number in its sheet, the cells as read, the values understood, what is wrong.

    ``key`` tells it from all rows of the table, those of other sheets too; ``place`` is how a sentence names it.
    """

    number: int
    raw: dict[str, Raw]
    values: dict[str, Any]
    problems: list[CellProblem]
    sheet: str = ""
    key: int = 0
    place: str = ""

    def __post_init__(self) -> None:
        self.key = self.key or self.number
        self.place = self.place or str(self.number)


@dataclass
class Table:
    """The rows of one or more sheets under known headings. ``unknown`` headings are reported and not read.

    ``sheet`` names the sheets that were read; a csv file has none. ``choices``: every visible sheet that holds
    something; ``notes``: what a person should know of how the file was read; ``converted``: whether letters were.
    """

    file: str
    sheet: str
    rows: list[Row]
    labels: dict[str, str]
    unknown: list[str]
    choices: list[Choice] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    answers: Answers = NOTHING_ANSWERED
    converted: bool = False
    kept: set[str] = field(default_factory=set)  # the answers of ``answers.kept`` that were asked for

    def doubt(self, row: Row, key: str, message: str) -> None:
        """Ask whether an odd number is right; nothing when that was answered. Until then its row is not taken."""
        place = f"{row.sheet}:{row.number}" if row.sheet else str(row.number)
        token = f"{place}:{key}:{shown(row.raw.get(key))}"
        if token in self.answers.kept:
            self.kept.add(token)
        else:
            self.refuse(row, key, message)
            row.problems[-1] = replace(row.problems[-1], doubt=token)

    def refuse(self, row: Row, key: str, message: str) -> None:
        """Say what is wrong with a cell."""
        raw = shown(row.raw.get(key))
        row.problems.append(CellProblem(row.sheet, row.number, self.labels.get(key, key), raw, message, key))


def read_table(
    path: Path,
    columns: Sequence[Column],
    name: str = "",
    sheet: str | Sequence[str] | None = None,
    answers: Answers = NOTHING_ANSWERED,
) -> Table:
    """Read the sheets that are named, else every visible sheet that has the headings.

    Raises TableError: not a workbook or csv, no such sheet, no rows; Unsettled: required headings missing, or a
    question that only a person can answer.
    """
    name = name or path.name
    every = _sheets(path, name, columns)
    asked = [sheet] if isinstance(sheet, str) else list(sheet or ())
    for title in asked:
        if not any(fold(one.title) == fold(title) for one in every):
            raise TableError(_("Tệp không có trang tính “%(sheet)s”.") % {"sheet": title})
    found = choosing.consider([(one, lay_out(one, columns, answers)) for one in every], columns, asked)
    if found.refused:
        raise _without_headings(found, columns, asked, answers)
    parts = _settled(found.parts, columns, answers)
    table = _rows(name, parts, columns, answers)
    read = [one.sheet for one in parts]
    table.choices = [
        choosing.choice(one, laid, one in read, columns) for one, laid in found.every if one.lines and not one.hidden
    ]
    table.notes = choosing.notes_of(every, parts)
    table.converted = any(one.converted for one in found.parts)
    return table


def _without_headings(
    found: choosing.Considered, columns: Sequence[Column], asked: Sequence[str], answers: Answers
) -> TableError:
    if hidden := choosing.only_hidden(found, columns, asked):
        return TableError(hidden)
    near = choosing.nearest(found.lacking, columns)
    told = choosing.without_headings(near, columns, asked)
    lacking = found.lacking if asked else [near] if near else []
    listed = {one.sheet.title: headings(one.lines, one.layout, columns, answers) for one in lacking}
    if not any(listed.values()):
        return TableError(told)
    return Unsettled(told, headings_together(listed), [], any(one.converted for one in lacking))


def _settled(parts: Sequence[Laid], columns: Sequence[Column], answers: Answers) -> list[Ready]:
    """Every sheet made ready. Raises Unsettled with what is to be asked of them all."""
    try:
        ready = [make_ready(one, columns, answers) for one in parts]
    except ForeignMoney as error:
        raise TableError(str(error)) from error
    questions = questions_together({one.sheet.title: one.questions for one in ready})
    if questions:
        told = "; ".join(
            _("cột “%(column)s”: %(told)s") % {"column": one.column, "told": one.told} for one in questions
        )
        asked = _("Cần biết rõ trước khi đọc: %(told)s.") % {"told": told}
        raise Unsettled(asked, _headings(ready), questions, any(one.converted for one in parts))
    return ready


def _headings(parts: Sequence[Ready]) -> list[Heading]:
    return headings_together({one.sheet.title: one.headings for one in parts})


def _rows(name: str, parts: Sequence[Ready], columns: Sequence[Column], answers: Answers) -> Table:
    # A column that is not in the file may be at fault too, by what is already known.
    labels = {one.key: one.label for one in columns}
    titles = ", ".join(one.sheet.title for one in parts if one.sheet.title)
    unknown = list(dict.fromkeys(head for part in parts for head in part.layout.unused()))
    table = Table(name, titles, [], labels, unknown, headings=_headings(parts), answers=answers)
    for position, part in enumerate(parts):
        labels.update({key: part.layout.names[index] for index, key in part.layout.found.items()})
        _add_rows(table, part, columns, position if len(parts) > 1 else None)
    if not table.rows:
        raise TableError(_("Dưới dòng tiêu đề không có dòng số liệu nào."))
    return table


def _add_rows(table: Table, part: Ready, columns: Sequence[Column], position: int | None) -> None:
    """``position``: which of several sheets it is."""
    title = part.sheet.title
    for number, line in ((index + 1, line) for index, line in part.rows):
        raw = {key: line[index] if index < len(line) else None for index, key in part.layout.found.items()}
        if not any(shown(cell) for cell in raw.values()):
            continue
        row = Row(number, raw, {}, [], title)
        if position is not None:
            row.key = number + position * _MOST_LINES
            row.place = _("%(row)s (trang “%(sheet)s”)") % {"row": number, "sheet": title}
        table.rows.append(row)
        if len(table.rows) > MOST_ROWS:
            raise TableError(_("Tệp có trên %(most)s dòng; hãy chia nhỏ.") % {"most": MOST_ROWS})
        for column in columns:
            _read_cell(table, row, column, part)


def _read_cell(table: Table, row: Row, column: Column, part: Ready) -> None:
    raw = row.raw.get(column.key)
    if isinstance(raw, str) and (failed := _failed(raw)):
        table.refuse(row, column.key, failed)
        return
    if blank(raw):
        if column.required:
            table.refuse(row, column.key, _("để trống; cần %(help)s") % {"help": column.help or column.label})
        return
    try:
        row.values[column.key] = part.parse.get(column.key, column.read)(raw)
    except ValueError as expected:
        table.refuse(row, column.key, _("cần %(expected)s") % {"expected": expected})


def _failed(raw: str) -> str:
    """What is wrong with a cell whose formula gave no value; nothing for any other."""
    written = raw.strip()
    if written.upper() in ERRORS or _LIBRE_OFFICE_ERROR.fullmatch(written):
        return _("công thức trong ô báo lỗi; hãy sửa công thức hoặc ghi thẳng giá trị")
    if written.startswith("="):
        return _("ô là công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại rồi gửi, hoặc ghi thẳng giá trị")
    return ""


def _sheets(path: Path, name: str, columns: Sequence[Column]) -> list[Sheet]:
    names = [fold(name) for one in columns for name in (one.label, one.key, *one.aliases)]
    try:
        return sheets.read(path, names)
    except Refused as refused:
        raise TableError(_why(path, name, refused)) from refused
    except OSError as error:
        raise TableError(sentences.cannot_open(name)) from error


def _why(path: Path, name: str, refused: Refused) -> str:
    """The true reason: what is no table at all is named by its kind."""
    kind = kinds.look(path.read_bytes()).kind if refused.fault is Fault.BROKEN else None
    if kind is None or kind in (kinds.ZIP, kinds.OLD_OFFICE, *kinds.SHEETS):
        return sentences.unreadable_table(name, refused)
    return sentences.other_kind(name, kind)
