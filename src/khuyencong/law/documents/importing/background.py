"""A long document is read in the background."""

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import jobs
from khuyencong.law.documents.importing import actions
from khuyencong.law.documents.importing.models import DocumentImport
from khuyencong.law.documents.reading.text import Unreadable


@jobs.work
def receive(run: jobs.Run, name: str, keep_letters: bool = False) -> str:
    """Read what was brought and keep it with what it proposes, under the key of the job: once."""
    key = run.job.pk
    if not DocumentImport.objects.filter(pk=key).exists():
        words = _("Đang đọc từng trang")
        try:
            actions.receive(run.owner, name, run.brought(), lambda share: run.progress(share, words), key, keep_letters)
        except Unreadable as reason:
            raise jobs.Refused(str(reason)) from reason
    return reverse("law:document_import_review", args=[key])
