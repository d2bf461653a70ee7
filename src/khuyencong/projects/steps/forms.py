from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.core.forms import DayField
from khuyencong.projects.lifecycle.table import Transition
from khuyencong.projects.record.models import Project


class StepForm(forms.Form):
    """What a person says when they take a step: on which day, and why. ``seen`` is the state they had before them."""

    day = DayField(label=_("Ngày làm bước này"), help_text=_("Ngày ghi trên văn bản; thường là hôm nay."))
    reason = forms.CharField(label=_("Lý do"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, project: Project, transition: Transition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["day"].initial = today
        self.fields["day"].widget.attrs["max"] = today.isoformat()
        if project.state_since:
            self.fields["day"].widget.attrs["min"] = project.state_since.isoformat()
        self.fields["seen"].initial = project.state
        self.fields["reason"].required = transition.reason
        if transition.reason:
            self.fields["reason"].help_text = _("Ghi vào văn bản và lịch sử của đề án.")
        else:
            self.fields["reason"].label = _("Ghi chú")
            self.fields["reason"].help_text = _("Nếu có; lưu trong lịch sử của đề án.")
