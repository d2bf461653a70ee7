"""The file of a document: PDF or DOCX, checked by what is in it, not by its name alone."""

import zipfile
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from khuyencong.law.actions.documents import Upload

MOST_MB = 30
_UNPACKED_MB = 300  # a DOCX that unpacks to more was made to hurt
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
    """The file with its kind and its text. Raises ValidationError that says what was read and what is expected."""
    suffix = PurePosixPath(file.name or "").suffix.lower()
    if suffix not in (".pdf", ".docx"):
        raise forms.ValidationError(
            _("Tệp “%(name)s” không phải PDF hay DOCX. Tệp .doc cũ: hãy mở bằng Word rồi lưu lại thành .docx."),
            params={"name": file.name},
        )
    if (file.size or 0) > MOST_MB * _MB:
        raise forms.ValidationError(
            _("Tệp nặng %(size)s MB; hệ thống nhận tệp tối đa %(most)s MB."),
            params={"size": round((file.size or 0) / _MB), "most": MOST_MB},
        )
    if not (_is_pdf(file) if suffix == ".pdf" else _is_docx(file)):
        raise forms.ValidationError(
            _("Tệp “%(name)s” mang đuôi %(suffix)s nhưng bên trong là loại khác; có thể tệp hỏng hay bị đổi tên."),
            params={"name": file.name, "suffix": suffix},
        )
    file.seek(0)
    return Upload(PurePosixPath(file.name or "").name, suffix, file.read())


def _is_pdf(file: UploadedFile) -> bool:
    file.seek(0)
    return b"%PDF-" in file.read(1024)


def _is_docx(file: UploadedFile) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            return "word/document.xml" in archive.namelist() and unpacked <= _UNPACKED_MB * _MB
    except zipfile.BadZipFile:
        return False
