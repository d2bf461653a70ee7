from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock


class AuditContent(models.Model):
    """One change to one object: who, when, what, before, after.

    ``before`` and ``after`` are canonical JSON kept as text, so that the bytes that were hashed are
    the bytes that are stored on every database.
    """

    at = models.DateTimeField(_("lúc"), db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("người làm"), max_length=200)
    action = models.CharField(_("việc"), max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    label = models.CharField(max_length=300)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        abstract = True


class AuditRecord(AuditContent):
    """A change in the chain: tied to the record before it."""

    seq = models.BigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]


class AuditEntry(AuditContent):
    """A change that was told and is about to enter the chain; only where many write at once.

    ``writing`` and ``position`` of ``of`` say which change of which writing it is, ``mark`` is the installation's
    keyed hash over all of it: nothing can be slipped in or altered while it waits, nor a part of a writing removed.
    """

    id = models.BigAutoField(primary_key=True)
    writing = models.UUIDField()
    position = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    mark = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]


class AuditHead(models.Model):
    """The end of the chain, signed: without it a removed tail would leave no trace."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    signature = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one")]


class Drafted(models.Model):
    """What one person drafts and another adopts."""

    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người soạn")
    )
    drafted_at = models.DateTimeField(_("soạn lúc"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người duyệt")
    )
    adopted_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)

    class Meta:
        abstract = True


# The fact that tells on which day work began here; not told by an installation that is older than the fact.
SET_UP = "set-up-on"


class InstallationFact(models.Model):
    """A fact about this installation itself: which reference data it holds, whether its data are invented."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.CharField(max_length=300)

    @classmethod
    def read(cls, key: str) -> str:
        """The value, or an empty text when it was never set."""
        return cls.objects.filter(key=key).values_list("value", flat=True).first() or ""

    @classmethod
    def write(cls, key: str, value: str) -> None:
        """Set the value."""
        cls.objects.update_or_create(key=key, defaults={"value": value})


class FormDraft(models.Model):
    """What a person has typed into a form and not yet saved: kept when the line or the session breaks."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_draft_a_form")]
