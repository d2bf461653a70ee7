"""What a file is, by what is in it, and the text that it holds: read in a child, told in words here."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.files import apart
from khuyencong.core.files.kinds import JSON, PDF, WORD, look
from khuyencong.core.files.opening import MB, Fault, Refused
from khuyencong.core.files.sentences import no_text
from khuyencong.law.documents.reading import letters, pages
from khuyencong.law.documents.reading.text import Extracted, Progress, Unreadable

_READ = {WORD: "docx", PDF: "pdf", JSON: "json"}
MOST_PAGES = 1500
_LEAST = 40  # letters on a page; one with fewer is a picture, or nearly empty
_LIMITS = apart.Limits(seconds=300, memory=1024 * MB)  # a volume of 1,500 pages takes minutes


def kind_of(content: bytes) -> str:
    """``docx``, ``pdf`` or ``json``. Raises Unreadable for anything else, with advice for the likely ones."""
    seen = look(content)
    if seen.kind not in _READ or seen.oddity is not None or seen.danger is not None:
        raise Unreadable(no_text(seen))
    return _READ[seen.kind]


def extract(content: bytes, progress: Progress = lambda share: None, keep_letters: bool = False) -> Extracted:
    """The text of a DOCX or PDF file, in Unicode unless its letters are right as they stand. Raises Unreadable."""
    kind = kind_of(content)
    if kind == "json":
        raise Unreadable(_("Tệp JSON là bản ghi dữ liệu, không phải văn bản Word hay PDF."))
    try:
        found = _of_word(content) if kind == "docx" else _of_pdf(content, progress)
    except Refused as refused:
        raise Unreadable(_why_not(kind, refused)) from refused
    lines, code = letters.in_unicode(found.lines, keep_letters)
    if not code:
        return Extracted(tuple(lines), found.warnings)
    told = _(
        "Văn bản dùng bảng mã %(code)s đời cũ, đã chuyển sang Unicode; hãy đọc lại các dấu trước khi lưu. Nếu không "
        "phải chữ đời cũ, hãy bỏ tệp này và đưa lên lại, đánh dấu ô “Giữ nguyên chữ như trong tệp”."
    )
    return Extracted(tuple(lines), (*found.warnings, told % {"code": code}))


def _of_word(content: bytes) -> Extracted:
    from khuyencong.law.documents.reading import docx

    found = letters.lines(apart.run(docx.text_of, _LIMITS)(content))
    if not found:
        raise Unreadable(_("Tệp Word không có chữ nào; nội dung có lẽ là ảnh quét. Cần tệp có chữ."))
    return Extracted(tuple(found))


def _of_pdf(content: bytes, progress: Progress) -> Extracted:
    from khuyencong.law.documents.reading import pdf

    found = apart.run(pdf.pages_of, _LIMITS, progress)(content, MOST_PAGES)
    empty = [number for number, page in enumerate(found, start=1) if sum(map(len, page)) < _LEAST]
    if len(empty) == len(found):
        raise Unreadable(
            _(
                "Tệp PDF này là bản quét (ảnh chụp trang giấy), không có chữ để đọc. Hãy dùng tệp Word hoặc PDF có "
                "chữ, hoặc chạy nhận dạng chữ (OCR) trước; cũng có thể thêm văn bản bằng tay rồi đính kèm tệp này."
            )
        )
    lines = [line for page in pages.without_repeats(found) for line in page]
    return Extracted(tuple(pages.joined(lines)), _told(empty, len(found)))


def _why_not(kind: str, refused: Refused) -> str:
    if refused.fault in (Fault.TOO_MUCH, Fault.TOO_LONG):
        return _("Tệp cần quá nhiều thời gian hoặc bộ nhớ để đọc. Hãy chia thành nhiều tệp, hoặc bỏ bớt hình ảnh.")
    if kind == "docx":
        return _("Không mở được tệp Word: tệp hỏng. Hãy mở bằng Word, lưu lại, rồi thử lần nữa.")
    if refused.fault is Fault.PASSWORD:
        return _("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi nhập lại.")
    if refused.fault is Fault.TOO_WIDE:
        return _("Tệp PDF có %(count)s trang; hệ thống đọc nhiều nhất %(most)s trang.") % {
            "count": refused.detail,
            "most": MOST_PAGES,
        }
    return _("Không đọc được tệp PDF: tệp hỏng. Hãy mở, in lại ra PDF rồi thử lần nữa.")


def _told(empty: list[int], count: int) -> tuple[str, ...]:
    """Which pages gave no text. The last one is often the back of the paper."""
    missing = [number for number in empty if number != count]
    if not missing:
        return ()
    named = ", ".join(map(str, missing[:20])) + (" …" if len(missing) > 20 else "")
    return (
        ngettext(
            "Trang %(pages)s không có chữ đọc được (có lẽ là ảnh); hãy kiểm tra xem có thiếu nội dung không.",
            "Các trang %(pages)s không có chữ đọc được (có lẽ là ảnh); hãy kiểm tra xem có thiếu nội dung không.",
            len(missing),
        )
        % {"pages": named},
    )
