"""The form of a proposal: the project's own fields, in the groups in which a proposal is written."""

import datetime as dt
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from khuyencong.core.addresses import number_in
from khuyencong.core.forms import DayField, KnownChoices, MoneyField, WholeField, our_fields
from khuyencong.law.models import ActivityType, SupportNorm
from khuyencong.people import assignments
from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.proposal.actions import FIXED_IN_ADJUSTMENT
from khuyencong.projects.proposal.norm_options import Options, contents, options
from khuyencong.projects.record.models import Project

MONEY = ("support_amount", "counterpart", "expected_revenue", "expected_output", "expected_tax")


class FirstOfAll(forms.ChoiceField):
    """A choice that the content offers; where the one told is none of them, the first."""

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: Any) -> str:
        codes = [str(code) for code, _name in self.choices]
        told = super().clean(value)
        return told if told in codes else next(iter(codes), "")


class ProposalForm(forms.ModelForm):
    """Everything that a proposal says beside its establishments, its estimate and the money of other programmes."""

    GROUPS = {
        "what": (pgettext_lazy("one", "Đề án"), gettext_lazy("Hỗ trợ việc gì, từ nguồn nào."),
                 ["title", "activity", "fund"]),
        "why": (gettext_lazy("Mục tiêu, nội dung, thời gian"), gettext_lazy("Những điều này đi vào tờ trình."),
                ["goals", "scope", "starts_on", "ends_on"]),
        "results": (gettext_lazy("Kết quả dự kiến"),
                    gettext_lazy("Phần tăng thêm nhờ đề án. Điều chưa biết thì để trống, đừng ghi số 0."),
                    ["expected_jobs", "expected_revenue", "expected_output", "expected_tax", "environment"]),
        "who": (gettext_lazy("Tổ chức thực hiện"), "", ["implementer", "responsible", "note"]),
    }  # fmt: skip

    variant = FirstOfAll(label=gettext_lazy("Trường hợp"), required=False)
    conditions = KnownChoices(label=gettext_lazy("Điều kiện được nhân mức tối đa"), required=False)
    units = WholeField(
        label=gettext_lazy("Số lượng"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=gettext_lazy("Mức trần tính cho từng đơn vị, nhân với số này."),
    )

    class Meta:
        model = Project
        formfield_callback = our_fields
        fields = [
            "title", "activity", "fund", "variant", "conditions", "units", "goals", "scope", "starts_on", "ends_on",
            "support_amount", "counterpart", "expected_jobs", "expected_revenue", "expected_output", "expected_tax",
            "environment", "implementer", "responsible", "note",
        ]  # fmt: skip
        field_classes = dict.fromkeys(MONEY, MoneyField) | {"starts_on": DayField, "ends_on": DayField}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "goals": forms.Textarea(attrs={"rows": 3}),
            "scope": forms.Textarea(attrs={"rows": 4}),
            "environment": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "title": gettext_lazy("Ví dụ: Hỗ trợ máy sấy trong sản xuất miến dong tại xã Trùng Khánh."),
            "scope": gettext_lazy("Làm gì, ở đâu, máy gì, công suất bao nhiêu."),
            "support_amount": gettext_lazy("Đề nghị nguồn khuyến công chi. Ví dụ 150.000.000 hoặc 150 triệu."),
            "counterpart": gettext_lazy("Cơ sở thụ hưởng tự bỏ ra."),
            "implementer": gettext_lazy("Đơn vị lập và thực hiện đề án."),
        }

    def __init__(self, project: Project, today: dt.date, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, instance=project, **kwargs)
        self.today = today
        fields = self.fields
        fields["activity"].queryset = contents(today, project.activity_id)
        fields["activity"].empty_label = _("hãy chọn nội dung")
        fields["fund"].choices = [("", _("hãy chọn nguồn")), *Project.Fund.choices]
        fields["responsible"].queryset = assignments.officers(today) | User.objects.filter(pk=project.responsible_id)
        fields["responsible"].empty_label = _("chưa phân công")
        for name in MONEY:
            fields[name].required = False
        if project.state == State.ADJUSTED:
            for name in FIXED_IN_ADJUSTMENT:
                fields[name].disabled = True
        self.options = self._options()
        fields["variant"].choices = self.options.variants
        fields["conditions"].choices = self.options.conditions
        if self.options.asks_units:
            fields["units"].label = _("Số %(unit)s") % {"unit": SupportNorm.Per(self.options.per).label}

    @cached_property
    def content(self) -> ActivityType | None:
        """The content that is chosen."""
        told = str(self["activity"].value() or "")
        if told == str(self.instance.activity_id):
            return self.instance.activity
        return ActivityType.objects.filter(pk=number_in(told)).first()

    def _options(self) -> Options:
        """What the norms of the content that is chosen ask about."""
        content = self.content
        if content is None:
            return Options()
        plain, variant = _("trường hợp chung"), str(self["variant"].value() or "")
        found = options(content, variant, self.today, plain)
        return options(content, found.variant(variant), self.today, plain)

    @property
    def options_of(self) -> str:
        """A mark of what the options were made for."""
        return f"{self['activity'].value() or ''}/{self.options.variant(str(self['variant'].value() or ''))}"

    def shown_options(self) -> list[forms.BoundField]:
        """The fields that depend on the content, those that it has."""
        shows = {
            "variant": len(self.options.variants) > 1,
            "conditions": bool(self.options.conditions),
            "units": self.options.asks_units,
        }
        return [self[name] for name, shown in shows.items() if shown]

    def groups(self) -> dict[str, tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields, of each group."""
        return {key: (title, why, [self[name] for name in names]) for key, (title, why, names) in self.GROUPS.items()}

    def clean_support_amount(self) -> int:
        return self.cleaned_data["support_amount"] or 0

    def clean_counterpart(self) -> int:
        return self.cleaned_data["counterpart"] or 0

    def clean_units(self) -> int:
        return self.cleaned_data["units"] or 1

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Ngày kết thúc sớm hơn ngày bắt đầu (%(day)s).") % {"day": f"{first:%d/%m/%Y}"})
        return data
