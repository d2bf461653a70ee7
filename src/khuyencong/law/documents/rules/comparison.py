"""Two states of a record side by side: which lines are new, gone or changed, and which words within them."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
_WORDS = re.compile(r"\S+|\s+")
_MANY = 4000  # words beyond which the words of two texts are not compared one by one


class Change(StrEnum):
    """What became of a line or of some words."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Pair(Generic[T]):
    """A line before and after; one of them is missing where it was added or removed."""

    change: Change
    old: T | None
    new: T | None


@dataclass(frozen=True)
class Keyed(Generic[T]):
    """A line with what it is known by (``key``) and what it says (``content``)."""

    key: Hashable
    content: Hashable
    item: T


@dataclass(frozen=True)
class Piece:
    """Some words in a row that stayed, came or went."""

    change: Change
    text: str


def pairs(old: Sequence[Keyed[T]], new: Sequence[Keyed[T]]) -> list[Pair[T]]:
    """Both lists in reading order. A line whose key stays in place is the same line, said differently or not."""
    matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
    found: list[Pair[T]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for before, after in zip(old[a:b], new[c:d], strict=True):
                change = Change.SAME if before.content == after.content else Change.CHANGED
                found.append(Pair(change, before.item, after.item))
        else:
            found += [Pair(Change.REMOVED, one.item, None) for one in old[a:b]]
            found += [Pair(Change.ADDED, None, one.item) for one in new[c:d]]
    return found


def words(old: str, new: str) -> list[Piece]:
    """Which words changed. The pieces that stayed or went make the old text, those that stayed or came the new."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) > _MANY or len(after) > _MANY:
        whole = [Piece(Change.REMOVED, old), Piece(Change.ADDED, new)] if old != new else [Piece(Change.SAME, old)]
        return [piece for piece in whole if piece.text]
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(Change.SAME, "".join(before[a:b])))
            continue
        if a < b:
            found.append(Piece(Change.REMOVED, "".join(before[a:b])))
        if c < d:
            found.append(Piece(Change.ADDED, "".join(after[c:d])))
    return found
