"""Files that people bring: what is in them counts, not their name; and how they are shown again without harm."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext as _

MB = 1024 * 1024
MOST_MB = 20
_UNPACKED_MB, _PARTS = 300, 10_000  # an office file that unpacks to more was made to hurt


@dataclass(frozen=True)
class Type:
    """A type of file that is taken. ``inline``: shown in the browser itself; the others are only handed over."""

    name: str
    content_type: str
    suffixes: tuple[str, ...]
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = Type("PDF", "application/pdf", (".pdf",), inline=True)
WORD = Type("Word (.docx)", f"{_OFFICE}.wordprocessingml.document", (".docx",))
EXCEL = Type("Excel (.xlsx)", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
JPEG = Type("JPG", "image/jpeg", (".jpg", ".jpeg"), inline=True)
PNG = Type("PNG", "image/png", (".png",), inline=True)
DOCUMENTS = (PDF, WORD, EXCEL, JPEG, PNG)
PHOTOS = (JPEG, PNG)


@dataclass(frozen=True)
class Checked:
    """A file that passed: its name without folders, its real type, its size in bytes and its hash."""

    file: UploadedFile
    name: str
    type: Type
    size: int
    sha256: str

    @property
    def suffix(self) -> str:
        """The suffix that tells its real type."""
        return self.type.suffixes[0]


def check(file: UploadedFile, taken: tuple[Type, ...] = DOCUMENTS, most_mb: int = MOST_MB) -> Checked:
    """Hold a file against what is taken. ValidationError says what was read, what is expected, what to do."""
    name = PurePosixPath((file.name or "").replace("\\", "/")).name
    facts = {"name": name, "most": most_mb, "types": ", ".join(one.name for one in taken)}
    if not file.size:
        raise forms.ValidationError(_("Tệp “%(name)s” trống, không có gì bên trong.") % facts)
    if file.size > most_mb * MB:
        size = -(-file.size // MB)
        raise forms.ValidationError(
            _("Tệp “%(name)s” nặng %(size)s MB; hệ thống nhận tệp nặng nhất %(most)s MB.") % (facts | {"size": size})
        )
    found = _type(file)
    if found not in taken:
        raise forms.ValidationError(_refusal(file, name, found) % facts)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in found.suffixes:
        if found not in PHOTOS:
            raise forms.ValidationError(
                _("Tệp “%(name)s” thật ra là tệp %(type)s; hãy đổi lại đuôi tên tệp cho đúng rồi gửi lại.")
                % (facts | {"type": found.name})
            )
        name = PurePosixPath(name).stem + found.suffixes[0]  # phones often give a photo the other name
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return Checked(file, _short(name), found, file.size, sha256)


def whole(file: FieldFile, sha256: str) -> bool:
    """Whether a stored file is, to the byte, the one that was brought."""
    try:
        with file.storage.open(file.name or "", "rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == sha256
    except OSError:
        return False


def shown(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """A stored file as an answer that cannot act in our name: no scripts, no guessing of its type, no shared cache."""
    inline = any(one.inline and one.content_type == content_type for one in DOCUMENTS)
    response = FileResponse(
        file.storage.open(file.name or "", "rb"), as_attachment=not inline, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    # An image or a PDF is drawn by the browser itself; whatever else is hidden in it may do nothing.
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


class UploadField(forms.FileField):
    """A file as ``Checked``; with ``several``, a list of them."""

    def __init__(self, *, taken: tuple[Type, ...] = DOCUMENTS, several: bool = False, **kwargs: Any) -> None:
        attrs = {"accept": ",".join(suffix for one in taken for suffix in one.suffixes)}
        super().__init__(widget=_Files(attrs | {"multiple": True}) if several else forms.FileInput(attrs), **kwargs)
        self.taken, self.several = taken, several

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(UploadField, self).clean(one, initial) for one in given or [None]]
        found = [check(one, self.taken) for one in files if isinstance(one, UploadedFile)]
        if self.several:
            return found
        return found[0] if found else None


class _Files(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


def _type(file: UploadedFile) -> Type | None:
    file.seek(0)
    head = file.read(1024)
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if b"%PDF-" in head:
        return PDF
    return _office(file) if head.startswith(b"PK") else None


def _office(file: UploadedFile) -> Type | None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED_MB * MB:
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((one for one, part in ((WORD, "word/document.xml"), (EXCEL, "xl/workbook.xml")) if part in names), None)


def _refusal(file: UploadedFile, name: str, found: Type | None) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    file.seek(4)
    brand = file.read(8)
    if suffix in (".heic", ".heif") or brand in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return _(
            "Ảnh “%(name)s” ở dạng HEIC, nhiều máy tính không mở được. Trên iPhone: Cài đặt, Máy ảnh, Định dạng, chọn "
            "“Tương thích nhất”, hoặc lưu ảnh thành JPG rồi gửi lại."
        )
    if suffix in (".doc", ".xls"):
        return _("Tệp “%(name)s” là dạng cũ. Hãy mở bằng Word hoặc Excel, lưu lại thành .docx hoặc .xlsx rồi gửi lại.")
    if suffix in (".docm", ".xlsm"):
        return _("Tệp “%(name)s” có macro nên không nhận. Hãy lưu lại thành .docx hoặc .xlsx, không kèm macro.")
    if found is None and any(suffix in one.suffixes for one in DOCUMENTS):
        return _(
            "Tệp “%(name)s” bên trong không phải loại mà đuôi tên ghi; có thể tệp hỏng, bị đổi tên hay có macro. "
            "Hệ thống nhận: %(types)s."
        )
    return _("Tệp “%(name)s” không thuộc loại được nhận. Hệ thống nhận: %(types)s.")


def _short(name: str, most: int = 200) -> str:
    path = PurePosixPath("".join(letter for letter in name if letter.isprintable()))
    return path.stem[: most - len(path.suffix)] + path.suffix
