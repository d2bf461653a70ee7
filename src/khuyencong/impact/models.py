import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock


class Evaluation(models.Model):
    """One question put to the data, with everything needed to put it again, and its answer."""

    class Origin(models.TextChoices):
        REGISTRY = "registry", _("số liệu của chương trình")
        UPLOAD = "upload", _("tệp tải lên")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("lúc"), default=clock.now, editable=False)
    # Of answers from the registry: whose establishments they are about. None: of several provinces.
    province = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    origin = models.CharField(_("số liệu"), max_length=10, choices=Origin)
    file_name = models.CharField(_("tệp"), max_length=200, blank=True)
    panel = models.FileField(upload_to="panels/", blank=True)
    panel_sha256 = models.CharField(max_length=64, blank=True)
    sheet = models.CharField(_("trang tính"), max_length=100, blank=True)  # of a workbook with several
    settings = models.JSONField(default=dict)
    result = models.JSONField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return _("Đo tác động %(id)s") % {"id": str(self.id)[:8]}
