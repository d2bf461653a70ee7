"""The money of a plan by source, as fields that several forms share."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from khuyencong.core.forms import MoneyField
from khuyencong.core.money import MOST
from khuyencong.planning.actions.plans import Money
from khuyencong.planning.models import AnnualPlan, Fund, PeriodPlan
from khuyencong.planning.queries.programmes import choices

_SLOTS = 2  # free places for other programmes, beside those that are there


class WithMoney(forms.Form):
    """A form with a field for each fund and some pairs of programme and money."""

    def add_money(self, plan: AnnualPlan | PeriodPlan | None) -> None:
        """Make the fields, filled with what the plan has."""
        present = list(plan.budgets.all()) if plan else []
        funds = {one.source: one.amount for one in present if not one.programme_id}
        for fund in Fund:
            self.fields[f"money_{fund.value}"] = MoneyField(
                label=fund.label, min_value=0, max_value=MOST, required=False, initial=funds.get(fund.value)
            )
        blended = [one for one in present if one.programme_id]
        offered = choices()
        self.slots = range(len(blended) + _SLOTS)
        for place in self.slots:
            one = blended[place] if place < len(blended) else None
            self.fields[f"programme_{place}"] = forms.ChoiceField(
                label=_("Chương trình"), choices=offered, required=False, initial=one.programme_id if one else ""
            )
            self.fields[f"programme_money_{place}"] = MoneyField(
                label=_("Số tiền"), min_value=0, max_value=MOST, required=False, initial=one.amount if one else None
            )

    def fund_fields(self) -> list[Any]:
        """The fields of the funds, for the page."""
        return [self[f"money_{fund.value}"] for fund in Fund]

    def programme_fields(self) -> Iterator[tuple[Any, Any]]:
        """The pairs of programme and money, for the page."""
        return ((self[f"programme_{place}"], self[f"programme_money_{place}"]) for place in self.slots)

    def clean_money(self) -> None:
        """A programme needs its money and money its programme; one programme stands once."""
        seen = set()
        for place in self.slots:
            code = self.cleaned_data.get(f"programme_{place}")
            amount = self.cleaned_data.get(f"programme_money_{place}")
            if amount and not code:
                self.add_error(f"programme_{place}", _("Cần chọn chương trình của số tiền này."))
            if code and code in seen:
                self.add_error(f"programme_{place}", _("Chương trình này đã ghi ở trên."))
            seen.add(code)

    def money(self) -> tuple[Money, ...]:
        """The money as the actions want it."""
        given = self.cleaned_data
        funds = [Money(fund.value, given.get(f"money_{fund.value}") or 0) for fund in Fund]
        others = [
            Money("blended", given[f"programme_money_{place}"], given[f"programme_{place}"])
            for place in self.slots
            if given.get(f"programme_{place}") and given.get(f"programme_money_{place}")
        ]
        return (*funds, *others)
