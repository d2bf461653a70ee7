"""The order of a list: ties are decided to the last, and what is not known stands at the end in either direction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# What a row has of each thing that the list is sorted by: it says where the row stands.
Place = tuple[Any, ...]


@dataclass(frozen=True)
class Term:
    """One thing to sort by: ``path`` leads from the row to it, ``__`` between the names; ``down``: greatest first."""

    path: str
    down: bool = False

    @classmethod
    def read(cls, text: str) -> "Term":
        """From ``name`` or ``-name``."""
        return cls(text.removeprefix("-"), text.startswith("-"))

    def value(self, row: Any) -> Any:
        """What the row has; None where the way to it ends early."""
        for name in self.path.split("__"):
            if row is None:
                return None
            row = getattr(row, name)
        return row


@dataclass(frozen=True)
class Order:
    """Terms of which the last ones tell every row from every other. Without terms: a list as it was given."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def by(cls, keys: Iterable[str], unique: Sequence[str] = ("pk",)) -> "Order":
        """Sorted by these, ``-`` in front of one: greatest first; alike rows by ``unique``."""
        terms = [Term.read(key) for key in keys]
        named = {term.path for term in terms}
        return cls((*terms, *(Term.read(key) for key in unique if key.removeprefix("-") not in named)))

    def place(self, row: Any) -> Place:
        """Where a row stands."""
        return tuple(term.value(row) for term in self.terms)

    def compare(self, one: Place, other: Place) -> int:
        """Below nought: the first stands before the second."""
        for term, mine, theirs in zip(self.terms or (Term("position"),), one, other, strict=True):
            if mine == theirs:
                continue
            if mine is None or theirs is None:
                return 1 if mine is None else -1
            return -1 if (mine < theirs) is not term.down else 1
        return 0

    def __str__(self) -> str:
        """Spelled out, so that a mark made in one order is not read in another."""
        return ",".join(f"{'-' if term.down else ''}{term.path}" for term in self.terms)
