"""What stands above and at the head of every list: filters, the chips of those in force, sortable columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Self

from django.utils.translation import gettext as _

Choice = tuple[str, str]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to, each as text. Empty text: not narrowed. A list adds what it knows to ``q``."""

    q: str = ""

    @classmethod
    def read(cls, params: Mapping[str, str]) -> Self:
        """From the address bar; what is not understood is left out."""
        # No database takes a NUL in a text.
        given = {one.name: params.get(one.name, str(one.default)) for one in fields(cls)}
        return cls(**{name: text.replace("\x00", "").strip() for name, text in given.items()})


@dataclass(frozen=True)
class Select:
    """One filter: its name in the address bar, its label, its choices and the one chosen."""

    name: str
    label: str
    choices: list[Choice]
    chosen: str


@dataclass(frozen=True)
class Chip:
    """A filter in force, which a click removes."""

    name: str
    text: str


@dataclass(frozen=True)
class Head:
    """One column head: what a click sorts by next, and how it is sorted now."""

    label: str
    sort: str
    direction: str
    css: str

    @classmethod
    def of(cls, key: str, label: str, css: str, sort: str) -> "Head":
        """The head of the column ``key`` while the list is sorted by ``sort`` ("-" in front: descending)."""
        if sort == key:
            return cls(label, f"-{key}", "ascending", css)
        return cls(label, key, "descending" if sort == f"-{key}" else "", css)


def chips_of(filters: Filters, shown: Iterable[Select]) -> list[Chip]:
    """The words looked for and the choices made, each as a chip."""
    found = [Chip("q", _("Tìm: %(text)s") % {"text": filters.q})] if filters.q else []
    return found + [Chip(one.name, dict(one.choices).get(one.chosen, one.chosen)) for one in shown if one.chosen]
