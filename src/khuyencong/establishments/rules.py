"""What holds for an establishment and its yearly results. Pure: values in, problems out."""

from collections.abc import Mapping
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.vn import mst

# Workers and money of one year; profit alone may be negative.
COUNTS = ("workers", "women", "ethnic_minority")
MONEY = ("revenue", "output_value", "value_added", "average_wage", "tax_paid", "export_value", "investment")
FIRST_YEAR = 1900  # an earlier year is a slip of the pen
JUMP = 10  # a change by this factor from the year before is more often a slip of the pen than a fact


@dataclass(frozen=True)
class Problem:
    """Something wrong with one field: a code, what was read, and what it must fit (both as plain values)."""

    field: str
    code: str
    value: object = None
    expected: object = None


def clean_tax_code(text: str) -> str:
    """The tax code without spaces: 10 digits, 10-3 for a branch, or 12 for a household business.

    Since 1 July 2025 a household business is known to the tax office by its owner's 12-digit personal
    number (circular 86/2024/TT-BTC); older codes carry a check digit.

    Raises ValueError with what is wrong: "length", "digits" or "checksum".
    """
    compact = text.replace(" ", "").replace(".", "")
    bare = compact.replace("-", "")
    if not bare.isdigit() or not bare.isascii():
        raise ValueError("digits")
    if len(bare) == 12:
        return bare
    if len(bare) not in (10, 13):
        raise ValueError("length")
    try:
        mst.validate(bare)
    except ValidationError as error:
        raise ValueError("checksum") from error
    return bare if len(bare) == 10 else f"{bare[:10]}-{bare[10:]}"


def result_problems(values: Mapping[str, int | None], year: int, founded: int | None, this_year: int) -> list[Problem]:
    """What is wrong with a yearly result; a missing value is never wrong."""
    found = []
    if year < FIRST_YEAR:
        found.append(Problem("year", "too-early", year, FIRST_YEAR))
    if year > this_year:
        found.append(Problem("year", "in-the-future", year, this_year))
    if founded is not None and year < founded:
        found.append(Problem("year", "before-founding", year, founded))
    for name in (*COUNTS, *MONEY):
        value = values.get(name)
        if value is not None and value < 0:
            found.append(Problem(name, "negative", value))
    workers = values.get("workers")
    for name in ("women", "ethnic_minority"):
        part = values.get(name)
        if part is not None and workers is not None and part > workers:
            found.append(Problem(name, "more-than-workers", part, workers))
    revenue, export = values.get("revenue"), values.get("export_value")
    if revenue is not None and export is not None and export > revenue:
        found.append(Problem("export_value", "more-than-revenue", export, revenue))
    return found


def jumps(values: Mapping[str, int | None], before: Mapping[str, int | None]) -> list[Problem]:
    """Values ten times larger or smaller than the year before: to be confirmed, not refused."""
    found = []
    for name in ("revenue", "workers", "output_value", "average_wage", "tax_paid"):
        now, then = values.get(name), before.get(name)
        if now and then and (now >= JUMP * then or then >= JUMP * now):
            found.append(Problem(name, "jump", now, then))
    return found
