from pathlib import Path
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from khuyencong.imports.actions import MOST_BYTES


class UploadForm(forms.Form):
    """A spreadsheet to bring in."""

    file = forms.FileField(
        label=_("Tệp số liệu"),
        help_text=_("Tệp xlsx hoặc csv, nhiều nhất 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        kind = Path(file.name).suffix.lower()
        if kind not in (".xlsx", ".xls", ".xlsb", ".ods", ".csv"):
            raise forms.ValidationError(
                _("Tệp “%(name)s” không phải bảng tính. Hãy dùng xlsx hoặc csv."), params={"name": file.name}
            )
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Tệp nặng %(size)s, nhiều nhất là 20 MB. Hãy chia thành nhiều tệp."),
                params={"size": filesizeformat(file.size)},
            )
        return file
