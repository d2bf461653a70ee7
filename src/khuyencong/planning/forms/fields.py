import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.core.money import read_vnd

_SMALL = re.compile(r"\d+[.,]\d{1,2}")
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
        try:
            found = Decimal(text.replace(",", ".")) if _SMALL.fullmatch(text) else Decimal(read_vnd(text))
        except (ValueError, InvalidOperation) as error:
            raise forms.ValidationError(
                _("Đọc được “%(value)s”, cần một số, ví dụ 12, 3,5 hoặc 500.000.000."), params={"value": text}
            ) from error
        if found > MOST:
            raise forms.ValidationError(_("Số này quá lớn."))
        return found
