from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core.forms import MoneyField
from khuyencong.planning.models import PlanLine


class PlanLineForm(forms.ModelForm):
    """A line of the annual budget."""

    amount = MoneyField(label=_("Số tiền được giao"), min_value=0)

    class Meta:
        model = PlanLine
        fields = ["year", "fund", "activity", "name", "amount", "decision"]
        help_texts = {"activity": _("Để trống nếu dòng dùng cho mọi nội dung.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].empty_label = _("Mọi nội dung")
