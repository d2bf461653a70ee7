from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuyencong.core import clock
from khuyencong.core.forms import DegreeField, YearField, our_fields
from khuyencong.establishments import wording
from khuyencong.establishments.models import Establishment, Industry, YearlyResult
from khuyencong.establishments.rules import clean_tax_code, jumps, result_problems
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit


class EstablishmentForm(forms.ModelForm):
    """An establishment, in the groups in which an officer asks about it."""

    GROUPS = [
        (pgettext_lazy("one", "Cơ sở"), _("Tên và loại hình như trong giấy đăng ký."),
         ["name", "legal_form", "tax_code", "founded", "status"]),
        (_("Nơi sản xuất"), _("Xã, phường hiện nay; tên cũ trong hồ sơ được giữ lại để tra cứu."),
         ["commune", "address", "place_as_given", "latitude", "longitude"]),
        (_("Sản xuất"), _("Ngành nghề quyết định cơ sở có thuộc diện được hỗ trợ hay không."),
         ["industry", "eligible_group", "products", "local_material", "workers", "capital"]),
        (_("Liên hệ"), _("Chỉ cán bộ phụ trách và lãnh đạo xem được."), ["owner_name", "phone", "email"]),
        (_("Ghi chú"), "", ["note"]),
    ]  # fmt: skip

    latitude = DegreeField(
        label=_("Vĩ độ"),
        limit=90,
        required=False,
        help_text=_("Độ thập phân, ví dụ 22,84. Ghi cả vĩ độ và kinh độ, hoặc để trống cả hai."),
    )
    longitude = DegreeField(label=_("Kinh độ"), limit=180, required=False)

    class Meta:
        model = Establishment
        formfield_callback = our_fields
        field_classes = {"founded": YearField}
        fields = [
            "name", "legal_form", "tax_code", "founded", "status", "commune", "address", "place_as_given", "latitude",
            "longitude", "industry", "eligible_group", "products", "local_material", "workers", "capital", "owner_name",
            "phone", "email", "note",
        ]  # fmt: skip
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "tax_code": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        help_texts = {
            "tax_code": _("10 chữ số; hộ kinh doanh có thể dùng số định danh 12 chữ số. Để trống nếu chưa có."),
            "founded": _("Bốn chữ số, ví dụ 2015."),
            "capital": _("Đồng, không ghi lẻ."),
            "local_material": _("Nguyên liệu chính lấy trong xã, huyện cũ hoặc trong tỉnh."),
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = access_of(user).reach(Permission.REGISTRY_EDIT)
        today = Unit.objects.filter(kind=Unit.Kind.COMMUNE, valid_to=None).order_by("folded")
        mine = today.filter(parent_id__in=reach.provinces) | today.filter(pk__in=reach.communes)
        self.fields["commune"].queryset = mine
        classes = Industry.objects.filter(level=Industry.Level.CLASS)
        self.fields["industry"].queryset = classes | Industry.objects.filter(pk=self.instance.industry_id)
        self.fields["local_material"].widget.choices = [
            ("unknown", _("Chưa biết")),
            ("true", _("Có")),
            ("false", _("Không")),
        ]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields."""
        return [(title, why, [self[name] for name in names]) for title, why, names in self.GROUPS]

    def clean_tax_code(self) -> str:
        text = self.cleaned_data["tax_code"].strip()
        if not text:
            return ""
        try:
            code = clean_tax_code(text)
        except ValueError as error:
            raise forms.ValidationError(wording.tax_code_problem(str(error), text)) from error
        taken = Establishment.objects.filter(tax_code=code).exclude(pk=self.instance.pk).first()
        if taken is not None:
            raise forms.ValidationError(
                _("Mã số thuế này đã thuộc về “%(name)s” (số đăng ký %(code)s)."),
                params={"name": taken.name, "code": taken.code},
            )
        return code

    def clean_founded(self) -> int | None:
        year = self.cleaned_data["founded"]
        if year is not None and year > clock.today().year:
            raise forms.ValidationError(_("Năm %(year)s chưa đến."), params={"year": str(year)})
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        told = "latitude" in self.errors or "longitude" in self.errors
        if not told and (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Ghi cả vĩ độ và kinh độ, hoặc để trống cả hai."))
        return data


class ResultForm(forms.ModelForm):
    """The result of one year. An empty field means: not known."""

    GROUPS = [
        (_("Kết quả kinh doanh"), _("Đồng, cả năm. Để trống nếu không biết; số 0 chỉ ghi khi đúng là không có."),
         ["revenue", "output_value", "value_added", "profit", "tax_paid", "export_value", "investment"]),
        (_("Lao động"), _("Số người làm việc bình quân trong năm; thu nhập bình quân là đồng một người một tháng."),
         ["workers", "women", "ethnic_minority", "average_wage"]),
        (_("Nguồn số liệu"), _("Số liệu lấy từ đâu, để người đọc biết mức tin cậy."), ["source"]),
    ]  # fmt: skip

    confirm_jump = forms.BooleanField(label=_("Tôi đã kiểm tra, con số trên là đúng"), required=False)

    class Meta:
        model = YearlyResult
        formfield_callback = our_fields
        fields = [*YearlyResult.MEASURES, "source"]

    def __init__(self, establishment: Establishment, year: int, before: YearlyResult | None, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.establishment, self.year, self.before = establishment, year, before
        self.needs_confirmation = False
        for name in YearlyResult.MEASURES:
            previous = getattr(before, name, None)
            if previous is not None:
                self.fields[name].help_text = _("Năm trước: %(value)s") % {"value": wording.number(previous)}

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields."""
        return [(title, why, [self[name] for name in names]) for title, why, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for one in result_problems(data, self.year, self.establishment.founded, clock.today().year):
            self.add_error(one.field if one.field in self.fields else None, wording.problem(one))
        before = {name: getattr(self.before, name, None) for name in YearlyResult.MEASURES}
        strange = jumps(data, before)
        if strange and not data.get("confirm_jump"):
            self.needs_confirmation = True
            for one in strange:
                self.add_error(one.field, wording.problem(one))
        return data

    def measures(self) -> dict[str, Any]:
        """What to store."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
