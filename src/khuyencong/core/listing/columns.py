"""The columns of a list: how each is headed, shown on a page and on a phone, sorted by, and written into a file."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.utils.html import format_html
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
class Cell:
    """One cell of a row on the page: ready text, or the template that draws it."""

    text: Any
    template: str
    css: str
    label: str

    @property
    def drawn(self) -> SafeString:
        """The cell of ready text: written here, for a template takes its time over a thousand cells."""
        return format_html("<td{}>{}</td>", self._class, "" if self.text is None else self.text)

    @property
    def drawn_on_card(self) -> SafeString:
        """The same where each row is a card on a phone."""
        label = format_html(' data-label="{}"', self.label) if self.label else ""
        return format_html("<td{}{}>{}</td>", self._class, label, "" if self.text is None else self.text)

    @property
    def _class(self) -> SafeString | str:
        return format_html(' class="{}"', self.css) if self.css else ""


def cell(column: Column[Any], item: Any) -> Cell:
    """The cell of a row. Under a title no label is needed on a card."""
    label = "" if column.phone is Phone.TITLE else column.label
    return Cell(column.cell(item) if column.cell else "", column.template, column.cell_class, label)
