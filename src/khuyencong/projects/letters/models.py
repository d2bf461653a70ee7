from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.record.models import Project, Step


class LetterTemplate(models.Model):
    """The province's own Word template for one kind of letter, in place of the one that comes with the product."""

    kind = models.CharField(_("loại văn bản"), max_length=30)
    file = models.FileField(_("tệp mẫu"), upload_to="templates/")
    name = models.CharField(_("tên tệp"), max_length=200)
    sha256 = models.CharField(max_length=64)
    active = models.BooleanField(_("đang dùng"), default=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("đưa lên lúc"))

    class Meta:
        ordering = ["kind", "-uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(active=True), name="one_active_template"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class LetterCounter(models.Model):
    """The last number given in a book of letters (all decisions of a year share one book)."""

    book = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "year"], name="letter_book_once")]


class ProducedDocument(models.Model):
    """A letter of a project. It is ordered with what it is to say (``facts``), then numbered and composed by a job.

    Once composed it stays as it is, with its hash.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="letters")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="letters")
    kind = models.CharField(_("loại văn bản"), max_length=30)
    book = models.CharField(max_length=20)
    number = models.PositiveIntegerField(_("số"), null=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=40, blank=True)
    day = models.DateField(_("ngày"))
    facts = models.TextField(blank=True, editable=False)
    file = models.FileField(_("tệp"), upload_to="letters/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    template = models.ForeignKey(LetterTemplate, models.PROTECT, null=True, blank=True, related_name="+")
    produced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    produced_at = models.DateTimeField(_("lập lúc"))

    class Meta:
        ordering = ["project", "pk"]

    def __str__(self) -> str:
        return self.symbol or str(KINDS[self.kind].name)
