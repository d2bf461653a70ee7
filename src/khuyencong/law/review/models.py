from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.places.models import Unit


class LocalDuty(Record):
    """A provision of a higher document that asks the province for a document of its own."""

    document = models.ForeignKey(LegalDocument, models.PROTECT, related_name="duties", verbose_name=_("văn bản"))
    path = models.CharField(_("điều khoản"), max_length=60, blank=True)
    asks = models.CharField(_("yêu cầu địa phương"), max_length=400)
    issuer = models.CharField(_("cơ quan phải ban hành"), max_length=150, blank=True)
    deadline = models.DateField(_("hạn"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("thay cho")
    )

    class Meta:
        ordering = ["document", "path"]

    def __str__(self) -> str:
        return self.asks


class ReviewItem(models.Model):
    """What is proposed after a finding: amend, repeal, issue a document, or leave it; with an owner and a deadline.

    ``finding``, ``basis`` and ``by`` name the finding as ``rules.review`` does, so that the two meet again on any day.
    """

    class Proposal(models.TextChoices):
        AMEND = "amend", _("Sửa đổi, bổ sung")
        REPLACE = "replace", _("Thay thế")
        REPEAL = "repeal", _("Bãi bỏ")
        ISSUE = "issue", _("Ban hành mới")
        KEEP = "keep", _("Giữ nguyên")

    class Status(models.TextChoices):
        OPEN = "open", _("Chưa làm")
        IN_PROGRESS = "in-progress", _("Đang làm")
        DONE = "done", _("Đã xong")
        DROPPED = "dropped", _("Không làm nữa")

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("tỉnh, thành phố"))
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="review_items",
        verbose_name=_("văn bản của tỉnh"),
    )  # fmt: skip
    duty = models.ForeignKey(
        LocalDuty, models.PROTECT, null=True, blank=True, related_name="review_items", verbose_name=_("yêu cầu")
    )
    finding = models.CharField(_("phát hiện"), max_length=40)
    basis = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("căn cứ")
    )
    by = models.CharField(_("do văn bản"), max_length=80, blank=True)
    proposal = models.CharField(_("đề xuất"), max_length=10, choices=Proposal)
    status = models.CharField(_("tình trạng"), max_length=12, choices=Status, default=Status.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người làm")
    )
    deadline = models.DateField(_("hạn"), null=True, blank=True)
    note = models.TextField(_("lý do, ghi chú"), blank=True)
    created_at = models.DateTimeField(_("lúc"), default=clock.now, editable=False)

    class Meta:
        ordering = ["status", "deadline", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(duty__isnull=False), name="review_item_has_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_proposal_display()}: {self.document or self.duty}"
