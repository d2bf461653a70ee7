"""Forms of the review: what is proposed after a finding, and a duty of the province."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.core.forms import DayField, our_fields
from khuyencong.law.documents.forms.fields import ArticleField, DocumentField
from khuyencong.law.review.models import LocalDuty, ReviewItem
from khuyencong.law.review.queries import owners
from khuyencong.law.review.rules import FindingKind, proposals


class ItemForm(forms.ModelForm):
    """What to do about a finding, by whom, until when."""

    deadline = DayField(label=_("Hạn"), required=False)

    class Meta:
        model = ReviewItem
        formfield_callback = our_fields
        fields = ["proposal", "note", "owner", "deadline", "status"]
        widgets = {"proposal": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": _("Cần sửa gì, vì sao; bắt buộc khi giữ nguyên.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = proposals(FindingKind(self.instance.finding))
        names = dict(ReviewItem.Proposal.choices)
        self.fields["proposal"].choices = [(code, names[ReviewItem.Proposal(code)]) for code in usable]
        self.fields["owner"].queryset = owners(self.instance.province, clock.today())
        self.fields["owner"].empty_label = _("chưa giao")
        if not self.instance.pk:
            del self.fields["status"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("proposal") == ReviewItem.Proposal.KEEP and not (data.get("note") or "").strip():
            self.add_error("note", _("Giữ nguyên thì cần ghi lý do."))
        return data

    def values(self) -> dict[str, Any]:
        """What to store."""
        return {"status": ReviewItem.Status.OPEN, **self.cleaned_data}


class DutyForm(forms.ModelForm):
    """A provision of a higher document that asks the province for a document of its own."""

    GROUPS = [
        (_("Điều khoản yêu cầu"), _("Văn bản cấp trên giao địa phương ban hành văn bản."), ["document", "path"]),
        (_("Yêu cầu"), _("Địa phương phải ban hành gì, cơ quan nào, đến khi nào."), ["asks", "issuer", "deadline"]),
        (_("Nguồn"), "", ["source"]),
    ]  # fmt: skip

    document = DocumentField(label=_("Văn bản"), help_text=_("Số, ký hiệu, ví dụ 45/2012/NĐ-CP."))
    path = ArticleField(label=_("Điều khoản"), required=False, help_text=_("Ví dụ: khoản 4 Điều 8."))
    deadline = DayField(label=_("Hạn"), required=False, help_text=_("Để trống nếu văn bản không nêu hạn."))

    class Meta:
        model = LocalDuty
        formfield_callback = our_fields
        fields = ["document", "path", "asks", "issuer", "deadline", "source"]
        widgets = {"asks": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "issuer": _("Ví dụ: Hội đồng nhân dân tỉnh. Để trống nghĩa là văn bản của cơ quan nào ở tỉnh cũng được.")
        }

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields."""
        return [(title, why, [self[name] for name in names]) for title, why, names in self.GROUPS]
