"""Heads of the chain that rows of the rooms hold from their own moment, such as reports that were sent."""

from collections.abc import Callable, Iterable

from khuyencong.core.audit import anchor
from khuyencong.core.audit.verifying import Break, unlike
from khuyencong.core.models import AuditHead

Find = Callable[[], Iterable[tuple[str, str]]]

_finders: list[Find] = []


def register(find: Find) -> Find:
    """Let a room give the heads that it holds: of what, and ``number:hash``."""
    _finders.append(find)
    return find


def head() -> str:
    """The head of the chain as it is now, ``number:hash``: what ``khuyencong audit verify --expect`` takes."""
    now = AuditHead.objects.filter(pk=1).first() or AuditHead()
    return f"{now.seq}:{now.hash}"


def unlike_noted() -> tuple[str, Break] | None:
    """The first of the heads held by the rooms that the chain differs from: of what it is, and how it differs."""
    for find in _finders:
        for what, noted in find():
            number, _colon, digest = noted.partition(":")
            seq = int(number)
            found = unlike(seq, digest) if seq else None
            if found and not anchor.is_explained(found.seq):
                return what, found
    return None
