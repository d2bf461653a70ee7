"""The words of a long file are read in the background."""

from django.utils.translation import gettext as _

from khuyencong.core import jobs
from khuyencong.law.documents.actions import editions


@jobs.work
def read_text(run: jobs.Run, edition: int, to: str) -> str:
    """Read the words of a draft's file; read again, they are the same."""
    words = _("Đang đọc chữ trong tệp")
    editions.read_text(run.owner, edition, lambda share: run.progress(share, words))
    return to
