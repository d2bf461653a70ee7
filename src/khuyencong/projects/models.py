from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment
from khuyencong.law.models import ActivityType
from khuyencong.projects.rules import FIRST_YEAR


class Project(models.Model):
    """A support project (đề án khuyến công). Money in whole VND."""

    class Fund(models.TextChoices):
        NATIONAL = "national", _("Khuyến công quốc gia")
        LOCAL = "local", _("Khuyến công địa phương")

    code = models.CharField(_("số đề án"), max_length=30, unique=True)
    title = models.CharField(_("tên đề án"), max_length=300)
    establishments = models.ManyToManyField(Establishment, related_name="projects", verbose_name=_("cơ sở thụ hưởng"))
    activity = models.ForeignKey(ActivityType, models.PROTECT, verbose_name=_("nội dung hỗ trợ"))
    fund = models.CharField(_("nguồn kinh phí"), max_length=10, choices=Fund)
    accepted_year = models.PositiveSmallIntegerField(
        _("năm nghiệm thu"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)],
    )
    support_amount = models.BigIntegerField(_("kinh phí hỗ trợ"), validators=[MinValueValidator(0)])
    counterpart = models.BigIntegerField(_("vốn đối ứng"), validators=[MinValueValidator(0)])
    total_cost = models.BigIntegerField(_("tổng kinh phí"), validators=[MinValueValidator(0)])
    note = models.TextField(_("ghi chú"), blank=True)
    search = models.TextField(editable=False)

    class Meta:
        ordering = ["-accepted_year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(support_amount__gte=0, counterpart__gte=0),
                name="project_money_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(total_cost__gte=models.F("support_amount") + models.F("counterpart")),
                name="project_total_covers_parts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fold(self) -> None:
        """Refresh the search column; every action that writes calls it before saving."""
        self.search = fold(f"{self.code} {self.title}")
