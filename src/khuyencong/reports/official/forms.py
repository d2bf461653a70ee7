from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.core.forms import WholeField, YearField
from khuyencong.core.periods import LENGTH, Kind, Period, last_ended
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.reports.official import queries
from khuyencong.reports.official.models import Report
from khuyencong.reports.official.sections import SECTIONS

FIRST_YEAR = 2012


class DraftForm(forms.Form):
    """Which report to begin: of whom, to whom, for which period."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị báo cáo"), empty_label=None)
    kind = forms.ModelChoiceField(queries.ReportDefinition.objects.none(), label=_("Loại báo cáo"), empty_label=None)
    period_kind = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=Report.PeriodKind)
    number = WholeField(
        label=_("Kỳ thứ"), min_value=1, max_value=12, initial=1,
        help_text=_("Tháng 1 đến 12, quý 1 đến 4, sáu tháng 1 hoặc 2; báo cáo năm để 1."),
    )  # fmt: skip
    year = YearField(label=_("Năm"), min_value=FIRST_YEAR)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        units = queries.units(user)
        levels = {"province" if one.parent_id is None else "commune" for one in units}
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[one.pk for one in units]).order_by("kind", "folded")
        found = [kind for level in sorted(levels, reverse=True) for kind in queries.kinds(today, level)]
        self.fields["kind"].queryset = queries.ReportDefinition.objects.filter(pk__in=[one.pk for one in found])
        self.fields["year"].max_value = today.year
        self.fields["year"].initial = last_ended(Kind.YEAR, today).year
        self.fields["period_kind"].initial = Kind.YEAR.value

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if self.errors:
            return told
        kind, unit = told["kind"].kind(), told["unit"]
        if kind.level != ("province" if unit.parent_id is None else "commune"):
            self.add_error("kind", _now("Loại báo cáo này không phải của %(unit)s.") % {"unit": unit.name})
        most = 12 // LENGTH[Kind(told["period_kind"])]
        if told["number"] > most:
            self.add_error(
                "number", _now("Đọc được %(n)s, cần số từ 1 đến %(most)s.") % {"n": told["number"], "most": most}
            )
        else:
            told["period"] = Period(Kind(told["period_kind"]), told["year"], told["number"])
        return told


class WordsForm(forms.Form):
    """The parts of a report that are written, not counted."""

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in report.kind.kind().sections:
            self.fields[code] = forms.CharField(
                label=SECTIONS[code], required=False, max_length=20_000, initial=report.sections.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 6}),
            )  # fmt: skip


class SignForm(forms.Form):
    """The number of the report as it goes out."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("Ví dụ: 125/BC-SCT."))


class ReturnForm(forms.Form):
    """Why a report goes back."""

    reason = forms.CharField(label=_("Lý do trả lại"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
