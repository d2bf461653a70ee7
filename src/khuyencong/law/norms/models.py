from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Precision, Record
from khuyencong.places.models import Unit


class ActivityType(models.Model):
    """A kind of industrial-promotion activity, with the provision it rests on and whether it was checked.

    ``direct``: an establishment can be supported with it; the others are work of the programme itself.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("nội dung hỗ trợ"), max_length=300)
    provision = models.CharField(_("căn cứ"), max_length=200)
    verified = models.BooleanField(_("đã xác minh"), default=False)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến"), null=True, blank=True)
    direct = models.BooleanField(_("hỗ trợ trực tiếp cơ sở"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return gettext(self.name)


class SupportNorm(Record):
    """How much may be paid for a content: a share of the cost, a cap in VND for each unit, or both."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("Trung ương quy định")
        PROVINCIAL = "provincial", _("Tỉnh quy định")

    class Fund(models.TextChoices):
        ANY = "any", _("Cả hai nguồn")
        NATIONAL = "national", _("Khuyến công quốc gia")
        LOCAL = "local", _("Khuyến công địa phương")

    class Per(models.TextChoices):
        MODEL = "model", _("mô hình")
        ESTABLISHMENT = "establishment", _("cơ sở")
        ENTERPRISE = "enterprise", _("doanh nghiệp")
        MARK = "mark", _("nhãn hiệu")
        ROOM = "room", _("phòng trưng bày")
        BOOTH = "booth", _("gian hàng")
        CLUSTER = "cluster", _("cụm công nghiệp")
        PERSON = "person", _("người")
        TIME = "time", _("lần tổ chức")
        PRODUCT = "product", _("sản phẩm")
        ASSOCIATION = "association", _("hiệp hội")
        LINKAGE = "linkage", _("cụm liên kết")

    class Area(models.TextChoices):
        ANY = "any", _("mọi địa bàn")
        DIFFICULT = "difficult", _("địa bàn khó khăn, đặc biệt khó khăn")
        ESPECIALLY_DIFFICULT = "especially-difficult", _("địa bàn đặc biệt khó khăn")

    content = models.ForeignKey(ActivityType, models.PROTECT, related_name="norms", verbose_name=_("nội dung hỗ trợ"))
    variant = models.CharField(_("trường hợp"), max_length=40, blank=True)
    variant_name = models.CharField(_("tên trường hợp"), max_length=200, blank=True)
    level = models.CharField(_("cấp quy định"), max_length=10, choices=Level)
    province = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tỉnh, thành phố")
    )
    fund = models.CharField(_("nguồn kinh phí"), max_length=10, choices=Fund, default=Fund.ANY)
    area = models.CharField(_("địa bàn"), max_length=20, choices=Area, default=Area.ANY)
    percent = models.DecimalField(
        _("tỷ lệ (% chi phí)"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )  # fmt: skip
    cap = models.BigIntegerField(_("mức tối đa (đồng)"), null=True, blank=True, validators=[MinValueValidator(1)])
    per = models.CharField(_("tính cho một"), max_length=15, choices=Per)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_from_precision = models.CharField(_("ngày bắt đầu"), max_length=5, choices=Precision, default=Precision.DAY)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    document = models.ForeignKey(LegalDocument, models.PROTECT, related_name="norms", verbose_name=_("văn bản"))
    path = models.CharField(_("điều khoản"), max_length=60, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("thay cho")
    )
    # The law changed (true), or our record of it was wrong (false): decides what holds before ``valid_from``.
    takes_over = models.BooleanField(_("mức cũ vẫn đúng đến hết ngày trước đó"), default=True)

    class Meta:
        ordering = ["content", "variant", "level", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="national", province=None) | Q(level="provincial", province__isnull=False),
                name="norm_level_has_place",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=False) | Q(cap__isnull=False), name="norm_has_percent_or_cap"
            ),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__gt=0, percent__lte=100), name="norm_percent"),
            models.CheckConstraint(condition=Q(cap=None) | Q(cap__gt=0), name="norm_cap_positive"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="norm_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content}: {self.variant_name}" if self.variant_name else str(self.content)


class NormMultiplier(models.Model):
    """A condition under which the cap is multiplied (a whole technological line: 1.5 times)."""

    norm = models.ForeignKey(SupportNorm, models.CASCADE, related_name="multipliers")
    condition = models.SlugField(_("mã điều kiện"), max_length=40)
    name = models.CharField(_("điều kiện"), max_length=200)
    factor = models.DecimalField(
        _("hệ số"), max_digits=4, decimal_places=2, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    path = models.CharField(_("điều khoản"), max_length=60, blank=True)

    class Meta:
        ordering = ["norm", "condition"]
        constraints = [
            models.UniqueConstraint(fields=["norm", "condition"], name="multiplier_once"),
            models.CheckConstraint(condition=Q(factor__gte=1), name="multiplier_at_least_one"),
        ]

    def __str__(self) -> str:
        return gettext("điều kiện nhân mức tối đa “%(name)s”") % {"name": self.name}
