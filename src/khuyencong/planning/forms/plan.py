import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import MoneyField, YearField, our_fields
from khuyencong.core.money import MOST
from khuyencong.planning.actions.plans import Content
from khuyencong.planning.forms.basis import BasisField
from khuyencong.planning.forms.money import WithMoney
from khuyencong.planning.models import AnnualPlan, PeriodPlan, PlanLine


class PlanForm(WithMoney):
    """The plan of a year while it is a draft: its money and what it rests on."""

    year = YearField(label=_("Năm"), min_value=2000, max_value=2100)
    period = forms.ModelChoiceField(
        label=_("Thuộc kế hoạch giai đoạn"), required=False, empty_label=_("chưa gắn với giai đoạn nào"),
        queryset=PeriodPlan.objects.exclude(adjusted__state="adopted"),
    )  # fmt: skip
    basis = BasisField(label=_("Căn cứ pháp lý"), required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, plan: AnnualPlan | None, today: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].prepare(plan, today)
        self.add_money(plan)
        if plan is not None:
            del self.fields["year"]
            self.initial |= {"period": plan.period_id, "note": plan.note}

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.clean_money()
        return self.cleaned_data

    def content(self) -> Content:
        """The plan as the actions want it."""
        given = self.cleaned_data
        return Content(given["period"], self.money(), self.fields["basis"].documents(given["basis"]), given["note"])


class PlanLineForm(forms.ModelForm):
    """A line of a draft plan."""

    amount = MoneyField(label=_("Số tiền được giao"), min_value=1, max_value=MOST)

    class Meta:
        model = PlanLine
        formfield_callback = our_fields
        fields = ["fund", "activity", "name", "amount", "decision"]
        help_texts = {
            "activity": _("Để trống nếu dòng dùng cho mọi nội dung."),
            "decision": _("Chỉ ghi khi dòng có quyết định giao riêng, như kinh phí quốc gia."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].empty_label = _("Mọi nội dung")
        if self.instance.from_proposals:  # its money follows the chosen projects
            for name in ("fund", "activity", "amount"):
                self.fields[name].disabled = True

    def _post_clean(self) -> None:
        """The action checks the line and writes it; the instance stays as it is stored."""
