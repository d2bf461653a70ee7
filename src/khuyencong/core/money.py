"""Money is whole đồng in an integer. Here it becomes text, and text becomes money."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import gettext, gettext_noop

from khuyencong.core import numbers
from khuyencong.core.number_words import read_out

_STEPS = (
    (1_000_000_000_000, gettext_noop("nghìn tỷ")),
    (1_000_000_000, gettext_noop("tỷ")),
    (1_000_000, gettext_noop("triệu")),
)


def vnd(amount: int | None) -> str:
    """Full form for records: ``1.250.000.000 ₫``; nothing for a missing amount."""
    if amount is None:
        return ""
    return f"{formats.number_format(int(amount), use_l10n=True, force_grouping=True)} ₫"


def vnd_short(amount: int | None) -> str:
    """Short form for cards and charts, at most two decimals: ``1,25 tỷ``."""
    if amount is None:
        return ""
    for size, word in _STEPS:
        if abs(amount) >= size:
            value = (Decimal(amount) / size).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
            return f"{formats.number_format(format(value, 'f'), use_l10n=True)} {unit_name(word)}"
    return vnd(amount)


def unit_name(word: str) -> str:
    """The name of a step of the money scale in the language of the screen."""
    return gettext(word)


def vnd_in_words(amount: int) -> str:
    """As on official papers, in Vietnamese whatever the screen: ``Hai trăm năm mươi triệu đồng``."""
    text = f"{read_out(amount)} đồng"
    return text[:1].upper() + text[1:]


MOST = 10**15  # many times what a province earns in a year; more is a slip, and no database column holds it all

_WRITTEN = re.compile(r"(?P<number>\d[\d., \u00a0]*?)\s*(?P<word>nghìn tỷ|nghìn|ngàn|triệu|tỷ|tỉ)")
_SIZES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9, "nghìn tỷ": 10**12}
_PART = r"(\d{1,9})\s*(nghìn tỷ|nghìn|ngàn|triệu|tr|tỷ|tỉ)"
_TWO_PARTS = re.compile(rf"{_PART}\s*{_PART}", re.ASCII)


def read_vnd(text: str, mark: str | None = None) -> int:
    """Whole VND as people write it: ``500.000.000``, ``500000000 ₫``, ``500 triệu``, ``1,5 tỷ``,
    ``1 tỷ 200 triệu``.

    ``mark``: what stands between thousands where the text comes from; not told: on this screen. Raises TwoReadings
    (``900,000``) and ValueError for anything else, for a part of a đồng and for amounts that nobody can mean.
    """
    written = " ".join(text.casefold().replace("₫", " ").split())
    for currency in ("vnđ", "vnd", "đồng"):
        written = written.removesuffix(currency).strip()
    written = written.removesuffix("đ").strip()
    mark = mark or numbers.mark_between_thousands()
    scaled, whole = _WRITTEN.fullmatch(written), in_two_parts(written)
    if whole is not None:
        amount = Decimal(whole)
    elif scaled:
        amount = _read_scaled(scaled["number"].strip(), mark) * _SIZES[scaled["word"]]
    else:
        amount = numbers.read(written, mark=mark)
    if amount != int(amount) or not 0 <= amount <= MOST:
        raise ValueError(text)
    return int(amount)


def in_two_parts(written: str) -> int | None:
    """``1 tỷ 200 triệu``, small letters, without the currency: the second part is less than one of the first.

    None for anything else; ``1 tỷ 200`` leaves open what the 200 are.
    """
    found = _TWO_PARTS.fullmatch(written)
    if found is None:
        return None
    large, small = _SIZES[found[2]], int(found[3]) * _SIZES[found[4]]
    return int(found[1]) * large + small if small < large else None


def _read_scaled(number: str, mark: str) -> Decimal:
    """What stands before a word like triệu; thousands and decimals at once are a slip."""
    if "." in number and "," in number:
        raise ValueError(number)
    return numbers.read(number, places=None, mark=mark)
