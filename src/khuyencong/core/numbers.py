"""Numbers as people write them, read in one way everywhere: forms, tables, money, the command line.

A Vietnamese hand writes 1.250.000,5 and an English one 1,250,000.5. Where one mark stands once before three digits,
the number alone does not tell which hand it was: what both would write otherwise is asked for, never guessed.
"""

import re
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_BY_SPACE = re.compile(r"-?\d{1,3}(?: \d{3})+(?P<rest>[.,]\d+)?", re.ASCII)
_BY_MARK = re.compile(r"-?\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*(?P<rest>(?!(?P=mark))[.,]\d+)?", re.ASCII)
_ONE_MARK = re.compile(r"(?P<sign>-?)(?P<before>\d+)(?P<mark>[.,])(?P<after>\d+)", re.ASCII)
_DIGITS = re.compile(r"-?\d+", re.ASCII)

_MOST_LETTERS = 60
VIETNAMESE = "."  # the mark between thousands in what comes without a screen: files, commands


class NotRead(ValueError):
    """No number, or not of the kind asked for."""


class TwoReadings(NotRead):
    """Two numbers could be meant; the message says what was expected, with both."""

    def __init__(self, grouped: str, parted: str, whole: bool) -> None:
        told = _("một số nguyên, ghi rõ là %(one)s hay %(other)s") if whole else _("ghi rõ là %(one)s hay %(other)s")
        super().__init__(told % {"one": grouped, "other": parted})


def mark_between_thousands() -> str:
    """The one of the screen."""
    return str(formats.get_format("THOUSAND_SEPARATOR"))


def read(text: str, places: int | None = 0, mark: str = VIETNAMESE) -> Decimal:
    """The number that is written. Raises NotRead, TwoReadings.

    ``places``: the most decimals; 0: a whole number, None: any. ``mark``: what stands between thousands where the text
    comes from: it is taken at its word, for so our own pages write.

    >>> read("1.250.000"), read("1250"), read("1 250"), read("3,5", places=2)
    (Decimal('1250000'), Decimal('1250'), Decimal('1250'), Decimal('3.5'))
    """
    written = _SPACES.sub(" ", text.strip())
    if len(written) > _MOST_LETTERS:
        raise NotRead(text[:_MOST_LETTERS])
    if _DIGITS.fullmatch(written):
        return Decimal(written)
    one = _ONE_MARK.fullmatch(written)
    if one and not _could_group(one):
        return _within(Decimal(f"{one['sign']}{one['before']}.{one['after']}"), places, bare=True)
    if one and one["mark"] != mark:
        raise TwoReadings(one["sign"] + one["before"] + one["after"], _parted(one), whole=places == 0)
    found = _BY_SPACE.fullmatch(written) or _BY_MARK.fullmatch(written)
    if found is None:
        raise NotRead(text)
    rest = found["rest"] or ""
    grouped = re.sub("[., ]", "", written.removesuffix(rest))
    return _within(Decimal(f"{grouped}.{rest[1:] or '0'}"), places)


def in_a_box(value: Decimal | int) -> str:
    """The number as it stands in a box, in the form of the screen and so that it has one reading."""
    text = format(Decimal(value).normalize(), "f")
    one = _ONE_MARK.fullmatch(text)
    text += "0" if one and _could_group(one) else ""
    return str(formats.number_format(text, use_l10n=True, force_grouping=True))


def _could_group(one: re.Match[str]) -> bool:
    return len(one["after"]) == 3 and len(one["before"]) <= 3 and not one["before"].startswith("0")


def _parted(one: re.Match[str]) -> str:
    decimals = one["after"].rstrip("0")
    return f"{one['sign']}{one['before']}{_decimal_mark() + decimals if decimals else ''}"


def _within(value: Decimal, places: int | None, bare: bool = False) -> Decimal:
    """``bare``: nothing but decimals tells of the hand; then zeros count as decimals too."""
    is_whole = value == value.to_integral_value()
    if places == 0 and (bare or not is_whole):
        raise NotRead(_("một số nguyên"))
    return value.to_integral_value() if is_whole else value.normalize()


def _decimal_mark() -> str:
    return str(formats.get_format("DECIMAL_SEPARATOR"))
