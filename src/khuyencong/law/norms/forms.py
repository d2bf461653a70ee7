"""The draft of a support norm, checked against the norms it will stand beside."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core.forms import DayField, MoneyField, NumberField, our_fields
from khuyencong.core.text import fold
from khuyencong.law.documents.forms.fields import ArticleField, DocumentField, offered_documents
from khuyencong.law.documents.records import Certainty, Precision, Record
from khuyencong.law.norms import wording as norm_words
from khuyencong.law.norms.models import NormMultiplier, SupportNorm
from khuyencong.law.norms.queries import adopted_norms, as_rule, beside, current_of, put_above
from khuyencong.law.norms.rules import Norm, Problem, problems
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit

_FIELD_OF = {"percent-above-national": "percent", "cap-above-national": "cap", "per-differs": "per"}


class MultiplierForm(forms.Form):
    """One condition under which the cap is multiplied; no name: no condition."""

    name = forms.CharField(label=gettext_lazy("Điều kiện"), max_length=200, required=False)
    factor = NumberField(
        label=gettext_lazy("Hệ số"), min_value=1, max_value=10, max_digits=4, decimal_places=2, required=False
    )
    path = ArticleField(label=gettext_lazy("Điều khoản"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"list": "known-conditions", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("name") and data.get("factor") is None and "factor" not in self.errors:
            self.add_error("factor", _("Ghi hệ số, ví dụ 1,5."))
        if data.get("factor") is not None and not data.get("name"):
            self.add_error("name", _("Ghi điều kiện để được nhân, ví dụ “cả dây chuyền công nghệ”."))
        return data


class MultiplierRows(forms.BaseFormSet):
    """The conditions of a norm, each once."""

    def clean(self) -> None:
        seen: set[str] = set()
        for row in self.forms:
            name = fold(row.cleaned_data.get("name") or "") if row.is_valid() else ""
            if name and name in seen:
                row.add_error("name", _("Điều kiện này đã ghi ở trên."))
            seen.add(name)


Multipliers = forms.formset_factory(MultiplierForm, formset=MultiplierRows, extra=1, max_num=4)


class ReplacedField(forms.ModelChoiceField):
    """The adopted norm whose place this one takes."""

    def label_from_instance(self, obj: SupportNorm) -> str:
        rule = as_rule(obj)
        return f"{obj}: {norm_words.amounts(rule)}, {norm_words.period(rule)}"


class NormForm(forms.ModelForm):
    """A support norm, in the groups in which the article says it."""

    GROUPS = [
        (gettext_lazy("Hỗ trợ việc gì"), gettext_lazy("Nội dung như trong văn bản, và cấp nào quy định."),
         ["content", "variant_name", "level"]),
        (gettext_lazy("Thay cho mức nào"), gettext_lazy("Mức đang có không bị sửa; khi duyệt, hệ thống thay nó."),
         ["replaces", "takes_over"]),
        (gettext_lazy("Mức hỗ trợ"), gettext_lazy("Tỷ lệ, số tiền tối đa, hoặc cả hai: khi đó lấy số thấp hơn."),
         ["percent", "cap", "per"]),
        (gettext_lazy("Áp dụng cho ai, từ nguồn nào"), "", ["area", "fund"]),
        (gettext_lazy("Thời gian áp dụng"), "", ["valid_from", "by_year", "valid_to"]),
        (gettext_lazy("Căn cứ"), gettext_lazy("Người xem sẽ thấy điều khoản này bên cạnh con số."),
         ["document", "path", "source", "note"]),
    ]  # fmt: skip

    takes_over = forms.TypedChoiceField(
        label=gettext_lazy("Vì sao thay"),
        coerce=lambda value: value == "yes",
        choices=[
            ("yes", gettext_lazy("Pháp luật thay đổi: mức cũ vẫn đúng cho đến hết ngày trước đó")),
            ("no", gettext_lazy("Bản ghi cũ sai: mức này thay hẳn, kể cả cho những ngày đã qua")),
        ],
    )
    replaces = ReplacedField(
        queryset=SupportNorm.objects.none(),
        required=False,
        label=gettext_lazy("Thay cho"),
        empty_label=gettext_lazy("không thay mức nào"),
    )
    document = DocumentField(
        label=gettext_lazy("Văn bản"), help_text=gettext_lazy("Số, ký hiệu của văn bản đã có trong thư viện.")
    )
    path = ArticleField(
        label=gettext_lazy("Điều khoản"),
        required=False,
        help_text=gettext_lazy("Ví dụ: khoản 4 Điều 8. Để trống nếu là cả văn bản."),
    )
    cap = MoneyField(
        label=gettext_lazy("Mức tối đa (đồng)"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Ví dụ 300.000.000 hoặc 300 triệu."),
    )
    valid_from = DayField(label=gettext_lazy("Áp dụng từ"))
    by_year = forms.BooleanField(label=gettext_lazy("Chỉ biết năm, chưa rõ ngày"), required=False)
    valid_to = DayField(
        label=gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Để trống nếu chưa định ngày hết.")
    )

    class Meta:
        model = SupportNorm
        formfield_callback = our_fields
        fields = [
            "content", "variant_name", "level", "replaces", "takes_over", "percent", "cap", "per", "area", "fund",
            "valid_from", "valid_to", "document", "path", "source", "note",
        ]  # fmt: skip
        labels = {"source": gettext_lazy("Nguồn đã xem")}
        help_texts = {
            "variant_name": gettext_lazy("Chỉ ghi khi văn bản chia nội dung thành nhiều trường hợp có mức khác nhau."),
            "percent": gettext_lazy("Ví dụ 50 hoặc 12,5."),
            "source": gettext_lazy("Trang hoặc tài liệu đã đọc, nếu không phải bản gốc của văn bản."),
        }

    def __init__(self, user: User, data: Any = None, *, instance: SupportNorm, multipliers: Any = ()) -> None:
        super().__init__(data, instance=instance)
        self.user = user
        # The norm as the rules see it, once it is filled in far enough, and what is wrong with it beside the others.
        self.rule: Norm | None = None
        self.found: list[Problem] = []
        known = adopted_norms().order_by("content__position", "variant", "valid_from")
        self.fields["replaces"].queryset = known
        self.fields["content"].empty_label = _("hãy chọn")
        self.fields["variant_name"].widget.attrs |= {"list": "known-variants", "autocomplete": "off"}
        if instance.replaces and instance.replaces.state != Record.State.ADOPTED:
            self.initial["replaces"] = current_of(instance.replaces).pk  # what was to be replaced was replaced already
        self.initial["percent"] = _plain(instance.percent)
        self.initial["takes_over"] = "yes" if instance.takes_over else "no"
        self.initial["by_year"] = instance.valid_from_precision == Precision.YEAR
        self.variants = {one.variant_name: one.variant for one in known if one.variant}
        self.conditions = {one.name: one.condition for norm in known for one in norm.multipliers.all()}
        rows = [{"name": one.name, "factor": _plain(one.factor), "path": one.path} for one in multipliers]
        self.multipliers = Multipliers(data, initial=rows, prefix="m")

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Title, why we ask, fields."""
        return [(title, why, [self[name] for name in names]) for title, why, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors.keys() & {"percent", "cap"} and data.get("percent") is None and data.get("cap") is None:
            self.add_error("percent", _("Ghi tỷ lệ, mức tối đa, hoặc cả hai."))
        if data.get("percent") == 0:
            self.add_error("percent", _("Tỷ lệ phải lớn hơn 0."))
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and data.get("by_year"):
            start = data["valid_from"] = start.replace(month=12, day=31)
        if start and end and end < start:
            self.add_error("valid_to", _("Ngày hết áp dụng đứng trước ngày bắt đầu."))
        self.instance.valid_from_precision = Precision.YEAR if data.get("by_year") else Precision.DAY
        self.instance.variant = _code(data.get("variant_name", ""), self.variants)
        self.instance.province = self._province() if data.get("level") == SupportNorm.Level.PROVINCIAL else None
        self.instance.certainty = Certainty.TO_CHECK
        self._check_replaced(data)
        if not self.multipliers.is_valid():
            self.add_error(None, _("Điều kiện được nhân mức tối đa: có chỗ cần sửa, xem dòng báo lỗi ở đó."))
        return data

    def mistakes(self) -> list[str]:
        """What was typed and cannot stand; what is only missing so far is no mistake."""
        refusals = {norm_words.problem(one) for one in self.found}
        told = [error for errors in self.errors.as_data().values() for error in errors if error.code != "required"]
        return [message for error in told for message in error.messages if message not in refusals]

    def above(self) -> list[Norm]:
        """The provincial norms that would be above this national one."""
        return [] if self.rule is None else put_above(self.rule, beside(self.instance))

    def wanted(self) -> list[NormMultiplier]:
        """The multipliers to store."""
        rows = [row.cleaned_data for row in self.multipliers if row.cleaned_data.get("name")]
        return [NormMultiplier(condition=_code(one["name"], self.conditions), **one) for one in rows]

    def known_variants(self) -> list[str]:
        """Names to choose from while one types."""
        return sorted(self.variants)

    def known_documents(self) -> list[tuple[str, str]]:
        """Numbers and titles to choose from while one types."""
        return offered_documents()

    def known_conditions(self) -> list[str]:
        """Names to choose from while one types."""
        return sorted(self.conditions)

    def _post_clean(self) -> None:
        super()._post_clean()
        needed = set(self.Meta.fields) - {"replaces", "document", "path", "source", "note"}
        if self._errors.keys() & needed or not self.multipliers.is_valid():
            return
        self.rule = as_rule(self.instance, self.wanted())
        self.found = problems(self.rule, beside(self.instance))
        for one in self.found:
            if one.refuses:
                self.add_error(_FIELD_OF.get(one.code), norm_words.problem(one))

    def _check_replaced(self, data: dict[str, Any]) -> None:
        old: SupportNorm | None = data.get("replaces")
        if old is None:
            return
        same = (
            old.content == data.get("content")
            and old.variant == self.instance.variant
            and old.level == data.get("level")
            and old.province == self.instance.province
        )
        if not same:
            self.add_error("replaces", _("Mức được thay phải cùng nội dung, cùng trường hợp và cùng cấp với mức này."))
        start = data.get("valid_from")
        if data.get("takes_over") and start and start <= old.valid_from:
            self.add_error(
                "valid_from",
                _("Mức cũ áp dụng %(period)s nên mức mới phải bắt đầu sau đó; nếu bản ghi cũ sai, hãy chọn lý do ấy.")
                % {"period": norm_words.period(as_rule(old))},
            )

    def _province(self) -> Unit | None:
        reach = access_of(self.user).reach(Permission.LAW_DRAFT).provinces
        mine: QuerySet[Unit] = Unit.objects.filter(pk__in=reach)
        return mine.filter(pk=self.instance.province_id).first() or mine.order_by("code").first()


def _code(name: str, known: dict[str, str]) -> str:
    """The code of a name: the one it has already, else one made from its letters that no other name has."""
    if not name or name in known:
        return known.get(name, "")
    stem = fold(name).replace(" ", "-")[:36].strip("-") or "khac"
    taken = set(known.values())
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 100))) if code not in taken)


def _plain(value: Decimal | None) -> Decimal | None:
    """Without idle zeros: 50, not 50,00."""
    return None if value is None else Decimal(format(value.normalize(), "f"))
