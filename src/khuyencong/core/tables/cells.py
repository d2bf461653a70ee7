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
    """A year of four digits, or that of a date cell; not of 1905, where a year lies that was formatted as a date."""
    try:
        value = day(raw).year if isinstance(raw, dt.datetime | dt.date) else whole(raw)
    except ValueError:
        value = 0
    if not 1900 <= value <= 2100 or (isinstance(raw, str) and "." in raw):
        raise ValueError(_("một năm bốn chữ số, ví dụ 2019"))
    return value


def day(raw: Raw) -> dt.date:
    """A day: a date cell, or 15/10/2025 as text, within the same bounds."""
    found = raw.date() if isinstance(raw, dt.datetime) else raw if isinstance(raw, dt.date) else read_day(shown(raw))
    if found is None or not EARLIEST <= found <= LATEST:
        raise ValueError(_("một ngày, ví dụ 15/10/2025"))
    return found


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
    written = shown(raw).removesuffix("₫").removesuffix("đ").strip()
    try:
        return int(numbers.read(written))
    except numbers.TwoReadings:
        raise
    except numbers.NotRead as error:
        raise ValueError(_("một số nguyên, ví dụ 1250000 hoặc 1.250.000")) from error
