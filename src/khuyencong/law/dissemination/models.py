import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuyencong.law.documents.models import LegalDocument


class Dispatch(models.Model):
    """A document sent to an audience, with the few words that go with it."""

    class Audience(models.TextChoices):
        OFFICERS = "officers", _("Cán bộ khuyến công cấp tỉnh")
        COMMUNES = "communes", _("Cán bộ xã, phường")
        ESTABLISHMENTS = "establishments", _("Cơ sở công nghiệp nông thôn")

    document = models.ForeignKey(LegalDocument, models.PROTECT, related_name="dispatches")
    audience = models.CharField(_("gửi đến"), max_length=15, choices=Audience)
    message = models.TextField(_("lời nhắn"), blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("gửi lúc"))

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.document} → {self.get_audience_display()}"


class Delivery(models.Model):
    """One recipient of a dispatch: an account, or a party without one, known here by number and name.

    ``delivered_at``: it reached them (they saw it in their inbox, the mail left for them, or ``recorded_by`` told
    them by telephone). ``opened_at``: they opened the document. ``confirmed_at``: they said they understood.
    """

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.CharField(_("số đăng ký của cơ sở, mã của xã"), max_length=40, blank=True)
    name = models.CharField(_("người nhận"), max_length=200)
    contact = models.CharField(_("liên hệ"), max_length=100, blank=True)
    problem = models.CharField(_("thư không gửi được"), max_length=200, blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người báo trực tiếp"),
    )  # fmt: skip
    delivered_at = models.DateTimeField(_("đã nhận lúc"), null=True, blank=True)
    opened_at = models.DateTimeField(_("đã mở lúc"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("xác nhận đã hiểu lúc"), null=True, blank=True)

    class Meta:
        ordering = ["dispatch", "name"]
        verbose_name = _("lượt gửi")
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "user"], condition=Q(user__isnull=False), name="one_a_user"),
            models.UniqueConstraint(fields=["dispatch", "party"], condition=~Q(party=""), name="one_a_party"),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(party=""), name="delivery_has_recipient"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(opened_at__isnull=False), name="confirmed_after_opened"
            ),
        ]

    def __str__(self) -> str:
        return self.name
