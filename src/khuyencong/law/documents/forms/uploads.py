"""The file of a document: PDF or DOCX, known by what is in it, not by its name alone."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from khuyencong.law.documents.actions.editions import Upload
from khuyencong.law.documents.reading.files import kind_of
from khuyencong.law.documents.reading.text import Unreadable

MOST_MB = 30
_MB = 1024 * 1024


class DocumentFileField(forms.FileField):
    """A PDF or DOCX file as an ``Upload``; None when nothing was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ".pdf,.docx"

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file = super().clean(data, initial)
        return read_upload(file) if isinstance(file, UploadedFile) else None


def read_upload(file: UploadedFile) -> Upload:
    """The file with its kind. Raises ValidationError that says what it is and what is expected."""
    name = PurePosixPath(file.name or "").name
    if (file.size or 0) > MOST_MB * _MB:
        raise forms.ValidationError(
            _("Tệp nặng %(size)s MB; hệ thống nhận tệp tối đa %(most)s MB."),
            params={"size": round((file.size or 0) / _MB), "most": MOST_MB},
        )
    content = file.read()
    try:
        kind = kind_of(content)
    except Unreadable as reason:
        raise forms.ValidationError(str(reason)) from reason
    if kind not in ("pdf", "docx"):
        raise forms.ValidationError(_("Tệp “%(name)s” không phải PDF hay DOCX."), params={"name": name})
    return Upload(name, f".{kind}", content)
