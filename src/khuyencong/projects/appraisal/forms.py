from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core.forms import DayField, WholeField, our_fields
from khuyencong.core.text import fold
from khuyencong.people.models import User
from khuyencong.projects.appraisal.models import AppraisalCriterion, Council, Member
from khuyencong.projects.record.models import Project

SEATS = 9


class CouncilForm(forms.Form):
    """Who sits in the council: up to nine seats."""

    decision = forms.CharField(
        label=gettext_lazy("Quyết định thành lập"),
        max_length=100,
        help_text=gettext_lazy("Số quyết định thành lập hội đồng."),
    )
    meets_on = DayField(label=gettext_lazy("Ngày họp"), required=False)

    def __init__(self, project: Project, council: Council | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(pk=project.drafted_by_id).order_by("full_name", "username")
        choices = [("", gettext_lazy("Không có")), *((one.pk, _who(one)) for one in people)]
        seated = list(council.members.order_by("pk")) if council else []
        if council:
            self.fields["decision"].initial, self.fields["meets_on"].initial = council.decision, council.meets_on
        for number in range(SEATS):
            seat = seated[number] if number < len(seated) else None
            self.fields[f"user-{number}"] = forms.TypedChoiceField(
                label=_("Thành viên %(n)s") % {"n": number + 1},
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=seat.user_id if seat else "",
            )
            self.fields[f"role-{number}"] = forms.ChoiceField(
                label=_("Vai trò"),
                choices=Member.Role.choices,
                initial=seat.role if seat else _DEFAULTS.get(number, Member.Role.MEMBER),
            )

    def seats(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Person and role, seat by seat."""
        return [(self[f"user-{number}"], self[f"role-{number}"]) for number in range(SEATS)]

    def members(self) -> list[tuple[User, str]]:
        """The seats that are taken."""
        chosen = [(self.cleaned_data[f"user-{number}"], self.cleaned_data[f"role-{number}"]) for number in range(SEATS)]
        people = User.objects.in_bulk([pk for pk, _role in chosen if pk])
        return [(people[pk], role) for pk, role in chosen if pk]


_DEFAULTS = {0: Member.Role.CHAIR, 1: Member.Role.SECRETARY}


def _who(user: User) -> str:
    return f"{user}, {user.job_title}" if user.job_title else str(user)


class SheetForm(forms.Form):
    """A member's sheet: points and a remark for each criterion, a comment on the whole."""

    comment = forms.CharField(
        label=gettext_lazy("Nhận xét chung"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, criteria: list[AppraisalCriterion], seat: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        scores = {one.criterion_id: one for one in seat.scores.all()}
        self.fields["comment"].initial = seat.comment
        for one in criteria:
            score = scores.get(one.pk)
            self.fields[f"points-{one.code}"] = WholeField(
                label=_("Điểm (nhiều nhất %(most)s)") % {"most": one.most},
                required=False,
                min_value=0,
                max_value=one.most,
                initial=score.points if score else None,
            )
            self.fields[f"remark-{one.code}"] = forms.CharField(
                label=_("Nhận xét"), required=False, max_length=300, initial=score.comment if score else ""
            )

    def lines(self) -> list[tuple[AppraisalCriterion, forms.BoundField, forms.BoundField]]:
        """Criterion, points, remark."""
        return [(one, self[f"points-{one.code}"], self[f"remark-{one.code}"]) for one in self.criteria]

    def points(self) -> dict[str, int | None]:
        """Points by criterion."""
        return {one.code: self.cleaned_data.get(f"points-{one.code}") for one in self.criteria}

    def remarks(self) -> dict[str, str]:
        """Remarks by criterion."""
        return {one.code: self.cleaned_data.get(f"remark-{one.code}", "") for one in self.criteria}


class CriterionForm(forms.ModelForm):
    """A line of the appraisal sheet, from a day on: a new one, or one that takes over from a line of today."""

    replaces = forms.ModelChoiceField(
        label=gettext_lazy("Thay tiêu chí"),
        queryset=AppraisalCriterion.objects.filter(valid_to=None),
        required=False,
        empty_label=gettext_lazy("không thay, đây là tiêu chí mới"),
    )
    valid_from = DayField(label=gettext_lazy("Áp dụng từ"))

    field_order = ("replaces", "name", "most", "least", "position", "valid_from")

    class Meta:
        model = AppraisalCriterion
        formfield_callback = our_fields
        fields = ["name", "most", "least", "position", "valid_from"]
        labels = {"position": gettext_lazy("Thứ tự")}
        help_texts = {"least": gettext_lazy("0 nếu không có mức tối thiểu riêng.")}

    def values(self) -> dict[str, Any]:
        """What the action takes: the code is that of the line replaced, or made from the name."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "replaces"}
        old = self.cleaned_data["replaces"]
        return given | {"code": old.code if old else self._new_code(given["name"])}

    @staticmethod
    def _new_code(name: str) -> str:
        stem = slugify(fold(name))[:34].strip("-") or "tieu-chi"
        taken = set(AppraisalCriterion.objects.filter(code__startswith=stem).values_list("code", flat=True))
        return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)
