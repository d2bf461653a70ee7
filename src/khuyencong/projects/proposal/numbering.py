"""The number of a project that begins here: ``DA-2026-0012``, counted from 1 in each year."""

import re

from khuyencong.core import audit
from khuyencong.projects.record.models import Project

_NUMBER = re.compile(r"[0-9]{1,6}")  # a longer one was not given out here


def next_code(year: int) -> str:
    """The next free number of the year; call inside the writing that uses it.

    Raises RuntimeError outside a writing: two people would get the same number.
    """
    audit.alone()  # locked rows would not be enough: the next number's row is not there yet
    prefix = f"DA-{year}-"
    taken = Project.objects.filter(code__istartswith=prefix).values_list("code", flat=True)
    numbers = [int(number) for code in taken if _NUMBER.fullmatch(number := code[len(prefix) :])]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"
