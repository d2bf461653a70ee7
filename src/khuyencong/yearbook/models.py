from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.places.models import Unit
from khuyencong.yearbook.rules import FIRST_YEAR, LAST_YEAR


class MacroIndicator(models.Model):
    """Something published of a whole province every year."""

    class Scale(models.TextChoices):
        BILLION = "billion", _("tỷ đồng")
        PERCENT = "percent", "%"
        ESTABLISHMENTS = "establishments", _("cơ sở")
        PERSONS = "persons", _("người")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("chỉ tiêu"), max_length=150)
    unit = models.CharField(_("đơn vị tính"), max_length=15, choices=Scale)
    definition = models.CharField(_("cách tính"), max_length=400)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "reports"  # its table and its history were named when the yearbook was a part of that room
        ordering = ["position"]

    def __str__(self) -> str:
        return gettext(self.name)


class MacroFigure(models.Model):
    """One indicator of one province in one year, and where it was read. ``value`` in the indicator's unit."""

    indicator = models.ForeignKey(MacroIndicator, models.PROTECT, related_name="figures", verbose_name=_("chỉ tiêu"))
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("tỉnh, thành phố"))
    year = models.PositiveSmallIntegerField(
        _("năm"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    value = models.DecimalField(_("giá trị"), max_digits=16, decimal_places=2)
    source = models.CharField(_("nguồn"), max_length=300)
    published_on = models.DateField(_("ngày công bố"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    verified = models.BooleanField(_("đã xác minh"), default=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xác minh"),
    )
    verified_at = models.DateTimeField(_("xác minh lúc"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người nhập")
    )
    entered_at = models.DateTimeField(_("nhập lúc"))

    class Meta:
        app_label = "reports"  # its table and its history were named when the yearbook was a part of that room
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["province", "indicator", "year"], name="macro_figure_once_a_year"),
            models.CheckConstraint(condition=Q(value__gte=0), name="macro_figure_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="macro_figure_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.year}"
