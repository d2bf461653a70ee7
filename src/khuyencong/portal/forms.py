"""The question an owner asks: how much at most, for what, at what cost, when and where."""

import contextlib
import datetime as dt
from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core.days import read_day
from khuyencong.core.forms import DayField, KnownChoices, MoneyField, WholeField
from khuyencong.core.money import read_vnd
from khuyencong.law.documents import status_wording as wording
from khuyencong.law.eligibility.queries import areas_of
from khuyencong.law.models import ActivityType, SupportNorm
from khuyencong.law.norms import wording as norm_words
from khuyencong.law.norms import wording as norms_wording
from khuyencong.law.norms.ceiling import Case, variants
from khuyencong.law.norms.queries import norm_areas
from khuyencong.law.norms.rules import Area, Norm
from khuyencong.places.queries import current_communes


class ContentField(forms.ModelChoiceField):
    """A content of support, by its code in the address bar."""

    def label_from_instance(self, obj: ActivityType) -> str:
        return str(obj)


class QuestionForm(forms.Form):
    """Read from the address bar, so that a question can be sent to a colleague."""

    content = ContentField(
        queryset=ActivityType.objects.filter(Q(direct=True) | Q(norms__isnull=False)).distinct(),
        to_field_name="code",
        label=gettext_lazy("Hỗ trợ việc gì?"),
        empty_label=gettext_lazy("hãy chọn nội dung"),
    )
    cost = MoneyField(
        label=gettext_lazy("Chi phí dự kiến (đồng)"),
        min_value=0,
        help_text=gettext_lazy("Ví dụ 500.000.000 hoặc 500 triệu."),
    )
    date = DayField(label=gettext_lazy("Vào ngày"), required=False)
    commune = forms.ModelChoiceField(
        queryset=None,
        to_field_name="code",
        required=False,
        label=gettext_lazy("Xã, phường"),
        empty_label=gettext_lazy("không chọn"),
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Địa bàn"),
        required=False,
        choices=[
            ("", gettext_lazy("theo xã đã chọn, hoặc địa bàn thường")),
            *((area.value, SupportNorm.Area(area.value).label) for area in Area if area is not Area.ANY),
        ],
    )
    variant = forms.ChoiceField(label=gettext_lazy("Trường hợp"), required=False)
    condition = KnownChoices(label=gettext_lazy("Điều kiện được nhân mức tối đa"), required=False)
    units = WholeField(label=gettext_lazy("Số lượng"), min_value=1, max_value=100_000, required=False)
    fund = forms.ChoiceField(label=gettext_lazy("Nguồn kinh phí"), required=False, choices=SupportNorm.Fund.choices)

    def __init__(self, asked: QueryDict, norms: Iterable[Norm], today: dt.date) -> None:
        self.today, self.norms = today, list(norms)
        self.day = read_day(asked.get("date", "")) or today
        mine = [norm for norm in self.norms if norm.content == asked.get("content")]
        mine = [norm for norm in mine if norm.province in ("", settings.PROVINCE_CODE)]
        holding = variants(mine, asked.get("content", ""), self.day, settings.PROVINCE_CODE)
        codes = holding or tuple(sorted({norm.variant for norm in mine}))
        answered = asked.copy()
        if codes and answered.get("variant", "") not in codes:
            answered["variant"] = codes[0]
        for name, value in (("date", self.day.isoformat()), ("units", "1"), ("fund", "any")):
            if not answered.get(name, ""):
                answered[name] = value
        with contextlib.suppress(ValueError):
            answered["cost"] = formats.number_format(read_vnd(answered.get("cost", "")), force_grouping=True)
        super().__init__(answered)
        self.asked = bool(asked.get("content") or asked.get("cost"))
        self.fields["commune"].queryset = current_communes(settings.PROVINCE_CODE)
        names = {norm.variant: norm.variant_name for norm in _stored(mine)}
        self.fields["variant"].choices = [(code, names.get(code) or _("trường hợp chung")) for code in codes]
        here = [norm for norm in mine if norm.variant == answered.get("variant", "")]
        self.fields["condition"].choices = sorted({(m.condition, m.name) for norm in here for m in norm.multipliers})
        capped = next((norm for norm in reversed(here) if norm.cap is not None), None)
        if capped:
            self.fields["units"].label = _("Số %(unit)s") % {"unit": norms_wording.per_label(capped)}
        self.shows = {
            "variant": len(codes) > 1,
            "condition": bool(self.fields["condition"].choices),
            "units": capped is not None,
            "fund": any(norm.fund != "any" for norm in here),
        }

    def options(self) -> list[forms.BoundField]:
        """The fields that depend on the content, those that it has."""
        return [self[name] for name, shown in self.shows.items() if shown]

    def variant_names(self) -> dict[str, str]:
        """Code -> name, of the variants of the content."""
        return {str(code): str(name) for code, name in self.fields["variant"].choices if code}

    def case(self) -> Case:
        """The question for the rules."""
        data = self.cleaned_data
        areas = norm_areas(areas_of(data["commune"], self.day)) if data["commune"] else frozenset()
        if data["area"]:
            areas |= {Area(data["area"])}
        return Case(
            content=data["content"].code,
            cost=data["cost"],
            day=self.day,
            province=settings.PROVINCE_CODE,
            units=data["units"] or 1 if self.shows["units"] else 1,
            conditions=frozenset(data["condition"]),
            fund=data["fund"] or "any",
            areas=areas,
            variant=data["variant"],
        )

    def area_told(self, case: Case) -> str:
        """What the chosen commune counts as, in words; nothing when none was chosen."""
        commune = self.cleaned_data["commune"]
        if commune is None:
            return ""
        facts = {"commune": commune.name, "day": wording.day(self.day)}
        grades = [norm_words.area_label(area) for area in Area if area in case.areas]
        if not grades:
            return _("Chưa ghi nhận %(commune)s thuộc địa bàn khó khăn nào vào ngày %(day)s.") % facts
        return _("%(commune)s được tính là %(areas)s.") % (facts | {"areas": ", ".join(grades)})

    def address(self) -> str:
        """The question as the shortest address that asks it again."""
        data, query = self.cleaned_data, QueryDict(mutable=True)
        query["content"], query["cost"], query["date"] = data["content"].code, str(data["cost"]), self.day.isoformat()
        for name in ("variant", "area"):
            if data[name]:
                query[name] = data[name]
        if data["commune"]:
            query["commune"] = data["commune"].code
        if self.shows["units"] and (data["units"] or 1) > 1:
            query["units"] = str(data["units"])
        if data["fund"] not in ("", "any"):
            query["fund"] = data["fund"]
        query.setlist("condition", data["condition"])
        return query.urlencode()


def _stored(norms: Iterable[Norm]) -> list[SupportNorm]:
    return list(SupportNorm.objects.filter(pk__in=[norm.key for norm in norms]))
