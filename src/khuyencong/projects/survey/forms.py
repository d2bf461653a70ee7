import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core import clock
from khuyencong.core.forms import DayField, MoneyField, our_fields
from khuyencong.projects.survey.models import Survey


class SurveyForm(forms.ModelForm):
    """A survey, in the order in which one walks through an establishment."""

    GROUPS = [
        (gettext_lazy("Lần khảo sát"), "", ["surveyed_on"]),
        (gettext_lazy("Cơ sở cần gì"), gettext_lazy("Ghi theo lời chủ cơ sở; mục tiêu của đề án sẽ lấy từ đây."),
         ["need", "wanted", "estimated_cost"]),
        (gettext_lazy("Cơ sở có gì"), gettext_lazy("Nhìn tận nơi: máy móc, sản lượng, nơi bán, nguồn nguyên liệu."),
         ["equipment", "capacity", "market"]),
        (gettext_lazy("Khả năng đối ứng"), "", ["counterpart", "ready"]),
        (gettext_lazy("Đánh giá của người khảo sát"), "", ["verdict", "conclusion"]),
    ]  # fmt: skip

    class Meta:
        model = Survey
        formfield_callback = our_fields
        fields = [
            "surveyed_on", "need", "wanted", "estimated_cost", "equipment", "capacity", "market", "counterpart",
            "ready", "verdict", "conclusion",
        ]  # fmt: skip
        field_classes = {"surveyed_on": DayField, "estimated_cost": MoneyField, "counterpart": MoneyField}
        widgets = {
            "verdict": forms.RadioSelect,
            **{
                name: forms.Textarea(attrs={"rows": rows})
                for name, rows in (
                    ("need", 3), ("wanted", 2), ("equipment", 3), ("capacity", 2), ("market", 2), ("conclusion", 3),
                )
            },
        }  # fmt: skip
        help_texts = {
            "wanted": gettext_lazy("Tên máy, số lượng, công suất. Ví dụ: máy sấy miến 500 kg một mẻ."),
            "estimated_cost": gettext_lazy("Đồng. Để trống nếu chưa biết giá."),
            "capacity": gettext_lazy("Sản lượng một năm, số ngày làm, số lao động."),
            "counterpart": gettext_lazy("Đồng. Để trống nếu chủ cơ sở chưa tính được."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["surveyed_on"].initial = today
        self.fields["surveyed_on"].widget.attrs["max"] = today.isoformat()
        self.fields["verdict"].choices = Survey.Verdict.choices

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields."""
        return [(title, why, [self[name] for name in names]) for title, why, names in self.GROUPS]

    def clean_surveyed_on(self) -> dt.date:
        """A day that has come."""
        day = self.cleaned_data["surveyed_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Ngày khảo sát chưa đến."))
        return day

    def values(self) -> dict[str, Any]:
        """What to store."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
