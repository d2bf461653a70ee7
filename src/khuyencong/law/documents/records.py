"""What every record of the room carries: how sure it is, who drafted, adopted and verified it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core.models import Drafted


class Certainty(models.TextChoices):
    """How sure we are of a record before a person has compared it with the article."""

    READ = "read", _("đọc trong nguồn công khai")
    RECALLED = "recalled", _("nhớ lại, khá chắc")
    TO_CHECK = "to-check", _("nhớ lại, cần đối chiếu")


class Precision(models.TextChoices):
    """How well a day is known."""

    DAY = "day", _("biết rõ ngày")
    YEAR = "year", _("chỉ biết năm; ghi ngày cuối năm")


class Sourced(models.Model):
    """Where a record comes from, and who has compared it with the article."""

    certainty = models.CharField(_("độ chắc chắn"), max_length=10, choices=Certainty, default=Certainty.TO_CHECK)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xác minh"),
    )
    verified_at = models.DateTimeField(_("xác minh lúc"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def verified(self) -> bool:
        """Whether the record may be used without the words "not verified"."""
        return self.certainty == Certainty.READ or self.verified_by_id is not None


class Record(Sourced, Drafted):
    """A record that an officer drafts and a leader adopts; once adopted it is superseded, never edited."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        ADOPTED = "adopted", _("Đã duyệt")
        SUPERSEDED = "superseded", _("Đã được thay")

    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        abstract = True
