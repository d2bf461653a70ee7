"""Passages between quotation marks that run over lines: what an amending document puts into another one."""

from collections.abc import Sequence
from dataclasses import dataclass

_FARTHEST = 400  # lines; a mark that is closed further on was left open by mistake
_BEHIND = " .;,:"


@dataclass(frozen=True)
class Quoted:
    """The lines that lie in such passages, and those where a mark opens that nothing closes."""

    lines: frozenset[int]
    unclosed: tuple[int, ...]


def quoted(lines: Sequence[str]) -> Quoted:
    """Where the passages are. The line that opens one counts only when it begins with the mark."""
    inside: set[int] = set()
    unclosed: list[int] = []
    index = 0
    while index < len(lines):
        end = _end(lines, index)
        if end is None and (_balance(lines[index]) > 0 or _opens_straight(lines[index])):
            unclosed.append(index)
        elif end is not None:
            first = index if lines[index].startswith(("“", '"')) else index + 1
            inside.update(range(first, end + 1))
            index = end
        index += 1
    return Quoted(frozenset(inside), tuple(unclosed))


def _end(lines: Sequence[str], start: int) -> int | None:
    """The line that closes the passage which this line opens; the line itself when it is whole on it."""
    line = lines[start]
    if _balance(line) > 0:
        depth = 0
        for index in range(start, min(len(lines), start + _FARTHEST)):
            depth += _balance(lines[index])
            if depth <= 0:
                return index
        return None
    if line.startswith("“"):
        return start
    if not line.startswith('"'):
        return None
    if _closes(line) and len(line) > 1:
        return start
    if not _opens_straight(line):
        return None  # a word in quotation marks at the head of a sentence
    # Straight marks do not tell which way they point: the one at the end of a line closes.
    return next((i for i in range(start + 1, min(len(lines), start + _FARTHEST)) if _closes(lines[i])), None)


def _opens_straight(line: str) -> bool:
    return line.startswith('"') and line.count('"') % 2 == 1


def _closes(line: str) -> bool:
    return line.rstrip(_BEHIND).endswith('"')


def _balance(line: str) -> int:
    return line.count("“") - line.count("”")
