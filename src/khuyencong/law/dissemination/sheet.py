"""Who has not been reached, as a workbook to telephone by."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.workbooks.book import list_workbook
from khuyencong.core.workbooks.styles import SheetColumn
from khuyencong.law.dissemination.models import Delivery
from khuyencong.law.documents.queries.standing import edition_of
from khuyencong.law.documents.wording import name


def unreached_workbook(found: Iterable[Delivery], stage: str, address: Callable[[Delivery], str]) -> bytes:
    """One row for each delivery: what, to whom, how to reach them, how far it came."""
    names: dict[int, str] = {}

    def document(one: Delivery) -> str:
        told = one.dispatch.document
        if told.pk not in names:
            names[told.pk] = name(edition_of(told), told)
        return names[told.pk]

    columns = [
        SheetColumn(_("Văn bản"), 22, value=document),
        SheetColumn(_("Gửi đến"), 26, value=lambda one: one.dispatch.get_audience_display()),
        SheetColumn(_("Ngày gửi"), 12, value=lambda one: _at(one.dispatch.sent_at, "%d/%m/%Y")),
        SheetColumn(_("Người nhận"), 36, value=lambda one: one.name),
        SheetColumn(_("Liên hệ"), 26, value=lambda one: one.contact),
        SheetColumn(_("Số đăng ký, mã xã"), 14, value=lambda one: one.party),
        SheetColumn(_("Đã nhận"), 16, value=lambda one: _at(one.delivered_at)),
        SheetColumn(_("Đã mở"), 16, value=lambda one: _at(one.opened_at)),
        SheetColumn(_("Lý do thư không đi"), 30, value=lambda one: one.problem),
        SheetColumn(_("Đường dẫn để đọc"), 60, value=address),
    ]
    return list_workbook(stage, columns, found, keep=0)


def _at(moment: dt.datetime | None, form: str = "%H:%M %d/%m/%Y") -> str:
    return f"{clock.local(moment):{form}}" if moment else ""
