"""How the cells of a panel are read when they are text as a person wrote it: SQL of DuckDB, column by column.

What has two readings is no reading: ``Odd`` names it, and the person is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MISSING = ("", "na", "n/a", "nan", "null", "none", ".", "-")
_NEVER = r"(chưa|chua|không|khong|never)( .*)?"
_YES = r"1|true|x|✓|có|co|yes|y|đúng|(đã|da)( .*)?|được hỗ trợ"
_NO = rf"0|false|no|n|sai|{_NEVER}"

_POINT = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|(?i)[-+]?inf(inity)?"
_COMMA = r"[-+]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?"
_DECIMAL_POINT = r"[-+]?(\d*\.(\d{1,2}|\d{4,})|\d{4,}\.\d{3}|0\.\d{3})([eE][-+]?\d+)?|[-+]?\d+(\.\d+)?[eE][-+]?\d+"
_DECIMAL_COMMA = r"[-+]?(\d+,(\d{1,2}|\d{4,})|\d{4,},\d{3}|0,\d{3}|\d{1,3}(\.\d{3})+,\d+)"
_DAYS = (r"^(\d{4})-\d{2}-\d{2}( 00:00:00)?$", r"^\d{1,2}[/.-]\d{1,2}[/.-](\d{4})$")
_MONTH = (
    r"\d{4}[-/.]?(m|q|t|th)?(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.]\d{4}|"
    r"(tháng|thang|quý|quy|q|t)\s*\.?([ivx]+|\d{1,2})\s*[-/., năm]*\s*\d{4}"
)
_THREE_BEHIND = r"[-+]?[1-9]\d{0,2}[.,]\d{3}"
_GROUPED = r"[-+]?\d{1,3}(\.\d{3}){2,}"

Ask = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Style:
    """How the numbers of a column are written. ``odd``: a number that has two readings, and how many there are."""

    comma: bool = False
    odd: tuple[str, int] | None = None


def quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def text(column: str) -> str:
    """The cell without blanks around it, letters and marks in one piece, small."""
    return f"lower(nfc_normalize(trim({quoted(column)})))"


def blank(column: str) -> str:
    words = ", ".join(f"'{word}'" for word in MISSING)
    return f"(coalesce({text(column)}, '') IN ({words}))"


def style_of(ask: Ask, column: str) -> Style:
    """The sign for decimals in a column of text. What cannot be told apart is ``odd``."""
    cell = text(column)
    counts = ", ".join(
        f"count(*) FILTER (regexp_full_match({cell}, '{pattern}'))"
        for pattern in (_DECIMAL_POINT, _DECIMAL_COMMA, _GROUPED, _THREE_BEHIND)
    )
    one = f"any_value({cell}) FILTER (regexp_full_match({cell}, '{_THREE_BEHIND}'))"
    found = ask(f"SELECT {counts}, {one} FROM cells")  # noqa: S608 -- patterns of ours, a heading in quotes
    point, comma, grouped, three, example = found[0]
    if three and not point and not comma and not grouped:
        return Style(odd=(example, three))
    return Style(comma=bool(comma or grouped) and not point)


def number(column: str, comma: bool) -> str:
    """The cell as DOUBLE; null where it is blank or no number: ``1_000``, ``0x10`` and ``1 000`` are none."""
    cell = f"trim({quoted(column)})"
    pattern, plain = (_COMMA, f"replace(replace({cell}, '.', ''), ',', '.')") if comma else (_POINT, cell)
    return f"(CASE WHEN regexp_full_match({cell}, '{pattern}') THEN TRY_CAST({plain} AS DOUBLE) END)"


def year(column: str) -> str:
    """``Năm 2015`` and a day in 2015 as 2015; null for what is neither that nor a number."""
    bare = f"regexp_replace({text(column)}, '^(năm|nam|year)\\s+', '')"
    for day in _DAYS:
        bare = f"regexp_replace({bare}, '{day}', '\\1')"
    return f"(CASE WHEN regexp_full_match({bare}, '{_POINT}') THEN TRY_CAST({bare} AS DOUBLE) END)"


def first_year(column: str) -> str:
    """The year of first support; 0 for a word that says never, null where blank."""
    return f"(CASE WHEN regexp_full_match({text(column)}, '{_NEVER}') THEN 0 ELSE {year(column)} END)"


def flag(column: str) -> str:
    """1 for yes (``x``, ``TRUE``, ``có``), 0 for no, null where blank or neither."""
    bare = f"regexp_replace({text(column)}, '\\.0+$', '')"
    yes, no = (f"regexp_full_match({bare}, '{words}')" for words in (_YES, _NO))
    return f"(CASE WHEN {yes} THEN 1.0 WHEN {no} THEN 0.0 END)"


def month(column: str) -> str:
    """Whether the cell names a month or a quarter: ``2015-03``, ``03/2015``, ``2015Q1``, ``Quý I/2015``."""
    return f"regexp_full_match({text(column)}, '{_MONTH}')"
