"""Whether mails leave this installation, and what went wrong with one."""

import smtplib
from collections.abc import Callable
from email.errors import MessageError

from django.conf import settings

_TO_NOBODY = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased")}


def leave() -> bool:
    """Whether mails really leave this installation."""
    return settings.EMAIL_BACKEND not in _TO_NOBODY


def trouble(work: Callable[[], object]) -> str:
    """What went wrong, in the words of the mail server; nothing when all went well."""
    try:
        work()
    except (smtplib.SMTPException, OSError, MessageError, ValueError) as error:
        return str(error)[:200] or type(error).__name__
    return ""
