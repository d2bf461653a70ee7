from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.planning.models import OtherProgramme
from khuyencong.projects.record.models import Project


class CostLine(models.Model):
    """One line of the cost estimate; the amount is quantity times price, kept so that sums are plain."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="cost_lines")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("khoản chi"), max_length=200)
    unit = models.CharField(_("đơn vị"), max_length=30)
    quantity = models.DecimalField(_("số lượng"), max_digits=14, decimal_places=3, validators=[MinValueValidator(0)])
    unit_price = models.BigIntegerField(_("đơn giá"), validators=[MinValueValidator(0)])
    amount = models.BigIntegerField(_("thành tiền"))
    price_source = models.CharField(_("nguồn giá"), max_length=200, blank=True)

    class Meta:
        ordering = ["project", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, unit_price__gte=0, amount__gte=0), name="cost_line_positive"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BlendedFunding(models.Model):
    """Money of another programme in the same project (lồng ghép)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="blended_funding")
    programme = models.ForeignKey(
        OtherProgramme, models.PROTECT, db_column="programme", related_name="funding", verbose_name=_("chương trình")
    )
    name = models.CharField(_("nội dung được hỗ trợ"), max_length=200, blank=True)
    amount = models.BigIntegerField(_("số tiền"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["project", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="blended_positive")]

    def __str__(self) -> str:
        return str(self.programme)
