"""Filters above a page that is no list, such as a dashboard or a map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self

from khuyencong.core.listing.filters import Chip, Choice, Control
from khuyencong.core.text import MOST_LETTERS, clean


@dataclass(frozen=True)
class Asked:
    """What the page is narrowed to, each as text; a page adds what it knows. Empty text: not narrowed."""

    @classmethod
    def read(cls, params: Mapping[str, str]) -> Self:
        """From the address bar; what is not understood is left out."""
        known = {one.name: params.get(one.name, str(one.default)) for one in fields(cls)}
        return cls(**{name: clean(text[:MOST_LETTERS]).strip() for name, text in known.items()})


def select(name: str, label: str, choices: Sequence[Choice], chosen: str) -> Control:
    """One of several."""
    return Control("select", name, f"by-{name}", label, chosen, choices)


def chips_of(shown: Iterable[Control]) -> list[Chip]:
    """The choices made."""
    return [Chip(one.name, dict(one.choices).get(one.chosen, one.chosen)) for one in shown if one.chosen]
