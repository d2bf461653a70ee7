from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.core.forms import DayField
from khuyencong.planning.actions.adopt import Decision


class DecisionForm(forms.Form):
    """The paper that puts a plan, or a change of it, in force."""

    decision = forms.CharField(
        label=_("Số quyết định"), max_length=200, help_text=_("Ví dụ: 125/QĐ-UBND"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    decided_on = DayField(label=_("Ngày quyết định"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = clock.today()

    def decision_given(self) -> Decision:
        """The decision as the actions want it."""
        return Decision(self.cleaned_data["decision"], self.cleaned_data["decided_on"])


class ReasonForm(forms.Form):
    """Why an adopted plan is to be changed."""

    reason = forms.CharField(label=_("Lý do điều chỉnh"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
