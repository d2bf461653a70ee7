"""What the pages of rules, criteria and duties let people do with a record: adopt it, verify it, throw it away."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from khuyencong.core.refusals import ChangedMeanwhile, press
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.records import Record


def act(request: HttpRequest, record: Record, adopt: Callable[[], object], adopted: str) -> bool:
    """Do what the button says and tell how it went; whether the record is still there. ``adopted``: what is told."""
    do = request.POST.get("do")
    try:
        if do == "adopt":
            press(request, adopt, adopted)
        elif do == "verify":
            told = _("Đã ghi nhận: bạn đã đối chiếu với điều khoản.")
            press(request, lambda: records.verify(request.user, type(record), record.pk), told)
        elif do == "discard":
            told = _("Đã bỏ dự thảo. Lịch sử vẫn giữ nội dung của nó.")
            return not press(request, lambda: records.discard(request.user, type(record), record.pk), told)
    except ChangedMeanwhile:
        messages.warning(request, changed_meanwhile())
    return True


def changed_meanwhile() -> str:
    """Somebody else saved or adopted the record in the meantime."""
    return _("Người khác vừa lưu hoặc duyệt bản này. Những gì bạn nhập vẫn còn; hãy xem lại rồi làm lần nữa.")
