"""The marks of notes in a consolidated text: ``Điều 3.[4] Mức chi``. The notes themselves stand below the text."""

import re
from collections.abc import Sequence
from itertools import pairwise

_MARK = re.compile(r"\s?\[(\d{1,3})\]")
_SEVERAL = 2


def without_marks(lines: Sequence[str]) -> list[str]:
    """The lines without marks; unchanged when the numbers in square brackets do not count up like marks."""
    numbers = [int(found) for line in lines for found in _MARK.findall(line)]
    if len(numbers) < _SEVERAL or any(after < before for before, after in pairwise(numbers)):
        return list(lines)
    return [line if _MARK.match(line) else _MARK.sub("", line) for line in lines]
