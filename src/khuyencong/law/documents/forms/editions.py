"""What a draft says of its document."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.core.forms import DayField, our_fields
from khuyencong.core.validity import valid_on
from khuyencong.law.documents.forms.uploads import DocumentFileField
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.queries.standing import adopted
from khuyencong.law.documents.records import Certainty, Precision
from khuyencong.people.models import RoleGrant, User
from khuyencong.places.models import Unit


class EditionForm(forms.ModelForm):
    """The facts of a document, in the groups in which an officer reads them off the paper."""

    GROUPS = [
        (_("Văn bản"), _("Như ghi ở đầu văn bản."), ["number", "kind", "title", "issuer", "level", "province"]),
        (_("Ngày tháng"), _("Trạng thái hiệu lực không nhập tay: hệ thống tính từ các ngày này và từ các quan hệ."),
         ["signed", "in_force_from", "in_force_precision", "in_force_certainty", "expires"]),
        (_("Tệp của văn bản"), _("Để đọc bản gốc và tìm theo từng từ trong văn bản."), ["address", "upload"]),
        (_("Tra cứu, theo dõi"), "", ["tags", "responsible"]),
        (_("Nguồn của bản ghi"), _("Để người đọc biết mức tin cậy; điều chưa đối chiếu luôn được đánh dấu khi dùng."),
         ["certainty", "source", "note"]),
    ]  # fmt: skip

    signed = DayField(label=_("Ngày ký"), required=False)
    in_force_from = DayField(label=_("Có hiệu lực từ"), required=False)
    expires = DayField(
        label=_("Ngày cuối cùng còn hiệu lực"), required=False,
        help_text=_("Chỉ ghi khi chính văn bản nói ngày hết hạn. Bị thay thế, bãi bỏ thì ghi ở văn bản thay thế."),
    )  # fmt: skip
    address = forms.URLField(
        label=_("Địa chỉ văn bản chính thức"), required=False, max_length=300, assume_scheme="https",
        help_text=_("Trang của cơ quan nhà nước đăng toàn văn, ví dụ trên vbpl.vn."),
    )  # fmt: skip
    upload = DocumentFileField(label=_("Tệp PDF hoặc DOCX"), required=False, help_text=_("Tối đa 30 MB."))

    class Meta:
        model = Edition
        formfield_callback = our_fields
        fields = [
            "number", "kind", "title", "issuer", "level", "province", "signed", "in_force_from", "in_force_precision",
            "in_force_certainty", "expires", "address", "tags", "responsible", "certainty", "source", "note",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "issuer": forms.TextInput(attrs={"list": "issuers"}),
        }
        help_texts = {
            "number": _("Ví dụ 45/2012/NĐ-CP. Để trống nếu chưa biết số."),
            "province": _("Chỉ chọn khi là văn bản cấp tỉnh."),
            "in_force_precision": _("Chỉ biết năm thì chọn một ngày bất kỳ trong năm ấy."),
            "tags": _("Cách nhau bằng dấu phẩy, ví dụ: mức chi, bình chọn."),
            "certainty": _("Chọn “đọc trong nguồn công khai” khi có văn bản trước mặt, rồi ghi nguồn ở dưới."),
            "source": _("Tên cổng thông tin, công báo, địa chỉ trang."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = Unit.objects.filter(kind=Unit.Kind.PROVINCE, valid_to=None).order_by("folded")
        self.fields["province"].queryset = provinces
        self.fields["responsible"].queryset = _officers()
        for name in ("kind", "level", "in_force_precision", "in_force_certainty", "certainty"):
            field = self.fields[name]
            field.choices = [(value, capfirst(label)) for value, label in field.choices]
        for field in self.fields.values():
            field.label = capfirst(field.label)
            field.widget.attrs.setdefault("autocomplete", "off")
        if not self.instance.number and self.instance.document_id:
            self.initial["number"] = self.instance.numbered

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields."""
        return [(title, why, [self[name] for name in names]) for title, why, names in self.GROUPS]

    def issuers(self) -> list[str]:
        """Issuers in use, to choose from while one types."""
        return list(adopted().values_list("issuer", flat=True).distinct().order_by("issuer"))

    def clean_number(self) -> str:
        return " ".join(self.cleaned_data["number"].split())

    def clean_tags(self) -> str:
        return ", ".join(dict.fromkeys(tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("level") == Edition.Level.PROVINCIAL and not data.get("province"):
            self.add_error("province", _("Văn bản cấp tỉnh: hãy chọn tỉnh, thành phố."))
        elif data.get("level") == Edition.Level.CENTRAL:
            data["province"] = None
        starts, ends = data.get("in_force_from"), data.get("expires")
        if starts and data.get("in_force_precision") == Precision.YEAR:
            starts = data["in_force_from"] = dt.date(starts.year, 12, 31)
        if starts and ends and ends < starts:
            self.add_error("expires", _("Ngày cuối còn hiệu lực phải sau ngày bắt đầu có hiệu lực."))
        if data.get("signed") and starts and starts < data["signed"]:
            self.add_error("in_force_from", _("Văn bản không thể có hiệu lực trước ngày ký."))
        if data.get("certainty") == Certainty.READ and not data.get("source"):
            self.add_error("source", _("Bản ghi “đọc trong nguồn công khai” cần ghi nguồn đã đọc."))
        return data

    def values(self) -> dict[str, Any]:
        """What to store."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def _officers() -> Any:
    """Those who may follow a document: officers of a province today."""
    grants = RoleGrant.objects.filter(
        valid_on(clock.today()), role=RoleGrant.RoleName.OFFICER, unit__kind=Unit.Kind.PROVINCE
    )
    return User.objects.filter(pk__in=grants.values("user_id"), is_active=True).order_by("full_name", "username")
