from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.law.eligibility.models import DatedRule


class Parameter(DatedRule):
    """A number that a dated rule sets: a deadline in working days, years of reporting, a share of advance."""

    class Unit(models.TextChoices):
        WORKING_DAYS = "working-days", _("ngày làm việc")
        YEARS = "years", _("năm")
        PERCENT = "percent", _("%")
        POINTS = "points", _("điểm")
        DAYS = "days", _("ngày")
        MILLION = "million", _("triệu đồng")

    value = models.PositiveIntegerField(_("giá trị"))
    unit = models.CharField(_("đơn vị"), max_length=15, choices=Unit)

    class Meta:
        ordering = ["code", "valid_from"]
