from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import MoneyField
from khuyencong.core.money import MOST, vnd
from khuyencong.law.models import ActivityType
from khuyencong.planning import wording
from khuyencong.planning.forms.fields import AmountField
from khuyencong.planning.models import AnnualPlan, Fund, GoalTarget
from khuyencong.planning.rules.changes import Changes, NewLine

_NEW = 2  # lines that one adjustment can add; more are rare, and a second adjustment may follow


class AdjustmentForm(forms.Form):
    """New values beside the present ones; what is left as it is changes nothing."""

    reason = forms.CharField(label=_("Lý do điều chỉnh"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, plan: AnnualPlan, kept: Changes, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(plan.lines.select_related("activity").order_by("fund", "name"))
        self.budgets = {one.source: one.amount for one in plan.budgets.filter(source__in=Fund.values)}
        self.targets = list(GoalTarget.objects.filter(goal__annual=plan).select_related("goal").order_by("pk"))
        for fund in Fund:
            now = self.budgets.get(fund.value, 0)
            self._money(f"budget_{fund.value}", fund.label, kept.budgets.get(fund.value, now), now)
        for one in self.lines:
            told = f"{one.name} ({one.get_fund_display()})"
            self._money(f"line_{one.pk}", told, kept.amounts.get(one.pk, one.amount), one.amount, one.committed)
        for one in self.targets:
            self.fields[f"target_{one.pk}"] = AmountField(
                label=one.goal.name, initial=kept.targets.get(one.pk, one.value),
                help_text=_t("Hiện nay: %(now)s") % {"now": wording.quantity(one.goal.indicator, one.value)},
            )  # fmt: skip
        for place in range(_NEW):
            self._new_line(place, kept.lines[place] if place < len(kept.lines) else None)

    def _money(self, name: str, label: str, value: int, now: int, least: int = 0) -> None:
        told = _t("Hiện nay: %(now)s") % {"now": vnd(now)}
        if least:
            told = _t("Hiện nay: %(now)s, đã giao cho đề án %(least)s") % {"now": vnd(now), "least": vnd(least)}
        self.fields[name] = MoneyField(label=label, min_value=0, max_value=MOST, initial=value, help_text=told)

    def _new_line(self, place: int, kept: NewLine | None) -> None:
        self.fields[f"new_{place}_fund"] = forms.ChoiceField(
            label=_t("Nguồn kinh phí"), choices=[("", _t("hãy chọn")), *Fund.choices], required=False,
            initial=kept.fund if kept else "",
        )  # fmt: skip
        self.fields[f"new_{place}_activity"] = forms.ModelChoiceField(
            label=_t("Nội dung hỗ trợ"), queryset=ActivityType.objects.all(), required=False,
            empty_label=_t("Mọi nội dung"), initial=kept.activity if kept else None,
        )  # fmt: skip
        self.fields[f"new_{place}_name"] = forms.CharField(
            label=_t("Tên dòng kế hoạch"), max_length=200, required=False, initial=kept.name if kept else ""
        )
        self.fields[f"new_{place}_amount"] = MoneyField(
            label=_t("Số tiền được giao"), min_value=1, max_value=MOST, required=False,
            initial=kept.amount if kept else None,
        )  # fmt: skip

    def budget_fields(self) -> list[Any]:
        """For the page."""
        return [self[f"budget_{fund.value}"] for fund in Fund]

    def line_fields(self) -> list[Any]:
        """For the page."""
        return [self[f"line_{one.pk}"] for one in self.lines]

    def target_fields(self) -> list[Any]:
        """For the page."""
        return [self[f"target_{one.pk}"] for one in self.targets]

    def new_fields(self) -> list[list[Any]]:
        """For the page: the fields of each line to add."""
        return [
            [self[f"new_{place}_{name}"] for name in ("name", "fund", "activity", "amount")] for place in range(_NEW)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for place in range(_NEW):
            parts = {name: given.get(f"new_{place}_{name}") for name in ("name", "fund", "amount")}
            if any(parts.values()) and not all(parts.values()):
                for name, value in parts.items():
                    if not value and f"new_{place}_{name}" not in self.errors:
                        self.add_error(f"new_{place}_{name}", _t("Dòng mới cần đủ tên, nguồn và số tiền."))
        return given

    def changes(self) -> Changes:
        """What differs from the plan as it stands."""
        given = self.cleaned_data
        amounts = {one.pk: given[f"line_{one.pk}"] for one in self.lines}
        budgets = {fund.value: given[f"budget_{fund.value}"] for fund in Fund}
        targets = {one.pk: given[f"target_{one.pk}"] for one in self.targets}
        return Changes(
            {one.pk: amounts[one.pk] for one in self.lines if amounts[one.pk] != one.amount},
            {fund: amount for fund, amount in budgets.items() if amount != self.budgets.get(fund, 0)},
            {one.pk: targets[one.pk] for one in self.targets if targets[one.pk] != one.value},
            tuple(
                NewLine(
                    given[f"new_{place}_fund"],
                    given[f"new_{place}_activity"].pk if given[f"new_{place}_activity"] else None,
                    given[f"new_{place}_name"].strip(),
                    given[f"new_{place}_amount"],
                )
                for place in range(_NEW)
                if given[f"new_{place}_name"]
            ),
        )
