"""Money is whole đồng in an integer. Here it becomes text."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import gettext as _

_STEPS = ((1_000_000_000_000, "nghìn tỷ"), (1_000_000_000, "tỷ"), (1_000_000, "triệu"))


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
    return {"nghìn tỷ": _("nghìn tỷ"), "tỷ": _("tỷ"), "triệu": _("triệu")}[word]
