"""What a file is, by what is in it, and the text that it holds."""

import io
import zipfile

from django.utils.translation import gettext as _

from khuyencong.law.documents.reading.text import Extracted, Progress, Unreadable

MOST_UNPACKED = 300 * 1024 * 1024  # a DOCX that unpacks to more was made to hurt


def kind_of(content: bytes) -> str:
    """``docx``, ``pdf`` or ``json``. Raises Unreadable for anything else, with advice for the likely ones."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK"):
        return _kind_of_archive(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("Đây là tệp Word đời cũ (.doc) hoặc có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu, lưu lại dạng .docx.")
        )
    if content.startswith(b"{\\rtf"):
        raise Unreadable(_("Đây là tệp RTF. Hãy mở bằng Word rồi lưu lại dạng .docx."))
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "json"
    raise Unreadable(_("Bên trong tệp không phải văn bản Word (.docx) hay PDF; có thể tệp hỏng hoặc bị đổi đuôi."))


def extract(content: bytes, progress: Progress = lambda share: None) -> Extracted:
    """The text of a DOCX or PDF file. Raises Unreadable."""
    from khuyencong.law.documents.reading import docx, letters, pdf

    kind = kind_of(content)
    if kind == "json":
        raise Unreadable(_("Tệp JSON là bản ghi dữ liệu, không phải văn bản Word hay PDF."))
    found = docx.extract(content) if kind == "docx" else pdf.extract(content, progress)
    if letters.in_old_code(found.text):
        raise Unreadable(
            _(
                "Văn bản dùng phông chữ đời cũ (TCVN3, như .VnTime) nên không đọc được dấu. "
                "Hãy chuyển sang Unicode (bằng Unikey, mục Chuyển mã) rồi nhập lại."
            )
        )
    return found


def _kind_of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(_("Tệp bị hỏng hoặc tải về chưa trọn; hãy tải lại rồi thử lần nữa.")) from error
    if "xl/workbook.xml" in names:
        raise Unreadable(_("Đây là bảng tính Excel, không phải văn bản Word (.docx) hay PDF."))
    if "content.xml" in names:
        raise Unreadable(_("Đây là tệp OpenDocument. Hãy mở bằng Word hoặc LibreOffice rồi lưu lại dạng .docx."))
    if "word/document.xml" not in names:
        raise Unreadable(_("Bên trong tệp không có văn bản Word. Hãy mở bằng Word rồi lưu lại dạng .docx."))
    if unpacked > MOST_UNPACKED:
        raise Unreadable(_("Tệp Word này bung ra quá lớn; hãy bỏ bớt hình ảnh rồi lưu lại."))
    return "docx"
