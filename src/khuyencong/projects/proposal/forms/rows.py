"""Rows of a table that one adds to and takes from: the lines of the estimate, the money of other programmes.

An empty row is no row. Rows may be missing in between: the page takes away rows without renumbering.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import MoneyField, NumberField
from khuyencong.core.money import MOST
from khuyencong.planning.queries.programmes import choices as programme_choices
from khuyencong.projects.proposal.actions import Blended, Line

MOST_ROWS = 200


class QuantityField(NumberField):
    """How many, at most three decimals: shown as 1,5."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=3, **kwargs)


class LineForm(forms.Form):
    """One line of the estimate."""

    name = forms.CharField(label=_("Khoản chi"), max_length=200)
    unit = forms.CharField(
        label=_("Đơn vị"), max_length=30, widget=forms.TextInput(attrs={"list": "known-units", "autocomplete": "off"})
    )
    quantity = QuantityField(label=_("Số lượng"), min_value=Decimal("0.001"))
    unit_price = MoneyField(label=_("Đơn giá"), min_value=0, max_value=MOST)
    price_source = forms.CharField(label=_("Nguồn giá"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and self.has_changed() and (self.known_amount or 0) > MOST:
            self.add_error("unit_price", _("Số lượng nhân đơn giá ra một số quá lớn; hãy xem lại hai số này."))
        return data

    @property
    def number(self) -> str:
        """The number that the row bears on the page."""
        return str(self.prefix).rpartition("-")[2]

    def line(self) -> Line:
        """The line as it is kept."""
        return Line(**self.cleaned_data)

    @property
    def known_amount(self) -> int | None:
        """What the line comes to, once its quantity and price can be read."""
        known = _known(self)
        if known.get("quantity") is None or known.get("unit_price") is None:
            return None
        return Line("", "", known["quantity"], known["unit_price"]).amount


class BlendedForm(forms.Form):
    """Money of another programme."""

    programme = forms.ChoiceField(label=_("Chương trình"), choices=programme_choices)
    name = forms.CharField(label=_("Nội dung được hỗ trợ"), max_length=200, required=False)
    amount = MoneyField(label=_("Số tiền"), min_value=1, max_value=MOST)

    @property
    def known_amount(self) -> int | None:
        """How much, once it can be read."""
        return _known(self).get("amount")

    def blended(self) -> Blended:
        """The source as it is kept."""
        return Blended(**self.cleaned_data)


def _known(row: forms.Form) -> dict[str, Any]:
    """What can be read of a row, or what is kept of it."""
    if not row.is_bound:
        return row.initial
    row.is_valid()
    return row.cleaned_data


class Rows(forms.BaseFormSet):
    """Rows with the numbers that they bear on the page, by which their sums find them again."""

    numbers: tuple[int, ...] = ()

    def filled(self) -> list[Any]:
        """The rows in which something stands."""
        return [form for form in self.forms if form.has_changed()]

    def readable(self) -> list[Any]:
        """Those of them that say something whole."""
        return [form for form in self.filled() if not form.errors and form.cleaned_data]

    def numbered(self) -> list[tuple[int, Any]]:
        """Each row with the number that it bears on the page."""
        return list(zip(self.numbers, self.forms, strict=False))


def _set(form: type[forms.Form]) -> type[Rows]:
    return forms.formset_factory(
        form, formset=Rows, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )


LineRows, BlendedRows = _set(LineForm), _set(BlendedForm)


def shown(rows: type[Rows], prefix: str, present: list[dict[str, Any]], data: QueryDict | None) -> Rows:
    """The rows of a page: what is kept or what was typed, and an empty one to go on with."""
    if data is None:
        return rows(prefix=prefix, initial=present)
    fields = list(rows.form.base_fields)
    named = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,6}})-({'|'.join(fields)})")
    there = {int(found[1]) for name in data if (found := named.fullmatch(name)) and data[name].strip()}
    counted = QueryDict(mutable=True)
    for place, number in enumerate(sorted(there)):
        for field in fields:
            counted.setlist(f"{prefix}-{place}-{field}", data.getlist(f"{prefix}-{number}-{field}"))
    counted[f"{prefix}-TOTAL_FORMS"], counted[f"{prefix}-INITIAL_FORMS"] = str(len(there) + 1), "0"
    made = rows(counted, prefix=prefix)
    made.numbers = tuple(sorted(there))
    return made
