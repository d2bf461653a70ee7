from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khuyencong.core.files.intake import UploadField
from khuyencong.projects.papers.models import Attachment

_TAKEN = _("PDF, Word (.docx), Excel (.xlsx), ảnh JPG hoặc PNG; mỗi tệp nhiều nhất 20 MB.")


class PaperForm(forms.Form):
    """Files of one kind."""

    kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=[("", _("hãy chọn loại")), *Attachment.Kind.choices])
    files = UploadField(label=_("Tệp"), several=True, help_text=_TAKEN)


class ReplaceForm(forms.Form):
    """A newer version of a paper."""

    file = UploadField(label=_("Bản mới"), help_text=_TAKEN)


class WithdrawForm(forms.Form):
    """Why a paper counts no more."""

    reason = forms.CharField(
        label=_("Lý do rút"),
        max_length=300,
        help_text=_("Ví dụ: tệp của đề án khác. Tệp vẫn được giữ để đối chiếu, nhưng không tính là giấy tờ của đề án."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["autocomplete"] = "off"
