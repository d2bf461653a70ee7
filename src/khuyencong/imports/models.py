import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock


class ImportBatch(models.Model):
    """One file someone brought: what it would do, what was decided, what it did."""

    class State(models.TextChoices):
        PLANNED = "planned", _("chờ xác nhận")
        DONE = "done", _("đã nhập")
        TAKEN_BACK = "taken-back", _("đã rút lại")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    # nobody: the system itself brought it, on the command line
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    file_name = models.CharField(_("tệp"), max_length=200)
    file = models.FileField(upload_to="imports/")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    fingerprint = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict)  # what was asked of this file alone: see ``actions.answers_for``
    outcome = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "reports"  # its table and its history were named when imports were a part of that room
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class KnownHeading(models.Model):
    """What a heading means in the files of one person: which column it is, or that it is not used."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    heading = models.CharField(max_length=200)  # folded
    column = models.CharField(max_length=50, blank=True)
    told_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        app_label = "reports"  # as the batches
        ordering = ["heading"]
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "heading"], name="heading_known_once")]

    def __str__(self) -> str:
        return self.heading


class ImportTouch(models.Model):
    """A row that an import makes or changes: what it said before, what it says right after and the hash of that.

    Staged while the batch is only planned; the one record of the import holds the hash over all of them. ``card``: the
    establishment on whose card it is told. Of imports from before that each row had a record of its own (no ``now``).
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="touches")
    model = models.CharField(max_length=100)
    key = models.BigIntegerField()
    label = models.CharField(_("bản ghi"), max_length=300)
    card = models.BigIntegerField(null=True, db_index=True)
    before = models.TextField(blank=True)
    now = models.TextField(blank=True)
    after = models.CharField(max_length=64)

    class Meta:
        app_label = "reports"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label
