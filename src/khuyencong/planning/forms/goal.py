from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import YearField
from khuyencong.planning.forms.fields import AmountField
from khuyencong.planning.indicators import INDICATORS, UNIT_NAMES, Frequency
from khuyencong.planning.models import AnnualPlan, Goal, PeriodPlan


class GoalForm(forms.Form):
    """An indicator, where it starts from, and what it should reach in each year."""

    indicator = forms.ChoiceField(label=_("Chỉ tiêu"))
    baseline = AmountField(label=_("Mức xuất phát"), required=False)
    baseline_year = YearField(label=_("Năm xuất phát"), required=False, min_value=2000, max_value=2100)

    def __init__(self, plan: AnnualPlan | PeriodPlan, goal: Goal | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set() if goal else set(plan.goals.values_list("indicator", flat=True))
        self.fields["indicator"].choices = [
            ("", _t("hãy chọn")),
            *(
                (code, f"{one.name} ({UNIT_NAMES[one.unit]})")
                for code, one in INDICATORS.items()
                if one.frequency is not Frequency.NOW and code not in taken
            ),
        ]
        self.years = list(years_of(plan))
        values = {one.year: one.value for one in goal.targets.all()} if goal else {}
        for year in self.years:
            self.fields[f"value_{year}"] = AmountField(
                label=_t("Phải đạt năm %(year)s") % {"year": year}, required=False, initial=values.get(year)
            )
        if goal:
            self.fields["indicator"].disabled = True
            self.initial |= {
                "indicator": goal.indicator, "baseline": goal.baseline, "baseline_year": goal.baseline_year,
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if (given.get("baseline") is None) != (given.get("baseline_year") is None) and not self.errors:
            self.add_error("baseline_year", _t("Mức xuất phát cần có năm, và năm cần có mức."))
        if not self.errors and not self.targets():
            self.add_error(f"value_{self.years[0]}", _t("Cần ít nhất một năm có mức phải đạt."))
        return given

    def targets(self) -> dict[int, Decimal]:
        """Year -> the value to reach."""
        given = ((year, self.cleaned_data.get(f"value_{year}")) for year in self.years)
        return {year: value for year, value in given if value is not None}

    def from_where(self) -> tuple[Decimal, int] | None:
        """The value it starts from and its year."""
        given = self.cleaned_data
        return None if given["baseline"] is None else (given["baseline"], given["baseline_year"])


def years_of(plan: AnnualPlan | PeriodPlan) -> Iterable[int]:
    """The years that a plan sets goals for."""
    return [plan.year] if isinstance(plan, AnnualPlan) else range(plan.first_year, plan.last_year + 1)
