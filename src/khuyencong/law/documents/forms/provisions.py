"""Provisions and relations of a draft."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import DayField
from khuyencong.law.documents.forms.fields import ArticleField, DocumentField
from khuyencong.law.documents.models import Provision, Relation
from khuyencong.law.documents.records import Certainty
from khuyencong.law.documents.rules.outline import RANK, Kind


class LookedUpDocument(DocumentField):
    """A document by number; while one types, the page asks the library for those it may be."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {
            "hx-get": reverse_lazy("law:document_lookup"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#documents",
            "hx-swap": "innerHTML",
        }


class ProvisionForm(forms.Form):
    """One provision: what it is, what it says, on which days this text holds."""

    kind = forms.ChoiceField(label=_("Cấp"))
    label = forms.CharField(
        label=_("Số thứ tự"), max_length=12, help_text=_("Chỉ số hoặc chữ: 8, 4a, a, đ; chương: I, II.")
    )
    heading = forms.CharField(label=_("Tên điều khoản"), max_length=500, required=False)
    text = forms.CharField(label=_("Nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    is_summary = forms.BooleanField(label=_("Chỉ là tóm tắt, không phải nguyên văn"), required=False)
    valid_from = DayField(
        label=_("Nội dung này áp dụng từ"), required=False, help_text=_("Để trống: từ khi văn bản có hiệu lực.")
    )
    valid_to = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống: chưa biết ngày hết."))
    amended_by = LookedUpDocument(
        label=_("Được sửa bởi văn bản"), required=False, help_text=_("Số của văn bản đã đưa ra nội dung này, nếu có.")
    )

    def __init__(self, *args: Any, highest: str = Kind.PART, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (value, label) for value, label in Provision.Kind.choices if RANK[Kind(value)] >= RANK[Kind(highest)]
        ]

    def clean_label(self) -> str:
        # A point keeps its case out of references: "a)" and "A." are one.
        text = self.cleaned_data["label"].strip().rstrip(".):").strip()
        kind = self.cleaned_data.get("kind")
        text = text.lower() if kind in (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT) else text
        if not text:
            raise forms.ValidationError(_("Hãy ghi số thứ tự."))
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("valid_from"), data.get("valid_to")
        if starts and ends and ends < starts:
            self.add_error("valid_to", _("Ngày cuối phải sau ngày đầu."))
        if not data.get("heading") and not data.get("text") and not self.errors:
            self.add_error("text", _("Hãy ghi tên điều khoản hoặc nội dung."))
        return data


class AmendForm(forms.Form):
    """The new text of a provision from a day on, and the document that brought it."""

    valid_from = DayField(label=_("Nội dung mới áp dụng từ"))
    amended_by = LookedUpDocument(label=_("Theo văn bản"), help_text=_("Số của văn bản sửa đổi, ví dụ 235/2025/NĐ-CP."))
    heading = forms.CharField(label=_("Tên điều khoản"), max_length=500, required=False)
    text = forms.CharField(label=_("Nội dung mới"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    is_summary = forms.BooleanField(label=_("Chỉ là tóm tắt, không phải nguyên văn"), required=False)
    keep_children = forms.BooleanField(
        label=_("Chép các khoản, điểm bên dưới sang nội dung mới để sửa tiếp"), required=False
    )

    def __init__(self, *args: Any, has_children: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_children:
            del self.fields["keep_children"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("heading") and not data.get("text") and not self.errors:
            self.add_error("text", _("Hãy ghi tên điều khoản hoặc nội dung."))
        return data


class RelationForm(forms.Form):
    """What the document does to another one."""

    kind = forms.ChoiceField(label=_("Văn bản này"))
    target = LookedUpDocument(label=_("Văn bản liên quan"), help_text=_("Gõ số hoặc vài từ trong tên rồi chọn."))
    target_path = ArticleField(
        label=_("Điều khoản của văn bản liên quan"), required=False,
        help_text=_("Ví dụ: khoản 4 Điều 8. Để trống: toàn văn bản, hoặc chưa rõ điều nào."),
    )  # fmt: skip
    source_path = ArticleField(label=_("Điều khoản của văn bản này"), required=False)
    effective_from = DayField(
        label=_("Từ ngày"), required=False, help_text=_("Để trống: từ khi văn bản này có hiệu lực.")
    )
    effective_to = DayField(label=_("Đến hết ngày"), required=False)
    certainty = forms.ChoiceField(label=_("Độ chắc chắn"), initial=Certainty.TO_CHECK)
    source = forms.CharField(label=_("Nguồn"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Relation.Kind.choices
        self.fields["certainty"].choices = [(value, capfirst(label)) for value, label in Certainty.choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("effective_from"), data.get("effective_to")
        if starts and ends and ends < starts:
            self.add_error("effective_to", _("Ngày cuối phải sau ngày đầu."))
        return data
