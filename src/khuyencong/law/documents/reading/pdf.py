"""The text of a PDF file, page by page."""

import logging

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pypdf.errors import PyPdfError

from khuyencong.core.files import opening
from khuyencong.law.documents.reading import letters, pages
from khuyencong.law.documents.reading.text import Extracted, Progress, Unreadable

MOST_PAGES = 1500
_LEAST = 40  # letters on a page; one with fewer is a picture, or nearly empty

logging.getLogger("pypdf").setLevel(logging.ERROR)  # small faults of a file are no news for the operator


def extract(content: bytes, progress: Progress) -> Extracted:
    """The lines of a file. Raises Unreadable, for a scan without text too."""
    try:
        found = _pages(content, progress)
    except Unreadable:
        raise
    except Exception as error:  # pypdf raises many kinds for a file that is not in order
        raise Unreadable(_("Không đọc được tệp PDF: tệp hỏng. Hãy mở, in lại ra PDF rồi thử lần nữa.")) from error
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


def _pages(content: bytes, progress: Progress) -> list[list[str]]:
    reader = opening.pdf(content)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(_("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi nhập lại."))
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Unreadable(_("Tệp PDF có %(count)s trang; hệ thống đọc nhiều nhất %(most)s trang.")
                         % {"count": count, "most": MOST_PAGES})  # fmt: skip
    found = []
    for number in range(count):
        progress(number / count)
        try:
            found.append(letters.lines(reader.pages[number].extract_text()))
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            found.append([])  # told with the pages that hold no text
    return found


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
