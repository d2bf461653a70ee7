import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuyencong.projects.papers.models import Attachment
from khuyencong.projects.record.models import Project


class Contract(models.Model):
    """The contract of a project. ``paid`` and ``recovered`` are running sums kept under the row's lock.

    The database refuses what would hold more than the contract, or give back more than was paid.
    """

    project = models.OneToOneField(Project, models.CASCADE, related_name="contract")
    number = models.CharField(_("số hợp đồng"), max_length=60)
    signed_on = models.DateField(_("ngày ký"))
    amount = models.BigIntegerField(_("giá trị hỗ trợ theo hợp đồng"), validators=[MinValueValidator(1)])
    advance_percent = models.PositiveSmallIntegerField(
        _("tạm ứng nhiều nhất (%)"), default=70, validators=[MaxValueValidator(100)]
    )
    starts_on = models.DateField(_("từ ngày"), null=True, blank=True)
    ends_on = models.DateField(_("đến ngày"), null=True, blank=True)
    paid = models.BigIntegerField(_("đã chi"), default=0)
    recovered = models.BigIntegerField(_("đã thu hồi"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="contract_amount_positive"),
            models.CheckConstraint(condition=Q(recovered__gte=0, paid__gte=F("recovered")), name="recovered_was_paid"),
            models.CheckConstraint(condition=Q(paid__lte=F("amount") + F("recovered")), name="paid_within_contract"),
        ]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """Money out to the establishment, or back from it. Never changed: a mistake is put right by the opposite entry."""

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("Tạm ứng")
        PAYMENT = "payment", _("Thanh toán")
        RECOVERY = "recovery", _("Thu hồi")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="payments")
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    fund = models.CharField(_("nguồn"), max_length=10, choices=Project.Fund)
    amount = models.BigIntegerField(_("số tiền"), validators=[MinValueValidator(1)])
    paid_on = models.DateField(_("ngày"))
    voucher = models.CharField(_("số chứng từ"), max_length=60, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("ghi lúc"))
    # One form, one entry: pressing the button twice cannot pay twice.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["contract", "paid_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=~Q(kind="recovery") | ~Q(reason=""), name="recovery_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.contract}"


class Invoice(models.Model):
    """An invoice that shows what the money bought. One invoice proves one cost once, in any project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="invoices")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, blank=True, related_name="invoices")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    seller_tax_code = models.CharField(_("mã số thuế người bán"), max_length=14)
    seller = models.CharField(_("người bán"), max_length=200)
    number = models.CharField(_("số hóa đơn"), max_length=30)
    issued_on = models.DateField(_("ngày hóa đơn"))
    amount = models.BigIntegerField(_("số tiền"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["project", "issued_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["seller_tax_code", "number", "issued_on"], name="invoice_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class Hold(models.Model):
    """A stop on further payment from a day on, until it is lifted: an inspection's remedy that is overdue."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="holds")
    reason = models.CharField(_("lý do"), max_length=300)
    blocks_from = models.DateField(_("chặn chi từ ngày"))
    source = models.CharField(max_length=60, unique=True)
    lifted_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)

    class Meta:
        ordering = ["project", "blocks_from"]

    def __str__(self) -> str:
        return self.reason
