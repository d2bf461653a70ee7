"""Figures and problems in words."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.yearbook.models import MacroFigure


def problem(code: str) -> str:
    """Why a value or a year is refused."""
    return {
        "negative": _("Giá trị không thể âm."),
        "over-100": _("Tỷ lệ không thể lớn hơn 100 %."),
        "not-whole": _("Số cơ sở, số người phải là số nguyên."),
        "future": _("Năm này chưa đến."),
    }[code]


def number(value: Decimal) -> str:
    """``7.039``, ``22,5``: no idle zeros."""
    plain = format(value.normalize(), "f")
    return formats.number_format(plain, use_l10n=True, force_grouping=True)


def origin(figure: MacroFigure) -> str:
    """Where a figure was read, in one line."""
    day = _("công bố ngày %(day)s") % {"day": f"{figure.published_on:%d/%m/%Y}"} if figure.published_on else ""
    return ". ".join(part for part in (figure.source, day, figure.note) if part)
