"""The columns of a list: how each is headed, shown on a page and on a phone, sorted by, and written into a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

T = TypeVar("T")


class Phone(StrEnum):
    """What a column is on a phone."""

    TITLE = "title"  # what the row is called
    FACT = "fact"
    NONE = "none"  # not shown


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column.

    ``cell`` gives the text of a row; ``template`` draws a cell with markup, the row as ``item``. ``value`` is what
    stands in a file: text, a number, a day or nothing; without it the column is not in files. ``sort``: what it is
    sorted by, the rest for those alike; ``down_first``: the first click puts the greatest first. ``foot`` gives the
    cell under the column from the list's sums.
    """

    key: str
    label: str
    cell: Callable[[T], Any] | None = None
    template: str = ""
    value: Callable[[T], Any] | None = None
    sort: tuple[str, ...] = ()
    down_first: bool = False
    css: str = ""
    cell_css: str = ""
    phone: Phone = Phone.FACT
    foot: Callable[[Any], Any] | None = None
    width: float = 12

    @property
    def head_class(self) -> str:
        """The classes of its head and foot."""
        return " ".join(filter(None, (self.css, "wide" if self.phone is Phone.NONE else "")))

    @property
    def cell_class(self) -> str:
        """The classes of its cells."""
        main = "main-cell" if self.phone is Phone.TITLE else ""
        return " ".join(filter(None, (main, self.head_class, self.cell_css)))


@dataclass(frozen=True)
class Head:
    """One column head: what a click sorts by next, and how it is sorted now."""

    label: str
    sort: str
    direction: str
    css: str


def head(column: Column[Any], sort: str) -> Head:
    """The head of a column while the list is sorted by ``sort`` ("-" in front: greatest first)."""
    up, down = column.key, f"-{column.key}"
    if not column.sort:
        return Head(column.label, "", "", column.head_class)
    if sort == up:
        return Head(column.label, down, "ascending", column.head_class)
    first = down if column.down_first and sort != down else up
    return Head(column.label, first, "descending" if sort == down else "", column.head_class)


@dataclass(frozen=True)
class Foot:
    """What stands under a column."""

    text: Any
    css: str


@dataclass(frozen=True)
class Piece:
    """A part of a row on the page: ready cells, or the beginning of a cell that a template draws."""

    drawn: SafeString
    template: str = ""


class Row(Generic[T]):
    """Draws the cells of row after row. Ready ones are written here: a template takes its time over a thousand."""

    def __init__(self, columns: Sequence[Column[T]]) -> None:
        self._columns = [(_opening(column), column) for column in columns]

    def pieces(self, item: T) -> list[Piece]:
        """The cells of a row."""
        found: list[Piece] = []
        ready = ""
        for opening, column in self._columns:
            ready += opening
            if column.template:
                found.append(Piece(SafeString(ready), column.template))
                ready = "</td>"
                continue
            text = column.cell(item) if column.cell else None
            ready += f"{'' if text is None else conditional_escape(text)}</td>"
        return [*found, Piece(SafeString(ready))]


def _opening(column: Column[Any]) -> SafeString:
    """How its cells begin. On a phone each row is a card, and a title needs no label there."""
    css = format_html(' class="{}"', column.cell_class) if column.cell_class else ""
    labelled = column.label and column.phone is Phone.FACT
    return format_html("<td{}{}>", css, format_html(' data-label="{}"', column.label) if labelled else "")
