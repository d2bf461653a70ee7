"""Which sheets of a file are read: every visible one with the headings, or those that a person names.

A hidden sheet is never taken silently; what is left out is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.files.sheets import Sheet
from khuyencong.core.tables import layout
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.sheet_ready import Laid, Ready
from khuyencong.core.text import fold

_NAMED = 10  # hidden rows that a sentence names


@dataclass
class Choice:
    """A sheet that one may read: how many rows it has, whether it was read; why it was not, if so.

    One with rows may be asked for: then a person says what its headings mean.
    """

    title: str
    rows: int
    read: bool
    why_not: str = ""


@dataclass(frozen=True)
class Considered:
    """The sheets of a file: ``parts`` to be read, ``lacking`` with headings that are not enough."""

    every: Sequence[tuple[Sheet, Laid | None]]
    parts: Sequence[Laid]
    lacking: Sequence[Laid]
    refused: bool  # none can be read, or not all that were asked for


def consider(every: Sequence[tuple[Sheet, Laid | None]], columns: Sequence[Column], asked: Sequence[str]) -> Considered:
    """``asked``: titles; none means every visible sheet with the headings."""
    wanted = {fold(title) for title in asked}
    considered = [one for one in every if (fold(one[0].title) in wanted if asked else not one[0].hidden)]
    laid = [found for _sheet, found in considered if found is not None]
    parts = [one for one in laid if _whole(one, columns)]
    lacking = [one for one in laid if not _whole(one, columns)]
    short = bool(asked) and len(parts) < sum(bool(sheet.lines) for sheet, _laid in considered)
    return Considered(every, parts, lacking, not parts or short)


def nearest(lacking: Sequence[Laid], columns: Sequence[Column]) -> Laid | None:
    """The sheet whose headings say the most."""
    return min(lacking, key=lambda one: (not one.layout.found, len(one.layout.missing(columns))), default=None)


def only_hidden(found: Considered, columns: Sequence[Column], asked: Sequence[str]) -> str:
    """Said when the one table of the file is hidden; nothing else."""
    hidden = [] if asked else [one.title for one, laid in found.every if one.hidden and laid and _whole(laid, columns)]
    if not hidden:
        return ""
    return _("Bảng số liệu nằm ở trang tính bị ẩn: %(sheets)s. Hãy bỏ ẩn trang ấy rồi gửi lại.") % {
        "sheets": ", ".join(f"“{title}”" for title in hidden)
    }


def without_headings(near: Laid | None, columns: Sequence[Column], asked: Sequence[str]) -> str:
    """Why no sheet is read: headings are missing, or there is nothing like them."""
    if near is None or not near.layout.found:
        expected = ", ".join(one.label for one in columns if one.required)
        return _("Không tìm thấy dòng tiêu đề. Cần các cột: %(columns)s.") % {"columns": expected}
    told = _lacks(near, columns)
    title = near.sheet.title
    return _("Trang tính “%(sheet)s”: %(told)s") % {"sheet": title, "told": told} if len(asked) > 1 else told


def choice(sheet: Sheet, laid: Laid | None, read: bool, columns: Sequence[Column]) -> Choice:
    """A sheet as one is told of it."""
    if laid is None or not laid.layout.found:
        return Choice(sheet.title, 0, False, _("không có dòng tiêu đề của bảng này"))
    rows = sum(why is None for _index, _line, why in layout.below(laid.lines, laid.layout, columns))
    return Choice(sheet.title, rows, read, "" if _whole(laid, columns) else _lacks(laid, columns))


def notes_of(every: Sequence[Sheet], parts: Sequence[Ready]) -> list[str]:
    """How the sheets were read; hidden ones that were left, hidden rows that were read, lines that lie within cells."""
    notes: list[str] = []
    read = [part.sheet for part in parts]
    if hidden := [one.title for one in every if one.hidden and one.lines and one not in read]:
        notes.append(
            _("Không đọc trang tính bị ẩn: %(sheets)s.") % {"sheets": ", ".join(f"“{title}”" for title in hidden)}
        )
    told_by: dict[str, list[str]] = {}
    for part in parts:
        for told in [*part.notes, *_notes_of_lines(part)]:
            told_by.setdefault(told, []).append(part.sheet.title)
    for told, titles in told_by.items():
        everywhere = len(titles) == len(parts)
        facts = {"sheet": "”, “".join(titles), "told": told}
        notes.append(told if everywhere else _("Trang tính “%(sheet)s”: %(told)s") % facts)
    return notes


def _notes_of_lines(part: Ready) -> list[str]:
    notes = []
    below = part.layout.last + 1
    rows = [number for number in part.sheet.hidden_rows if below < number <= len(part.sheet.lines)]
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


def _whole(laid: Laid, columns: Sequence[Column]) -> bool:
    return bool(laid.layout.found) and not laid.layout.missing(columns)


def _lacks(laid: Laid, columns: Sequence[Column]) -> str:
    return _("Thiếu cột bắt buộc: %(columns)s.") % {"columns": ", ".join(laid.layout.missing(columns))}
