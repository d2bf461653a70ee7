"""Who has not been reached, as a workbook to telephone by."""

import io
from collections.abc import Callable, Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.law.dissemination.models import Delivery
from khuyencong.law.documents.queries.standing import edition_of
from khuyencong.law.documents.wording import name


def unreached_workbook(found: Iterable[Delivery], stage: str, address: Callable[[Delivery], str]) -> bytes:
    """One row for each delivery: what, to whom, how to reach them, how far it came."""
    out = io.BytesIO()
    # A name or number that begins with = or @ is text, never a formula or a link.
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(stage[:31])
        head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1, "text_wrap": True})
        columns = [
            (_("Văn bản"), 22), (_("Gửi đến"), 26), (_("Ngày gửi"), 12), (_("Người nhận"), 36), (_("Liên hệ"), 26),
            (_("Số đăng ký, mã xã"), 14), (_("Đã nhận"), 16), (_("Đã mở"), 16), (_("Lý do thư không đi"), 30),
            (_("Đường dẫn để đọc"), 60),
        ]  # fmt: skip
        for column, (label, width) in enumerate(columns):
            sheet.write_string(0, column, label, head)
            sheet.set_column(column, column, width)
        names: dict[int, str] = {}
        last = 0
        for last, one in enumerate(found, start=1):
            dispatch = one.dispatch
            if dispatch.document_id not in names:
                names[dispatch.document_id] = name(edition_of(dispatch.document), dispatch.document)
            cells = [
                names[dispatch.document_id], dispatch.get_audience_display(), _at(dispatch.sent_at, "%d/%m/%Y"),
                one.name, one.contact, one.party, _at(one.delivered_at), _at(one.opened_at), one.problem, address(one),
            ]  # fmt: skip
            for column, text in enumerate(cells):
                sheet.write_string(last, column, str(text))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    return out.getvalue()


def _at(moment: object, form: str = "%H:%M %d/%m/%Y") -> str:
    return f"{clock.local(moment):{form}}" if moment else ""
