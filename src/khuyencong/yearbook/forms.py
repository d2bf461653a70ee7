from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import DayField, YearField, our_fields
from khuyencong.yearbook.models import MacroFigure, MacroIndicator


class FigureForm(forms.ModelForm):
    """One figure and where it was read."""

    published_on = DayField(label=_("Ngày công bố"), required=False)

    class Meta:
        model = MacroFigure
        formfield_callback = our_fields
        field_classes = {"year": YearField}
        fields = ["indicator", "year", "value", "source", "published_on", "note"]
        help_texts = {
            "value": _("Ví dụ 1.526 hoặc 22,5; theo đơn vị tính của chỉ tiêu."),
            "source": _("Bắt buộc. Ví dụ: Niên giám thống kê tỉnh năm 2024, trang 210."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"] = _IndicatorField(
            label=_("Chỉ tiêu"), queryset=MacroIndicator.objects.all(), empty_label=_("Chọn chỉ tiêu")
        )


class _IndicatorField(forms.ModelChoiceField):
    """An indicator with its unit."""

    def label_from_instance(self, one: MacroIndicator) -> str:
        return f"{one} ({one.get_unit_display()})"
