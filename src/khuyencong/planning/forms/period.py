import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import KnownChoices, MoneyField, WholeField, YearField
from khuyencong.core.money import MOST
from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.planning.actions.periods import Content, Expected
from khuyencong.planning.forms.basis import BasisField
from khuyencong.planning.forms.money import WithMoney
from khuyencong.planning.models import Fund, PeriodPlan

_MORE = 3  # free rows for contents, beside those that are there


class PeriodForm(WithMoney):
    """The plan of a period while it is a draft."""

    name = forms.CharField(label=_("Tên kế hoạch"), max_length=200)
    first_year = YearField(label=_("Từ năm"), min_value=2000, max_value=2100)
    last_year = YearField(label=_("Đến năm"), min_value=2000, max_value=2100)
    industries = KnownChoices(label=_("Ngành nghề ưu tiên"), required=False)
    areas = forms.CharField(
        label=_("Địa bàn ưu tiên"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một xã hoặc một loại địa bàn."),
    )  # fmt: skip
    basis = BasisField(label=_("Căn cứ pháp lý"), required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, plan: PeriodPlan | None, today: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].prepare(plan, today)
        self.fields["industries"].choices = [(str(one.pk), str(one)) for one in EligibleGroup.objects.all()]
        self.add_money(plan)
        present = list(plan.contents.all()) if plan else []
        self.rows = range(len(present) + _MORE)
        offered = [("", _t("hãy chọn")), *((one.pk, str(one)) for one in ActivityType.objects.all())]
        for place in self.rows:
            self._row(place, present[place] if place < len(present) else None, offered)
        if plan is not None:
            self.initial |= {
                name: getattr(plan, name) for name in ("name", "first_year", "last_year", "areas", "note")
            } | {"industries": [str(one.pk) for one in plan.industries.all()]}

    def _row(self, place: int, kept: Any, offered: list[Any]) -> None:
        self.fields[f"activity_{place}"] = forms.ModelChoiceField(
            label=_t("Nội dung hỗ trợ"), queryset=ActivityType.objects.all(), required=False,
            initial=kept.activity_id if kept else None,
        )  # fmt: skip
        self.fields[f"activity_{place}"].choices = offered  # asked once, not for every row
        self.fields[f"fund_{place}"] = forms.ChoiceField(
            label=_t("Nguồn kinh phí"), choices=Fund.choices, required=False,
            initial=kept.fund if kept else Fund.LOCAL.value,
        )  # fmt: skip
        self.fields[f"projects_{place}"] = WholeField(
            label=_t("Số đề án"), min_value=0, max_value=10_000, required=False, initial=kept.projects if kept else None
        )
        self.fields[f"amount_{place}"] = MoneyField(
            label=_t("Số tiền"), min_value=0, max_value=MOST, required=False, initial=kept.amount if kept else None
        )

    def content_fields(self) -> list[list[Any]]:
        """For the page: the fields of each content."""
        return [[self[f"{name}_{place}"] for name in ("activity", "fund", "projects", "amount")] for place in self.rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.clean_money()
        first, last = given.get("first_year"), given.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _t("Năm cuối không thể trước năm đầu."))
        seen = set()
        for place in self.rows:
            activity, key = given.get(f"activity_{place}"), (given.get(f"activity_{place}"), given.get(f"fund_{place}"))
            if given.get(f"amount_{place}") and activity is None:
                self.add_error(f"activity_{place}", _t("Cần chọn nội dung của số tiền này."))
            if activity is not None and key in seen:
                self.add_error(f"activity_{place}", _t("Nội dung này của nguồn này đã ghi ở trên."))
            seen.add(key)
        return given

    def content(self) -> Content:
        """The plan as the actions want it."""
        given = self.cleaned_data
        values = {name: given[name] for name in ("name", "first_year", "last_year", "areas", "note")}
        expected = tuple(
            Expected(
                given[f"activity_{place}"], given[f"fund_{place}"], given[f"projects_{place}"] or 0,
                given[f"amount_{place}"] or 0,
            )
            for place in self.rows
            if given[f"activity_{place}"]
        )  # fmt: skip
        industries = tuple(EligibleGroup.objects.filter(pk__in=[int(key) for key in given["industries"]]))
        return Content(values, industries, self.money(), self.fields["basis"].documents(given["basis"]), expected)
