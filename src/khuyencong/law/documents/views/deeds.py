"""What the pages of rules, criteria and duties let people do with a record: adopt it, verify it, throw it away."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from khuyencong.core.versions import ChangedMeanwhile
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.records import Record


def act(request: HttpRequest, record: Record, adopt: Callable[[], object], adopted: str) -> bool:
    """Do what the button says and tell how it went; whether the record is still there. ``adopted``: what is told."""
    do = request.POST.get("do")
    try:
        if do == "adopt":
            adopt()
            messages.success(request, adopted)
        elif do == "verify":
            records.verify(request.user, type(record), record.pk)
            messages.success(request, _("Đã ghi nhận: bạn đã đối chiếu với điều khoản."))
        elif do == "discard":
            records.discard(request.user, type(record), record.pk)
            messages.success(request, _("Đã bỏ dự thảo. Lịch sử vẫn giữ nội dung của nó."))
            return False
    except ChangedMeanwhile:
        messages.warning(request, changed_meanwhile())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return True


def changed_meanwhile() -> str:
    """Somebody else saved or adopted the record in the meantime."""
    return _("Người khác vừa lưu hoặc duyệt bản này. Những gì bạn nhập vẫn còn; hãy xem lại rồi làm lần nữa.")
