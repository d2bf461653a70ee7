"""What a published figure may be. Pure."""

from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 1990, 2100
_WHOLE = ("establishments", "persons")


def value_problem(unit: str, value: Decimal) -> str:
    """Why a value cannot be: ``negative``, ``over-100``, ``not-whole``; empty when it can."""
    if value < 0:
        return "negative"
    if unit == "percent" and value > 100:
        return "over-100"
    return "not-whole" if unit in _WHOLE and value != int(value) else ""


def year_problem(year: int, this_year: int) -> str:
    """Why a year cannot be: ``future`` while it has not come; empty when it can."""
    return "future" if year > this_year else ""
