"""What to send, to whom, with which words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from khuyencong.law.dissemination.models import Dispatch
from khuyencong.law.documents.forms.fields import DocumentField
from khuyencong.places.queries import current_communes

MESSAGE = 2000


class SendForm(forms.Form):
    """A document with a few words; rooms above send to audiences of their own with it."""

    document = DocumentField(label=_("Văn bản"), help_text=_("Số, ký hiệu, ví dụ 45/2012/NĐ-CP."))
    message = forms.CharField(
        label=_("Lời nhắn"), required=False, max_length=MESSAGE, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Vì sao gửi, cần đọc kỹ điều nào, làm gì tiếp."),
    )  # fmt: skip


class AudienceForm(SendForm):
    """The audiences that this room knows: officers of the province and of its communes."""

    audience = forms.ChoiceField(label=_("Gửi đến"), widget=forms.RadioSelect)
    only = forms.MultipleChoiceField(
        label=_("Chỉ gửi các xã, phường này"), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ["document", "audience", "only", "message"]

    def __init__(self, counts: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """``counts``: audience -> who that is at present, in words."""
        super().__init__(*args, **kwargs)
        names = dict(Dispatch.Audience.choices)
        self.fields["audience"].choices = [
            (value, f"{names[Dispatch.Audience(value)]} ({told})") for value, told in counts.items()
        ]
        self.fields["only"].choices = [(unit.code, unit.name) for unit in current_communes(settings.PROVINCE_CODE)]
