import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.core.forms import not_read, read_as
from khuyencong.core.money import read_vnd

_WITH_WORDS = re.compile(r"[^\d\s.,-]")
_PLACES = 2
MOST = Decimal(10) ** 15


class AmountField(forms.CharField):
    """How much of an indicator: 1.250.000.000, 1,5 tỷ, 12 or 3,5."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return formats.number_format(f"{value.normalize():f}", use_l10n=True, force_grouping=True)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        expected = _("cần một số, ví dụ 12, 3,5 hoặc 500.000.000.")
        try:
            found = Decimal(read_vnd(text)) if _WITH_WORDS.search(text) else read_as(text, _PLACES, expected)
        except ValueError as why:
            raise not_read(text, why, expected) from why
        if found > MOST:
            raise forms.ValidationError(_("Số này quá lớn."))
        if found < 0 or found != round(found, _PLACES):
            raise not_read(text, ValueError(), expected)
        return found
