import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One file someone brought: what it would do, what was decided, what it did."""

    class State(models.TextChoices):
        PLANNED = "planned", _("chờ xác nhận")
        DONE = "done", _("đã nhập")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(_("tệp"), max_length=200)
    file = models.FileField(upload_to="imports/")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    fingerprint = models.CharField(max_length=64, blank=True)
    outcome = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class Reminder(models.Model):
    """That a person was reminded on a day, and of how many things; once a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField(_("ngày"))
    items = models.PositiveIntegerField(_("số việc"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return _("Nhắc việc ngày %(day)s") % {"day": self.day.strftime("%d/%m/%Y")}


# The tables of the rooms within this room.
from khuyencong.reports.official.models import Report, ReportDefinition  # noqa: E402,F401
from khuyencong.yearbook.models import MacroFigure, MacroIndicator  # noqa: E402,F401
