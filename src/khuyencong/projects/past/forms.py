import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuyencong.core import clock
from khuyencong.core.forms import DayField, MoneyField, YearField, our_fields
from khuyencong.core.money import MOST, vnd
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.rules import clean_tax_code
from khuyencong.people.models import User
from khuyencong.people.queries import within
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.past.actions.writing import Told, known_of
from khuyencong.projects.past.rules import Event
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.rules import money_problem, year_problem


class ProjectForm(forms.ModelForm):
    """A project that ran before this system or beside it: what it was, its money, and its days as far as known."""

    GROUPS = [
        (pgettext_lazy("one", "Đề án"), _("Như trong quyết định phê duyệt."),
         ["code", "title", "activity", "fund"]),
        (_("Cơ sở thụ hưởng"), _("Mỗi dòng một số đăng ký hoặc mã số thuế của cơ sở."), ["beneficiaries"]),
        (_("Kinh phí"), _("Đồng. Tổng kinh phí gồm phần hỗ trợ, vốn đối ứng và nguồn lồng ghép nếu có."),
         ["support_amount", "counterpart", "blended", "total_cost"]),
        (_("Đã đi đến đâu"), _("Ghi những ngày còn biết; ngày nào không rõ thì để trống."),
         ["state", "accepted_year", "approved_on", "contracted_on", "accepted_on", "settled_on"]),
        (_("Hợp đồng"), _("Nếu còn lưu."), ["contract_number", "paid"]),
        (_("Ghi chú"), "", ["note"]),
    ]  # fmt: skip

    beneficiaries = forms.CharField(label=_("Cơ sở"), widget=forms.Textarea(attrs={"rows": 3}))
    blended = MoneyField(
        label=_("Vốn lồng ghép"), required=False, min_value=0, max_value=MOST,
        help_text=_("Tiền của chương trình khác; để trống thì lấy phần còn lại của tổng kinh phí."),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Theo các ngày ghi bên dưới")), *Project.State.choices]
    )
    approved_on = DayField(label=_("Ngày phê duyệt"), required=False)
    contracted_on = DayField(label=_("Ngày ký hợp đồng"), required=False)
    accepted_on = DayField(label=_("Ngày nghiệm thu"), required=False)
    settled_on = DayField(label=_("Ngày quyết toán"), required=False)
    contract_number = forms.CharField(label=_("Số hợp đồng"), required=False, max_length=60)
    paid = MoneyField(label=_("Số tiền đã chi"), required=False, min_value=0, max_value=MOST)

    class Meta:
        model = Project
        formfield_callback = our_fields
        field_classes = dict.fromkeys(("support_amount", "counterpart", "total_cost"), MoneyField) | {
            "accepted_year": YearField
        }
        fields = [
            "code",
            "title",
            "activity",
            "fund",
            "accepted_year",
            "support_amount",
            "counterpart",
            "total_cost",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "title": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"accepted_year": _("Năm nghiệm thu; để trống nếu chưa nghiệm thu.")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            self.fields["beneficiaries"].initial = "\n".join(
                self.instance.establishments.order_by("code").values_list("code", flat=True)
            )
            self._show(known_of(self.instance))

    def _show(self, known: Told) -> None:
        shown = {
            "state": known.state.value if known.state else "",
            "blended": self.instance.blended or None,
            "contract_number": known.contract_number,
            "paid": known.paid or None,
            **{event.value: day for event, day in known.days.items()},
        }
        for name, value in shown.items():
            self.fields[name].initial = value

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields."""
        return [(title, why, [self[name] for name in names]) for title, why, names in self.GROUPS]

    def clean_beneficiaries(self) -> list[Establishment]:
        """The establishments, each looked up within the person's reach."""
        found, unknown = [], []
        mine = Establishment.objects.filter(within(self.user, Permission.PROJECTS_EDIT)).select_related("commune")
        for text in filter(None, map(str.strip, re.split(r"[;,\n]", self.cleaned_data["beneficiaries"]))):
            one = mine.filter(code__iexact=text).first() or mine.filter(tax_code=_tax_code(text)).first()
            (unknown if one is None else found).append(text if one is None else one)
        if unknown:
            raise forms.ValidationError(
                _("Không tìm thấy cơ sở có số đăng ký hoặc mã số thuế: %(unknown)s."),
                params={"unknown": ", ".join(unknown)},
            )
        if not found:
            raise forms.ValidationError(_("Cần ít nhất một cơ sở thụ hưởng."))
        return list(dict.fromkeys(found))

    def clean_code(self) -> str:
        """The number, which no other project bears in capitals or small letters."""
        code = self.cleaned_data["code"].strip()
        taken = Project.objects.filter(code__iexact=code).exclude(pk=self.instance.pk).first()
        if taken is not None:
            raise forms.ValidationError(_("Số này đã thuộc về đề án “%(title)s”."), params={"title": taken.title})
        return code

    def clean_accepted_year(self) -> int | None:
        """A year that has come."""
        year = self.cleaned_data["accepted_year"]
        if year_problem(year, clock.today().year):
            raise forms.ValidationError(_("Năm nghiệm thu chưa đến; để trống nếu chưa nghiệm thu."))
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        amounts = [data.get(name) for name in ("support_amount", "counterpart", "total_cost")]
        if None not in amounts:
            over = money_problem(*amounts)
            if over is not None:
                self.add_error(
                    "total_cost",
                    _("Tổng kinh phí nhỏ hơn phần hỗ trợ cộng vốn đối ứng %(over)s.") % {"over": vnd(over)},
                )
        return data

    def values(self) -> dict[str, Any]:
        """What to store, the establishments apart."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def told(self) -> Told:
        """What the form tells of the project's past."""
        given = self.cleaned_data
        return Told(
            State(given["state"]) if given["state"] else None,
            {event: given[event.value] for event in Event if given[event.value]},
            given["blended"],
            given["contract_number"].strip(),
            given["paid"],
        )


def _tax_code(text: str) -> str:
    """The code as it is stored, or a text that no establishment has."""
    try:
        return clean_tax_code(text)
    except ValueError:
        return text
