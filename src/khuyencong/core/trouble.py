"""What is wrong with the machine or with what was asked, in a sentence: no raw text of an error reaches a person."""

import errno

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from khuyencong.core.refusals import ChangedMeanwhile, nothing_changed
from khuyencong.core.refusals import sentence as refusal

_FULL = {errno.ENOSPC, errno.EDQUOT}


def sentence(error: BaseException) -> str:
    """Why it came to nothing; an empty text for what nobody foresaw."""
    if isinstance(error, ValidationError | PermissionDenied):
        return refusal(error)
    if isinstance(error, ChangedMeanwhile):
        return nothing_changed()
    return of_the_machine(error)


def of_the_machine(error: BaseException) -> str:
    """What the machine lacks just now; an empty text when it is something else."""
    if (isinstance(error, OSError) and error.errno in _FULL) or "disk is full" in _said(error):
        return _("Ổ đĩa của máy chủ đã đầy nên chưa ghi được. Hãy báo người quản trị.")
    if (isinstance(error, OSError) and error.errno == errno.EROFS) or "readonly database" in _said(error):
        return _("Máy chủ đang không ghi được vào ổ đĩa. Hãy báo người quản trị.")
    if isinstance(error, OperationalError) and ("locked" in _said(error) or "timeout" in _said(error)):
        return _("Cơ sở dữ liệu đang bận vì một việc dài. Hãy đợi một phút rồi làm lại.")
    if isinstance(error, OperationalError | InterfaceError):
        return _("Hệ thống đang không nối được cơ sở dữ liệu. Hãy đợi một phút; nếu vẫn vậy, báo người quản trị.")
    return ""


def _said(error: BaseException) -> str:
    return str(error) if isinstance(error, OperationalError) else ""
