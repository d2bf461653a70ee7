"""The marks of notes in a consolidated text (``Điều 3.[4] Mức chi``), and the notes that stand below it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from khuyencong.law.documents.reading import marks

_MARK = re.compile(r"\s?\[(\d{1,3})\]")
_NOTE = re.compile(r"\[(\d{1,3})\]\s*\S")
_SEVERAL = 2


def divided(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The text, and the notes below: from the first line that begins with a mark of the text above it."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        note = _NOTE.match(line)
        if note and note[1] in seen and not any(map(marks.article_mark, lines[index:])):
            return list(lines[:index]), list(lines[index:])
        seen.update(_MARK.findall(line))
    return list(lines), []


def without_marks(lines: Sequence[str]) -> list[str]:
    """The lines without marks; unchanged when the numbers in square brackets do not count up like marks."""
    numbers = [int(found) for line in lines if not _MARK.match(line) for found in _MARK.findall(line)]
    if len(numbers) < _SEVERAL or any(after < before for before, after in pairwise(numbers)):
        return list(lines)
    return [line if _MARK.match(line) else _MARK.sub("", line) for line in lines]
