"""Which sheets of a file are read: every visible one with the headings, or those that a person names.

A hidden sheet is never taken silently; what is left out is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.files.sheets import Sheet
from khuyencong.core.tables.cells import Raw, shown
from khuyencong.core.tables.columns import Column
from khuyencong.core.text import fold

LOOK_FOR_HEADS = 15  # rows at the top among which the headings may stand
_NAMED = 10  # hidden rows that a sentence names


@dataclass
class Choice:
    """A sheet that one may read: how many rows it has, whether it was read; why it could not be, if so."""

    title: str
    rows: int
    read: bool
    why_not: str = ""


@dataclass(frozen=True)
class Part:
    """A sheet with the line of its headings: position -> key."""

    sheet: Sheet
    heads: int
    found: dict[int, str]


def headed(sheet: Sheet, columns: Sequence[Column]) -> tuple[Part | None, list[str]]:
    """The sheet with its headings, else the required ones that are missing where the most are found."""
    best: list[str] = []
    for index, line in enumerate(sheet.lines[:LOOK_FOR_HEADS]):
        found = _match(line, columns)
        missing = [one.label for one in columns if one.required and one.key not in found.values()]
        if found and not missing:
            return Part(sheet, index, found), []
        if found and (not best or len(missing) < len(best)):
            best = missing
    return None, best


def without_headings(
    every: Sequence[Sheet], lacking: Sequence[tuple[Sheet, list[str]]], columns: Sequence[Column], asked: Sequence[str]
) -> str:
    """Why no sheet is read: the table is hidden, headings are missing, or there is nothing like it."""
    hidden = [one.title for one in every if one.hidden and one.lines and headed(one, columns)[0] is not None]
    if hidden and not asked:
        return _("Bảng số liệu nằm ở trang tính bị ẩn: %(sheets)s. Hãy bỏ ẩn trang ấy rồi gửi lại.") % {
            "sheets": ", ".join(f"“{title}”" for title in hidden)
        }
    near = min((one for one in lacking if one[1]), key=lambda one: len(one[1]), default=None)
    if near is None:
        expected = ", ".join(one.label for one in columns if one.required)
        return _("Không tìm thấy dòng tiêu đề. Cần các cột: %(columns)s.") % {"columns": expected}
    told = _("Thiếu cột bắt buộc: %(columns)s.") % {"columns": ", ".join(near[1])}
    return _("Trang tính “%(sheet)s”: %(told)s") % {"sheet": near[0].title, "told": told} if len(asked) > 1 else told


def choice(sheet: Sheet, parts: Sequence[Part], columns: Sequence[Column]) -> Choice:
    """A sheet as one is told of it."""
    part = next((one for one in parts if one.sheet is sheet), None) or headed(sheet, columns)[0]
    if part is None:
        return Choice(sheet.title, 0, False, _("không có dòng tiêu đề của bảng này"))
    rows = sum(any(not _blank(line, index) for index in part.found) for line in sheet.lines[part.heads + 1 :])
    return Choice(sheet.title, rows, any(one.sheet is sheet for one in parts))


def _blank(line: Sequence[Raw], index: int) -> bool:
    return index >= len(line) or not shown(line[index])


def notes_of(every: Sequence[Sheet], parts: Sequence[Part]) -> list[str]:
    """Hidden sheets that were left, hidden rows that were read, lines that lie within cells."""
    notes: list[str] = []
    read = [part.sheet for part in parts]
    if hidden := [one.title for one in every if one.hidden and one.lines and one not in read]:
        notes.append(
            _("Không đọc trang tính bị ẩn: %(sheets)s.") % {"sheets": ", ".join(f"“{title}”" for title in hidden)}
        )
    for part in parts:
        rows = [number for number in part.sheet.hidden_rows if part.heads + 1 < number <= len(part.sheet.lines)]
        if rows:
            told = ngettext(
                "Đã đọc cả %(count)s dòng bị ẩn: dòng %(rows)s. Nếu dòng ấy không thuộc bảng, hãy xóa đi rồi gửi lại.",
                "Đã đọc cả %(count)s dòng bị ẩn: các dòng %(rows)s. Nếu các dòng ấy không thuộc bảng, hãy xóa đi rồi "
                "gửi lại.",
                len(rows),
            )
            listed = ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")
            notes.append(told % {"count": len(rows), "rows": listed})
        if joined := sum(more for _number, more in part.sheet.joined):
            told = ngettext(
                "Tệp có %(joined)s dòng chữ nằm trong ô nhiều dòng; hãy so số dòng đọc được với tệp của bạn.",
                "Tệp có %(joined)s dòng chữ nằm trong ô nhiều dòng; hãy so số dòng đọc được với tệp của bạn.",
                joined,
            )
            notes.append(told % {"joined": joined})
    return notes


def _match(line: Sequence[Raw], columns: Sequence[Column]) -> dict[int, str]:
    """Position -> key for the cells of a line that are headings."""
    names = {fold(name): one.key for one in columns for name in (one.label, one.key, *one.aliases)}
    found: dict[int, str] = {}
    for index, cell in enumerate(line):
        key = names.get(_head(shown(cell)))
        if key and key not in found.values():
            found[index] = key
    return found if len(found) >= 2 else {}


def _head(written: str) -> str:
    """A heading without the star of required columns and without a unit in brackets."""
    return fold(written.split("(")[0].replace("*", ""))
