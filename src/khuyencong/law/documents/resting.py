"""What in the system rests on a document: the parts above the documents say what of theirs does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from khuyencong.law.documents.models import LegalDocument

# Given a document, the adopted records of one kind that name it.
Finder = Callable[[LegalDocument], Iterable[Any]]

_FINDERS: dict[str, Finder] = {}


def register(kind: str, finder: Finder) -> None:
    """Say how the records of a kind ("norms", "rules", "duties") are found; once, when the product starts."""
    _FINDERS[kind] = finder


@dataclass(frozen=True)
class Resting:
    """The adopted records that name the document, by kind."""

    found: dict[str, list[Any]]

    def __getitem__(self, kind: str) -> list[Any]:
        return self.found[kind]

    def __len__(self) -> int:
        return sum(len(records) for records in self.found.values())


def on(document: LegalDocument) -> Resting:
    """Everything adopted that rests on the document."""
    return Resting({kind: list(finder(document)) for kind, finder in _FINDERS.items()})
