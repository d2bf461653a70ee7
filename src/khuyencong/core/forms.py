"""Small habits of our forms."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.core.days import EARLIEST, LATEST, read_day
from khuyencong.core.money import read_vnd


def localized(form: forms.BaseForm, *names: str) -> None:
    """Let these number fields be read and shown in the local form: 1.250.000, 22,84."""
    for name in names:
        field = form.fields[name]
        field.localize = field.widget.is_localized = True
        field.widget.input_type = "text"  # a browser's number box refuses dots and commas
        field.widget.attrs["inputmode"] = "decimal" if isinstance(field, forms.FloatField) else "numeric"


def refuse(form: forms.BaseForm, refused: ValidationError, prefix: str = "") -> None:
    """Put what an action refused beside its field, and above the form what is about none of them.

    ``prefix``: what stands before the action's names in those of the form.
    """
    told = refused.message_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.messages}
    for name, reasons in told.items():
        field = f"{prefix}{name}"
        form.add_error(field if field in form.fields else None, reasons)


class KnownChoices(forms.MultipleChoiceField):
    """Check boxes; a value that is not among the choices (any more) is left out, not refused."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: Any) -> list[str]:
        known = super().valid_value
        return [one for one in super().clean(value) if known(one)]


class DayBox(forms.DateInput):
    """The browser's own calendar; its value is always written 2025-10-15."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        bounds = {"min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
        super().__init__(bounds | (attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, picked in the browser's calendar or written as 15/10/2025."""

    widget = DayBox

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        day = read_day(str(value))
        if day is None:
            raise forms.ValidationError(
                _("Đọc được “%(value)s”, cần một ngày dạng 15/10/2025."), params={"value": value}
            )
        return day


class MoneyField(forms.IntegerField):
    """Whole VND: shown with its dots, which come by themselves while one types; read in any way people write it."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "data-money": "", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return formats.number_format(value, use_l10n=True, force_grouping=True)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        try:
            return read_vnd(str(value))
        except ValueError as error:
            raise forms.ValidationError(
                _("Đọc được “%(value)s”, cần số tiền bằng đồng, ví dụ 500.000.000."), params={"value": value}
            ) from error
