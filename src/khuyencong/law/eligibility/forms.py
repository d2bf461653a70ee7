"""Forms for rules of eligibility, criteria of priority and the area statuses of communes."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import DayField, our_fields
from khuyencong.law.documents.forms.fields import ArticleField, DocumentField
from khuyencong.law.documents.models import DatedRule
from khuyencong.law.eligibility import wording
from khuyencong.law.eligibility.actions import value_kind
from khuyencong.law.eligibility.models import AreaStatus, EligibilityRule, PriorityCriterion
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes, resolve
from khuyencong.places.rules import Status

WHOLE_LINES = 500  # pasted names; a province has some hundred communes


class DatedRuleForm(forms.ModelForm):
    """What rules and criteria have in common: what passes, the article, the days, what it replaces."""

    values = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    document = DocumentField(label=_("Văn bản"), required=False, help_text=_("Số, ký hiệu, ví dụ 45/2012/NĐ-CP."))
    path = ArticleField(label=_("Điều khoản"), required=False, help_text=_("Ví dụ: khoản 4 Điều 8."))
    valid_from = DayField(label=_("Áp dụng từ"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết ngày hết."))
    takes_over = forms.TypedChoiceField(
        label=_("Vì sao thay"),
        choices=[
            ("yes", _("Quy định thay đổi: bản cũ vẫn đúng đến hết ngày trước ngày áp dụng")),
            ("no", _("Bản cũ ghi sai: bản này thay hẳn, cả cho những ngày trước")),
        ],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        required=False,
        empty_value=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = wording.known_values(value_kind(self.instance))
        if known:
            self.fields["values"].choices = list(known.items())
            self.fields["values"].required = True
        else:
            del self.fields["values"]
        if self.instance.replaces_id:
            self.initial["takes_over"] = "yes" if self.instance.takes_over else "no"
        else:
            del self.fields["takes_over"]

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields; what this kind does not ask is left out."""
        return [
            (title, why, [self[name] for name in names if name in self.fields])
            for title, why, names in self.GROUPS
            if any(name in self.fields for name in names)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày hết ở trước ngày bắt đầu."))
        if data.get("path") and not data.get("document") and "document" not in self.errors:
            self.add_error("document", _("Hãy ghi văn bản có điều khoản này."))
        return data

    def record(self) -> DatedRule:
        """The record as typed, not yet saved."""
        record = self.instance
        record.values = self.cleaned_data.get("values", [])
        return record


class RuleForm(DatedRuleForm):
    """One condition of eligibility."""

    GROUPS = [
        (_("Quy định"), _("Viết gọn đúng ý của điều khoản."), ["name", "values"]),
        (_("Áp dụng cho nội dung nào"), _("Không chọn nội dung nào nghĩa là áp dụng cho mọi nội dung."), ["contents"]),
        (_("Căn cứ"), _("Văn bản và điều khoản để người khác đối chiếu."), ["document", "path", "source"]),
        (_("Thời gian"), "", ["valid_from", "valid_to", "takes_over"]),
    ]  # fmt: skip

    contents = forms.MultipleChoiceField(
        label=_("Nội dung hỗ trợ"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = EligibilityRule
        formfield_callback = our_fields
        fields = ["name", "document", "path", "source", "valid_from", "valid_to", "takes_over"]
        widgets = {"name": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "values" in self.fields:
            self.fields["values"].label = _("Đạt khi thuộc một trong các giá trị")
            self.initial["values"] = self.instance.values
        self.fields["contents"].choices = list(wording.contents().items())
        self.initial["contents"] = self.instance.contents

    def record(self) -> DatedRule:
        record = super().record()
        record.contents = self.cleaned_data["contents"]
        return record


class CriterionForm(DatedRuleForm):
    """One criterion of priority."""

    GROUPS = [
        (_("Tiêu chí"), _("Trong các tiêu chí cùng loại, chỉ tiêu chí đạt cao điểm nhất được tính."),
         ["name", "values", "threshold", "points"]),
        (_("Căn cứ"), _("Văn bản và điều khoản để người khác đối chiếu."), ["document", "path", "source"]),
        (_("Thời gian"), "", ["valid_from", "valid_to", "takes_over"]),
    ]  # fmt: skip

    class Meta:
        model = PriorityCriterion
        formfield_callback = our_fields
        fields = ["name", "threshold", "points", "document", "path", "source", "valid_from", "valid_to", "takes_over"]
        widgets = {"name": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = PriorityCriterion.Kind
        if "values" in self.fields:
            self.fields["values"].label = _("Được điểm khi thuộc một trong các giá trị")
            self.initial["values"] = self.instance.values
        self.fields["points"].help_text = _("Từ 1 đến 100.")
        if self.instance.kind in (kind.LABOUR, kind.EXPORT):
            labour = self.instance.kind == kind.LABOUR
            self.fields["threshold"].label = _("Từ bao nhiêu lao động") if labour else _("Xuất khẩu từ bao nhiêu đồng")
            self.fields["threshold"].required = True
        else:
            del self.fields["threshold"]


class AreaForm(forms.Form):
    """A list of communes that count as one kind from a day on."""

    kind = forms.ChoiceField(label=_("Diện"))
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết ngày hết."))
    document = DocumentField(label=_("Văn bản"), required=False, help_text=_("Quyết định phê duyệt danh sách."))
    source = forms.CharField(label=_("Nguồn"), required=False, max_length=300)
    units = forms.MultipleChoiceField(
        label=_("Hoặc chọn trong danh sách"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pasted = forms.CharField(
        label=_("Dán danh sách tên"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mỗi dòng một xã, phường; tên trước 01/07/2025 được tự đổi sang tên hiện nay."),
    )  # fmt: skip
    whole_list = forms.BooleanField(
        label=_("Danh sách này thay toàn bộ danh sách cũ: xã không có tên thì hết diện từ ngày trên"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(value, capfirst(label)) for value, label in AreaStatus.Kind.choices]
        self.communes = {unit.code: unit for unit in current_communes(settings.PROVINCE_CODE)}
        self.fields["units"].choices = [(code, unit.name) for code, unit in self.communes.items()]

    def clean_pasted(self) -> list[Unit]:
        """The communes of the pasted lines. Each line that is not understood is told with what it may mean."""
        found: list[Unit] = []
        wrong: list[str] = []
        lines = [line.strip(" \t-*•;,.") for line in self.cleaned_data["pasted"].splitlines()]
        for number, line in enumerate(lines[:WHOLE_LINES], start=1):
            if not line:
                continue
            answer = resolve(line, settings.PROVINCE_CODE)
            unit = self.communes.get(answer.commune.code) if answer.commune else None
            if answer.status is Status.FOUND and unit is not None:
                found.append(unit)
            elif answer.status is Status.FOUND:
                wrong.append(_("Dòng %(n)s: “%(line)s” thuộc tỉnh khác.") % {"n": number, "line": line})
            elif answer.status is Status.AMBIGUOUS:
                told = {"n": number, "line": line, "meant": "; ".join(answer.meant)}
                wrong.append(_("Dòng %(n)s: “%(line)s” có thể là nhiều nơi: %(meant)s.") % told)
            else:
                near = ", ".join(one.name for one in answer.candidates) or "–"
                told = {"n": number, "line": line, "near": near}
                wrong.append(_("Dòng %(n)s: không có xã, phường “%(line)s”. Gần giống: %(near)s.") % told)
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày hết ở trước ngày bắt đầu."))
        chosen = {code: self.communes[code] for code in data.get("units", [])}
        data["chosen"] = list(chosen.values()) + [
            unit for unit in dict.fromkeys(data.get("pasted") or []) if unit.code not in chosen
        ]
        if not data["chosen"] and "pasted" not in self.errors:
            self.add_error("units", _("Hãy chọn ít nhất một xã, phường, hoặc dán danh sách tên."))
        return data


class EndAreasForm(forms.Form):
    """The last day of some statuses."""

    last = DayField(label=_("Đến hết ngày"))
