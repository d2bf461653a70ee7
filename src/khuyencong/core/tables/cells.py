"""From what a cell holds to a value. Each parser raises ValueError with what was expected, in words."""

import datetime as dt
import difflib
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from khuyencong.core import numbers
from khuyencong.core.days import EARLIEST, LATEST, read_day
from khuyencong.core.text import clean, fold

Raw = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

_NOTHING = "-‐‑‒–—−._…/ \u00a0\u200b\u202f"  # what stands in a cell that is left empty

_FIRST_DAY = dt.date(1899, 12, 30)  # day 0 of a spreadsheet, for all days since March 1900
_YEAR_OF_SERIALS, _FIRST_SERIAL = 1905, 1945  # the numbers 1945 to 2100 as days all lie in this year
_YEAR = re.compile(r"(?:năm )?(?:\d{1,2}[/-])?(?P<year>(?:19|20|21)\d\d)(?:\.0)?", re.IGNORECASE)
_DAY_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")

MOST = 10**15  # VND: many times what a province earns in a year; more is a slip, and no database column holds it all
MOST_PEOPLE = 1_000_000
MOST_TOLD = 6  # options of a list that a message can hold


def shown(raw: Raw) -> str:
    """What a person sees in the cell."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, dt.datetime | dt.date):
        return raw.strftime("%d/%m/%Y")
    return str(raw).strip()


def text(raw: Raw) -> str:
    """Any cell as text: single spaces, no control characters, letters and marks in one piece (NFC)."""
    return " ".join(clean(shown(raw)).split())


def blank(raw: Raw) -> bool:
    """Whether a cell holds nothing, or only a sign for nothing: ``-``, ``…``."""
    return shown(raw).strip(_NOTHING) == ""


def whole(raw: Raw) -> int:
    """A whole number: 1250000, 1.250.000 or 1 250 000. One comma is refused, for it may be decimal or grouping."""
    value = _whole(raw)
    if abs(value) > MOST:
        raise ValueError(_("một số nhỏ hơn một triệu tỷ"))
    return value


def count(raw: Raw) -> int:
    """A whole number that is not negative."""
    value = whole(raw)
    if value < 0:
        raise ValueError(_("một số không âm"))
    return value


def people(raw: Raw) -> int:
    """How many people."""
    value = count(raw)
    if value > MOST_PEOPLE:
        raise ValueError(_("một số người không quá một triệu"))
    return value


def year(raw: Raw) -> int:
    """A year of four digits: 2019, ``năm 2019``, the year of a day or a month.

    A year in a cell of days is a day of 1905: that number of days after the beginning of the century before.
    """
    if isinstance(raw, dt.datetime | dt.date):
        days = (dt.date(raw.year, raw.month, raw.day) - _FIRST_DAY).days
        if raw.year == _YEAR_OF_SERIALS and days >= _FIRST_SERIAL:
            return days
    written = shown(raw)
    found = _YEAR.fullmatch(fold_spaces(written))
    try:
        value = int(found["year"]) if found else day(raw).year
    except ValueError:
        value = 0
    if not 1900 <= value <= 2100:
        raise ValueError(_("một năm bốn chữ số, ví dụ 2019"))
    return value


def day(raw: Raw) -> dt.date:
    """A day: a date cell, the number a spreadsheet keeps for one, or 15/10/2025 as text; within the same bounds."""
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, dt.date):
        found = raw if EARLIEST <= raw <= LATEST else None
    else:
        written = fold_spaces(shown(raw)).strip(". ")
        serial = int(written) if re.fullmatch(r"\d{5}", written) else 0
        found = _of_serial(serial) if serial else _written_day(written)
    if found is None or not EARLIEST <= found <= LATEST:
        raise ValueError(_("một ngày, ví dụ 15/10/2025"))
    return found


def _of_serial(days: int) -> dt.date | None:
    found = _FIRST_DAY + dt.timedelta(days=days)
    return found if EARLIEST <= found <= LATEST else None


def _written_day(written: str) -> dt.date | None:
    words = _DAY_IN_WORDS.fullmatch(written.casefold())
    bare = re.sub(r"\s*([/.-])\s*", r"\1", _MIDNIGHT.sub("", written))
    return read_day("/".join(words.groups()) if words else bare)


def fold_spaces(written: str) -> str:
    """Single spaces of the plain kind."""
    return " ".join(clean(written).split())


def decimal(raw: Raw) -> float:
    """Degrees: a decimal comma or point, never a mark between thousands."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    written = shown(raw)
    if not re.fullmatch(r"-?\d+([.,]\d+)?", written):
        raise ValueError(_("một số, ví dụ 22,84"))
    return float(written.replace(",", "."))


def choice(raw: Raw, options: Mapping[str, str], others: Mapping[str, str] | None = None) -> str:
    """One of the options (code -> label), written as its label or its code, marks ignored.

    ``others``: label in another language -> code.
    """
    written = fold(shown(raw))
    for code, label in options.items():
        if written in (fold(code), fold(label)):
            return code
    for label, code in (others or {}).items():
        if written == fold(label):
            return code
    raise ValueError(_options_told(written, list(options.values())))


def _options_told(written: str, labels: list[str]) -> str:
    """All labels of a short list; of a long one those that come near."""
    if len(labels) <= MOST_TOLD:
        return _("một trong: %(options)s") % {"options": "; ".join(labels)}
    by_form = {fold(label): label for label in labels}
    near = [label for form, label in by_form.items() if written and written in form]
    near = near or [by_form[form] for form in difflib.get_close_matches(written, by_form, n=3, cutoff=0.4)]
    hint = _("; gần giống: %(near)s") % {"near": "; ".join(near[:3])} if near else ""
    return _("một giá trị trong danh sách của tệp mẫu%(hint)s") % {"hint": hint}


def _whole(raw: Raw) -> int:
    if isinstance(raw, bool):
        raise ValueError(_("một số nguyên"))
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        if raw.is_integer():
            return int(raw)
        raise ValueError(_("một số nguyên, không có phần lẻ"))
    # Accountants write 1.250.000,00: whole all the same.
    written = re.sub(r"(?<=\d)[.,]0{1,2}$", "", shown(raw).removesuffix("₫").removesuffix("đ").strip())
    try:
        return int(numbers.read(written))
    except numbers.TwoReadings:
        raise
    except numbers.NotRead as error:
        raise ValueError(_("một số nguyên, ví dụ 1250000 hoặc 1.250.000")) from error
