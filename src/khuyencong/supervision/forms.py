from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.core.files.intake import PICTURES, UploadField
from khuyencong.core.forms import DayField, DegreeField, MoneyField, WholeField, YearField, our_fields
from khuyencong.core.validity import valid_on
from khuyencong.people.models import RoleGrant, User
from khuyencong.supervision.models import Answer, ChecklistItem, Finding, Visit


def inspectors() -> Any:
    """The people who inspect."""
    held = RoleGrant.objects.filter(valid_on(clock.today()), role=RoleGrant.RoleName.INSPECTOR).values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("full_name")


class PlanForm(forms.Form):
    """How many projects to look at in which year."""

    year = YearField(label=_("Năm"), min_value=2020, max_value=2100)
    number = WholeField(
        label=_("Số đề án kiểm tra"),
        min_value=1,
        max_value=200,
        help_text=_("Phần lớn theo rủi ro, một phần ngẫu nhiên."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial, self.fields["number"].initial = clock.today().year, 10


class VisitForm(forms.Form):
    """When a visit takes place and who goes."""

    planned_for = DayField(label=_("Ngày dự kiến"))
    inspector = forms.ModelChoiceField(label=_("Người kiểm tra"), queryset=User.objects.none())
    cancelled = forms.BooleanField(label=_("Không kiểm tra nữa"), required=False)

    def __init__(self, visit: Visit | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = inspectors()
        if visit is None:
            del self.fields["cancelled"]
        else:
            self.fields["planned_for"].initial, self.fields["inspector"].initial = visit.planned_for, visit.inspector_id


class AnswersForm(forms.Form):
    """The check-list as it is filled in on the spot."""

    conclusion = forms.CharField(label=_("Kết luận"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    latitude = DegreeField(limit=90, required=False, widget=forms.HiddenInput)
    longitude = DegreeField(limit=180, required=False, widget=forms.HiddenInput)

    def __init__(self, visit: Visit, items: list[ChecklistItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        known = {one.item_id: one for one in visit.answers.all()}
        self.fields["conclusion"].initial = visit.conclusion
        for name in ("latitude", "longitude"):
            self.fields[name].initial = getattr(visit, name)
            self.fields[name].localize = False
        for item in items:
            answer = known.get(item.pk)
            self.fields[f"value-{item.code}"] = forms.ChoiceField(
                label=item.question,
                choices=Answer.Value.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=answer.value if answer else "",
            )
            self.fields[f"note-{item.code}"] = forms.CharField(
                label=_("Ghi chú"), required=False, max_length=300, initial=answer.note if answer else ""
            )

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Answer and remark, question by question."""
        return [(self[f"value-{item.code}"], self[f"note-{item.code}"]) for item in self.items]

    def answers(self) -> dict[str, tuple[str, str]]:
        """Code -> answer and remark."""
        data = self.cleaned_data
        return {
            item.code: (data.get(f"value-{item.code}", ""), data.get(f"note-{item.code}", "")) for item in self.items
        }

    def place(self) -> tuple[float, float] | None:
        """Where the inspector stood, if the telephone told."""
        latitude, longitude = self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude")
        return None if latitude is None or longitude is None else (latitude, longitude)


class PhotoForm(forms.Form):
    """Photos from the telephone, with one caption."""

    files = UploadField(label=_("Ảnh"), intake=PICTURES, several=True, help_text=_("Chọn được nhiều ảnh một lúc."))
    caption = forms.CharField(label=_("Chú thích"), max_length=200, required=False)


class FindingForm(forms.ModelForm):
    """Something wrong, what to do about it and by when."""

    deadline = DayField(label=_("Hạn khắc phục"))
    to_recover = MoneyField(label=_("Phải thu hồi"), required=False, min_value=1, help_text=_("Để trống nếu không."))

    class Meta:
        model = Finding
        formfield_callback = our_fields
        fields = ["severity", "text", "remedy", "deadline", "to_recover"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "remedy": forms.Textarea(attrs={"rows": 2})}


class DoneForm(forms.Form):
    """The day on which it took place."""

    done_on = DayField(label=_("Ngày kiểm tra"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = clock.today()


class RemedyForm(forms.Form):
    """How it was put right."""

    remedy_note = forms.CharField(label=_("Đã khắc phục thế nào"), widget=forms.Textarea(attrs={"rows": 3}))
