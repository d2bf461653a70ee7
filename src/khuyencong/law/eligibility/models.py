from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.law.documents.models import DatedRule, LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.places.models import Unit


class EligibilityRule(DatedRule):
    """Who may be supported: one condition. ``values`` are the codes that pass; ``contents`` empty: every content."""

    class Kind(models.TextChoices):
        BENEFICIARY = "beneficiary", _("Đối tượng")
        INDUSTRY = "industry", _("Ngành nghề")
        AREA = "area", _("Địa bàn")
        ACTIVE = "active", _("Đang hoạt động")
        NO_DOUBLE_FUNDING = "no-double-funding", _("Không hỗ trợ trùng")

    kind = models.CharField(_("loại điều kiện"), max_length=20, choices=Kind)
    values = models.JSONField(_("giá trị đạt"), default=list, blank=True)
    contents = models.JSONField(_("chỉ cho nội dung"), default=list, blank=True)

    class Meta:
        ordering = ["kind", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="eligibility_dates_in_order"
            )
        ]


class PriorityCriterion(DatedRule):
    """One criterion of the priority score: what is looked at, what counts, how many points it gives."""

    class Kind(models.TextChoices):
        AREA = "area", _("Địa bàn")
        NEW_RURAL = "new-rural", _("Xã xây dựng nông thôn mới")
        INDUSTRY = "industry", _("Ngành nghề ưu tiên")
        LOCAL_MATERIAL = "local-material", _("Dùng nguyên liệu tại chỗ")
        LABOUR = "labour", _("Dùng nhiều lao động")
        EXPORT = "export", _("Có xuất khẩu")

    kind = models.CharField(_("tiêu chí"), max_length=20, choices=Kind)
    values = models.JSONField(_("giá trị được điểm"), default=list, blank=True)
    threshold = models.PositiveBigIntegerField(_("từ mức"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("điểm"), validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        ordering = ["kind", "-points"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="criterion_dates_in_order"
            )
        ]


class AreaStatus(Record):
    """What a commune counts as, from a day to a day: an area of difficulty, a commune on the new-rural path."""

    class Kind(models.TextChoices):
        DIFFICULT = "difficult", _("khó khăn")
        ESPECIALLY_DIFFICULT = "especially-difficult", _("đặc biệt khó khăn")
        NEW_RURAL = "new-rural", _("xây dựng nông thôn mới")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="area_statuses", verbose_name=_("xã, phường"))
    kind = models.CharField(_("diện"), max_length=20, choices=Kind)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("văn bản")
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("thay cho")
    )

    class Meta:
        ordering = ["unit", "kind", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="area_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "valid_from"], condition=Q(state="adopted"), name="area_status_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "valid_from"], condition=Q(state="draft"), name="area_draft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_kind_display()}"


class EligibleGroup(models.Model):
    """A group of industries that may be supported, with the provision it rests on and whether it was checked."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("nhóm ngành được hưởng"), max_length=300)
    provision = models.CharField(_("căn cứ"), max_length=200)
    verified = models.BooleanField(_("đã xác minh"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return gettext(self.name)
