"""What a file is, by what is in it, and the text that it holds."""

from django.utils.translation import gettext as _

from khuyencong.core.files.kinds import JSON, PDF, WORD, look
from khuyencong.core.files.sentences import no_text
from khuyencong.law.documents.reading.text import Extracted, Progress, Unreadable

_READ = {WORD: "docx", PDF: "pdf", JSON: "json"}


def kind_of(content: bytes) -> str:
    """``docx``, ``pdf`` or ``json``. Raises Unreadable for anything else, with advice for the likely ones."""
    seen = look(content)
    if seen.kind not in _READ or seen.oddity is not None:
        raise Unreadable(no_text(seen))
    return _READ[seen.kind]


def extract(content: bytes, progress: Progress = lambda share: None) -> Extracted:
    """The text of a DOCX or PDF file. Raises Unreadable."""
    from khuyencong.law.documents.reading import docx, letters, pdf

    kind = kind_of(content)
    if kind == "json":
        raise Unreadable(_("Tệp JSON là bản ghi dữ liệu, không phải văn bản Word hay PDF."))
    found = docx.extract(content) if kind == "docx" else pdf.extract(content, progress)
    lines, code = letters.in_unicode(found.lines)
    if not code:
        return found
    told = _("Văn bản dùng bảng mã %(code)s đời cũ, đã chuyển sang Unicode; hãy đọc lại các dấu trước khi lưu.")
    return Extracted(tuple(lines), (*found.warnings, told % {"code": code}))
