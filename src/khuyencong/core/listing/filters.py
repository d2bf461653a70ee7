"""What a list can be narrowed to: each filter is a name in the address bar, a control, and what it does to the rows."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khuyencong.core.days import read_day
from khuyencong.core.text import MOST_LETTERS, clean, words

Choice = tuple[str, str]
# What is put after the rows and the value asked for: rows again, of a query or of a list.
Narrow = Callable[[Any, str], Any]


@dataclass(frozen=True)
class Control:
    """One control above the list, as a template draws it."""

    kind: str
    name: str
    id: str
    label: str
    chosen: str
    choices: Sequence[Choice] = ()
    hint: str = ""

    @property
    def options(self) -> SafeString:
        """The choices of a select, drawn here: a template takes its time over hundreds of communes."""
        drawn = (
            f'<option value="{conditional_escape(value)}"{" selected" if value == self.chosen else ""}>'
            f"{conditional_escape(label)}</option>"
            for value, label in self.choices
        )
        return SafeString("".join(drawn))


@dataclass(frozen=True)
class Chip:
    """A filter in force, which a click removes."""

    name: str
    text: str


@dataclass(frozen=True)
class Hidden:
    """A filter without a control: pages lead here with it, and it is carried along. ``chip``: its words, if any.

    ``valid``: what is understood; anything else counts as ``default``.
    """

    name: str
    narrow: Narrow | None = None
    chip: Callable[[str], str] | None = None
    default: str = ""
    valid: Callable[[str], bool] | None = None

    kind: ClassVar[str] = "hidden"

    def read(self, params: Mapping[str, str]) -> str:
        """What is asked for, as text; empty: nothing."""
        found = clean(params.get(self.name, self.default)[:MOST_LETTERS]).strip()
        return found if self.valid is None or self.valid(found) else self.default

    def applied(self, rows: Any, asked: str) -> Any:
        """The rows that fit."""
        return self.narrow(rows, asked) if asked and self.narrow else rows

    def control(self, asked: str) -> Control | None:
        """How it stands above the list."""
        return Control(self.kind, self.name, "", "", asked) if asked != self.default else None

    def chips(self, asked: str, known: Sequence[Choice] = ()) -> list[Chip]:
        """The chip by which it is removed, while it narrows."""
        told = self.chip(asked) if asked and self.chip else ""
        return [Chip(self.name, told)] if told else []


@dataclass(frozen=True)
class Search(Hidden):
    """A box for words; what has none (``???``) is in no row.

    ``best``: the order in which what was found stands unless another is asked for. Where rows are very many: ``order``
    names another order of the list for words that find too many to sort, and ``count`` tells sooner how many, no
    further than a limit; both may answer with nothing.
    """

    name: str = "q"
    hint: str = ""
    best: tuple[str, ...] = ()
    order: Callable[[str], str] | None = None
    count: Callable[[str, int], int | None] | None = None

    kind: ClassVar[str] = "search"

    def applied(self, rows: Any, asked: str) -> Any:
        """The rows that fit."""
        found = super().applied(rows, asked)
        if not asked or words(asked):
            return found
        return found.none() if isinstance(found, QuerySet) else []

    def control(self, asked: str) -> Control:
        """The box."""
        return Control(self.kind, self.name, "list-q", _("Tìm trong danh sách"), asked, hint=self.hint)

    def chips(self, asked: str, known: Sequence[Choice] = ()) -> list[Chip]:
        """The words."""
        return [Chip(self.name, _("Tìm: %(text)s") % {"text": asked})] if asked else []


@dataclass(frozen=True)
class Select(Hidden):
    """One of several. ``choices`` are worked out only when shown; without any it is left out where ``optional``.

    ``led_to``: shown only while it narrows, because other pages lead here with it; ``choices_for`` then tells only
    what was asked for. ``chip`` puts the words of the choice into a sentence; ``chipped``: whether it has a chip.
    """

    label: str = ""
    choices: Callable[[], Sequence[Choice]] = tuple
    optional: bool = False
    led_to: bool = False
    choices_for: Callable[[str], Sequence[Choice]] | None = None
    chipped: bool = True

    kind: ClassVar[str] = "select"

    def control(self, asked: str) -> Control | None:
        """The control with its choices."""
        if self.led_to and not asked:
            return None
        choices = self.choices_for(asked) if self.choices_for else self.choices()
        if self.optional and not choices and not asked:
            return None
        return Control(self.kind, self.name, f"by-{self.name}", self.label, asked, choices)

    def chips(self, asked: str, known: Sequence[Choice] = ()) -> list[Chip]:
        """The words of what was chosen, one of those ``known``."""
        if not asked or not self.chipped:
            return []
        text = str(dict(known).get(asked, asked))
        return [Chip(self.name, self.chip(text) if self.chip else text)]


@dataclass(frozen=True)
class Day(Hidden):
    """A day. ``otherwise``: the one shown when none is asked for; none: the box is empty."""

    label: str = ""
    id: str = "list-day"
    otherwise: dt.date | None = None

    kind: ClassVar[str] = "day"

    def read(self, params: Mapping[str, str]) -> str:
        """In the ISO form; what is no day is left out."""
        found = read_day(super().read(params))
        return found.isoformat() if found else ""

    def control(self, asked: str) -> Control:
        """The box."""
        shown = asked or (self.otherwise.isoformat() if self.otherwise else "")
        return Control(self.kind, self.name, self.id, self.label, shown)
