"""Small habits of our forms."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.core import numbers
from khuyencong.core.days import EARLIEST, LATEST, read_day
from khuyencong.core.money import read_vnd
from khuyencong.core.tables import cells


class WholeField(forms.IntegerField):
    """A whole number, read in any way people write one; asked about where it could be two (``900,000``)."""

    widget = forms.TextInput  # a browser's number box refuses dots and commas, or takes them for a decimal point

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return formats.number_format(value, use_l10n=True, force_grouping=True)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        return int(read_as(str(value), 0, _("cần một số nguyên, ví dụ 1250.")))


class YearField(WholeField):
    """A year: four digits without a mark."""

    def prepare_value(self, value: Any) -> Any:
        return value


class NumberField(forms.DecimalField):
    """A number with decimals, read alike."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return numbers.in_a_box(value) if isinstance(value, Decimal | int) else value

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # Django's own returns a Decimal
        if value in self.empty_values or isinstance(value, Decimal | int):
            return None if value in self.empty_values else Decimal(value)
        return read_as(str(value), self.decimal_places, _("cần một số, ví dụ 22,5."))


class DegreeField(forms.FloatField):
    """A coordinate in degrees: a comma or a point before the decimals, never a mark between thousands."""

    widget = forms.TextInput

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal"}

    def prepare_value(self, value: Any) -> Any:
        return formats.localize(value, use_l10n=True) if isinstance(value, float) else value

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # Django's own returns a float
        """Raises ValidationError."""
        written = str(value or "").strip()
        if not written:
            return None
        told = _("Đọc được “%(value)s”; cần số độ từ -%(limit)s đến %(limit)s, ví dụ 22,84.")
        facts = {"limit": self.limit, "value": written}
        try:
            degrees = cells.decimal(written)
        except ValueError as error:
            raise forms.ValidationError(told, params=facts) from error
        if abs(degrees) > self.limit:
            raise forms.ValidationError(told, params=facts)
        return degrees


def read_as(text: str, places: int | None, expected: str) -> Decimal:
    """The number in a box. Raises ValidationError, with both numbers where two could be meant."""
    try:
        return numbers.read(text, places, numbers.mark_between_thousands())
    except numbers.NotRead as why:
        raise not_read(text, why, expected) from why


def not_read(text: str, why: ValueError, expected: str) -> ValidationError:
    """What is said of a text that is no number, or could be two."""
    if isinstance(why, numbers.TwoReadings):
        return ValidationError(_("Đọc được “%(value)s”, cần %(one)s."), params={"value": text, "one": why})
    return ValidationError(_("Đọc được “%(value)s”, %(expected)s"), params={"value": text, "expected": expected})


def our_fields(field: "models.Field[Any, Any]", **options: Any) -> forms.Field | None:
    """``formfield_callback`` of our model forms: numbers are read as they are everywhere."""
    if not field.choices:
        kinds = ((models.IntegerField, WholeField), (models.DecimalField, NumberField))
        ours = next((form_field for kind, form_field in kinds if isinstance(field, kind)), None)
        if ours:
            options.setdefault("form_class", ours)
    return field.formfield(**options)


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
        except ValueError as why:
            raise not_read(str(value), why, _("cần số tiền bằng đồng, ví dụ 500.000.000.")) from why
