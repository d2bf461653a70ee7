import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.law.documents.models import Edition


class DocumentImport(models.Model):
    """A file on its way into the library: what the system proposes, and what its owner has corrected so far.

    Nobody else sees it. When it has become a draft, the draft holds the file and the text; what remains here is
    that it happened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file = models.FileField(upload_to="law-imports/", blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=200)
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    proposal = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("đưa lên lúc"), default=clock.now, editable=False)
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    edition = models.ForeignKey(Edition, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name
