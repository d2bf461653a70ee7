"""How facts look on paper. A missing fact is a dotted line to be filled in by hand, never an empty place."""

import datetime as dt
from typing import Any

from khuyencong.core.money import vnd, vnd_in_words

DOTS = "…………"


def text(value: Any) -> str:
    """The fact, or dots."""
    return str(value).strip() if value not in (None, "") and str(value).strip() else DOTS


def money(amount: int | None) -> str:
    """``250.000.000 đồng``, or dots."""
    return DOTS if amount is None else f"{vnd(amount).removesuffix('₫').strip()} đồng"


def figure(amount: int | None) -> str:
    """The number alone, for a table whose head names the unit."""
    return DOTS if amount is None else vnd(amount).removesuffix("₫").strip()


def in_words(amount: int | None) -> str:
    """``Hai trăm năm mươi triệu đồng``, or dots."""
    return DOTS if amount is None else vnd_in_words(amount)


def day(value: dt.date | None) -> str:
    """``ngày 05 tháng 3 năm 2026``: days below 10 and the first two months with a 0 before (decree 30/2020/NĐ-CP)."""
    if value is None:
        return f"ngày {DOTS}"
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def short_day(value: dt.date | None) -> str:
    """``05/03/2026``, or dots."""
    return value.strftime("%d/%m/%Y") if value else DOTS
