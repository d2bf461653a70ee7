"""Money in a column: one unit for all its cells, one reading of its dots and commas."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.core.money import in_two_parts
from khuyencong.core.tables import units
from khuyencong.core.tables.asking import Question
from khuyencong.core.tables.cells import MOST, Raw, blank, shown
from khuyencong.core.tables.columns import Column, Settled

_MOST_OF_A_COLUMN = 10**13  # what half of the amounts of a column can't go beyond
_CURRENCY = re.compile(r"\s*(vnđ|vnd|đồng|₫|đ)\.?$")
_SCALED = re.compile(r"(?P<number>.*\d)\s*(?P<word>nghìn tỷ|nghìn|ngàn|triệu|tr|tỷ|tỉ)\.?")
_SIZES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9, "nghìn tỷ": 10**12}
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2007\u2009\u202f](?=\d{3})")

_PLAIN = re.compile(r"(?a)-?\d+")
_DOTS, _COMMAS = re.compile(r"(?a)-?\d{1,3}(\.\d{3})+"), re.compile(r"(?a)-?\d{1,3}(,\d{3})+")
_ONE_DOT, _ONE_COMMA = re.compile(r"(?a)-?\d{1,3}\.\d{3}"), re.compile(r"(?a)-?\d{1,3},\d{3}")
_DECIMAL_DOT, _DECIMAL_COMMA = (
    re.compile(r"(?a)-?(\d+|\d{1,3}(,\d{3})+)\.\d+"),
    re.compile(r"(?a)-?(\d+|\d{1,3}(\.\d{3})+),\d+"),
)


def amount(raw: Raw) -> int:
    """Whole VND, not negative."""
    return _not_negative(balance(raw))


def balance(raw: Raw) -> int:
    """Whole VND, which may be negative (a loss)."""
    return _Reader(units.DONG, None)(raw)


def settle(
    column: Column, heading: str, cells: Sequence[Raw], said: Sequence[units.Said], answer: str | None
) -> Settled:
    """One reading for a whole column. ``said``: every unit that stands in its heading or near the table.

    Two units, or amounts that cannot be, are asked about. An answer, which may have been asked for by another sheet,
    does not go against a single unit that is written here and fits.
    """
    reader = _Reader(min((one.size for one in said), default=units.DONG), _comma_is_decimal(cells))
    told = _why_ask(said, reader, cells, column.least)
    if answer and answer.isdecimal() and (told or not said):
        reader = replace(reader, size=int(answer))
    size, negative = reader.size, column.parse is balance
    question = None
    if answer is None and told:
        question = Question(f"unit-{column.key}", heading, told, _options())
    note = ""
    if size != units.DONG:
        facts = {"column": heading, "unit": unit_words(size)}
        note = _("Cột “%(column)s”: số trong tệp tính bằng %(unit)s, đã đổi ra đồng.") % facts
    return Settled(reader if negative else lambda raw: _not_negative(reader(raw)), note, question)


def unit_words(size: int) -> str:
    """``triệu đồng``."""
    words = {
        1: _("đồng"), 10**3: _("nghìn đồng"), 10**4: _("chục nghìn đồng"), 10**5: _("trăm nghìn đồng"),
        10**6: _("triệu đồng"), 10**7: _("chục triệu đồng"), 10**8: _("trăm triệu đồng"),
        10**9: _("tỷ đồng"), 10**10: _("chục tỷ đồng"), 10**11: _("trăm tỷ đồng"),
    }  # fmt: skip
    return words.get(size) or _("nghìn tỷ đồng")


def _options() -> dict[str, str]:
    return {str(size): unit_words(size) for size in units.SIZES}


def _why_ask(said: Sequence[units.Said], reader: "_Reader", cells: Sequence[Raw], least: int) -> str:
    by_size = {one.size: one.read for one in said}
    if len(by_size) > 1:
        read = "; ".join(f"“{words}”" for words in by_size.values())
        return _("tệp ghi hai đơn vị khác nhau: %(read)s") % {"read": read}
    found = []
    for cell in cells:
        try:
            value = 0 if blank(cell) else reader(cell)
        except ValueError:
            continue
        if value:
            found.append(abs(value))
    middle = statistics.median(found) if found else least
    if middle < least:
        return _("phần lớn các số ở mức %(middle)s đồng, quá nhỏ") % {"middle": _grouped(int(middle))}
    if middle > _MOST_OF_A_COLUMN:
        return _("phần lớn các số ở mức %(middle)s đồng, quá lớn") % {"middle": _grouped(int(middle))}
    return ""


@dataclass(frozen=True)
class _Reader:
    """Reads a cell of a column in one unit. ``comma``: whether the comma is the decimal sign; None: not known."""

    size: int
    comma: bool | None

    def __call__(self, raw: Raw) -> int:
        value = self._value(raw)
        if abs(value) > MOST:
            raise ValueError(_("một số nhỏ hơn một triệu tỷ"))
        return value

    def _value(self, raw: Raw) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            raise ValueError(_("một số tiền, ví dụ 1250000 hoặc 1.250.000"))
        if isinstance(raw, int | float):
            return self._whole(Decimal(str(raw)), self.size)
        written, currency = _bare(raw)
        if (whole := in_two_parts(written.removeprefix("-"))) is not None:
            return -whole if written.startswith("-") else whole
        scaled = _SCALED.fullmatch(written)
        size = _SIZES[scaled["word"]] if scaled else units.DONG if currency else self.size
        number = _SPACES.sub("", scaled["number"].strip() if scaled else written)
        return self._whole(self._read(number, size), size)

    def _read(self, number: str, size: int) -> Decimal:
        if _PLAIN.fullmatch(number):
            return Decimal(number)
        for one, mark, is_decimal in ((_ONE_DOT, ".", self.comma is False), (_ONE_COMMA, ",", self.comma is True)):
            if not one.fullmatch(number) or (mark == "." and size == units.DONG):
                continue  # in đồng there is no part of one: a dot before three figures can only group them
            if is_decimal or number.lstrip("-").startswith("0"):
                return Decimal(number.replace(mark, "."))
            if self.comma is None:
                small = format(Decimal(number.replace(mark, ".")).normalize(), "f").replace(".", ",")
                facts = {"large": number.replace(mark, ""), "small": small}
                raise ValueError(_("cách ghi rõ hơn: số này có thể là %(large)s hoặc %(small)s") % facts)
        if _DOTS.fullmatch(number) or _COMMAS.fullmatch(number):
            return Decimal(re.sub(r"[.,]", "", number))
        if _DECIMAL_COMMA.fullmatch(number):
            return Decimal(number.replace(".", "").replace(",", "."))
        if _DECIMAL_DOT.fullmatch(number):
            return Decimal(number.replace(",", ""))
        raise ValueError(_("một số tiền, ví dụ 1250000 hoặc 1.250.000"))

    def _whole(self, value: Decimal, size: int) -> int:
        amount = value * size
        if amount != int(amount):
            if size == units.DONG:
                raise ValueError(_("một số nguyên, không có phần lẻ"))
            amount = amount.quantize(Decimal(1), ROUND_HALF_UP)
        return int(amount)


def _bare(raw: str) -> tuple[str, bool]:
    """The amount without the word for the currency, and whether that word stood there."""
    written = shown(raw).casefold().lstrip("'")
    bare = _CURRENCY.sub("", written)
    return bare.strip(), bare != written


def _comma_is_decimal(cells: Sequence[Raw]) -> bool | None:
    """What the cells of a column tell together: ``12,5`` says that 1.250 has no decimals, ``12.5`` that 1,250 has none.

    None when none tells, or when they contradict each other.
    """
    told = set()
    for cell in cells:
        if not isinstance(cell, str):
            continue
        number = _SPACES.sub("", _bare(cell)[0])
        if re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}(,\d+)?|-?\d+,(\d{1,2}|\d{4,})|-?\d{1,3}(\.\d{3})+,\d+", number):
            told.add(True)
        elif re.fullmatch(r"-?\d{1,3}(,\d{3}){2,}(\.\d+)?|-?\d+\.(\d{1,2}|\d{4,})|-?\d{1,3}(,\d{3})+\.\d+", number):
            told.add(False)
    return told.pop() if len(told) == 1 else None


def _not_negative(value: int) -> int:
    if value < 0:
        raise ValueError(_("một số không âm"))
    return value


def _grouped(value: int) -> str:
    return str(formats.number_format(value, use_l10n=True, force_grouping=True))
