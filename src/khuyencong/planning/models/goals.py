from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from khuyencong.planning.indicators import INDICATORS, Indicator
from khuyencong.planning.models.plans import AnnualPlan, PeriodPlan

_YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class Goal(models.Model):
    """What a plan wants to reach, as an indicator of the catalogue with a value for each year."""

    period = models.ForeignKey(PeriodPlan, models.CASCADE, null=True, blank=True, related_name="goals")
    annual = models.ForeignKey(AnnualPlan, models.CASCADE, null=True, blank=True, related_name="goals")
    indicator = models.CharField(_("chỉ tiêu"), max_length=40)
    baseline = models.DecimalField(_("mức xuất phát"), max_digits=20, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("năm xuất phát"), null=True, blank=True, validators=_YEARS)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period=None, annual__isnull=False) | Q(period__isnull=False, annual=None),
                name="goal_of_one_plan",
            ),
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_year=None) | Q(baseline__isnull=False, baseline_year__isnull=False),
                name="goal_baseline_has_year",
            ),
            models.UniqueConstraint(fields=["period", "indicator"], condition=Q(annual=None), name="period_goal_once"),
            models.UniqueConstraint(fields=["annual", "indicator"], condition=Q(period=None), name="annual_goal_once"),
        ]

    def __str__(self) -> str:
        return _t("Mục tiêu: %(name)s") % {"name": self.name}

    @property
    def meant(self) -> Indicator | None:
        """The line of the catalogue; None when the catalogue no longer has it."""
        return INDICATORS.get(self.indicator)

    @property
    def name(self) -> str:
        """The name of its indicator."""
        return str(self.meant.name) if self.meant else self.indicator

    @property
    def plan(self) -> AnnualPlan | PeriodPlan:
        """The plan that it belongs to."""
        plan = self.annual or self.period
        if plan is None:
            raise ValueError("a goal without a plan")  # the database holds none
        return plan


class GoalTarget(models.Model):
    """The value to reach by a year."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("năm"), validators=_YEARS)
    value = models.DecimalField(
        _("mức phải đạt"), max_digits=20, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )

    class Meta:
        ordering = ["goal", "year"]
        constraints = [models.UniqueConstraint(fields=["goal", "year"], name="goal_target_once")]

    def __str__(self) -> str:
        return f"{self.goal} {self.year}"
