from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuyencong.law.models import ActivityType
from khuyencong.planning.models import plans


class PlanLine(models.Model):
    """A line of an annual plan: so much money of one fund, for one content or for any.

    ``committed`` and ``disbursed`` are running sums that actions keep under the row's lock; the database
    refuses to let them pass the amount. ``from_proposals``: made for the projects chosen into a draft plan; its
    amount is what they ask for together.
    """

    Fund = plans.Fund

    plan = models.ForeignKey(plans.AnnualPlan, models.PROTECT, related_name="lines", verbose_name=_("kế hoạch năm"))
    fund = models.CharField(_("nguồn kinh phí"), max_length=10, choices=plans.Fund)
    activity = models.ForeignKey(
        ActivityType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nội dung hỗ trợ")
    )
    name = models.CharField(_("tên dòng kế hoạch"), max_length=200)
    amount = models.BigIntegerField(_("số tiền được giao"), validators=[MinValueValidator(0)])
    committed = models.BigIntegerField(_("đã giao cho đề án"), default=0)
    disbursed = models.BigIntegerField(_("đã chi"), default=0)
    decision = models.CharField(_("quyết định giao"), max_length=200, blank=True)
    from_proposals = models.BooleanField(_("lập từ đề án được chọn"), default=False)

    class Meta:
        ordering = ["-plan__year", "fund", "name"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "fund", "name"], name="plan_line_once"),
            models.CheckConstraint(
                condition=Q(committed__gte=0, committed__lte=F("amount")), name="plan_line_commitment_within"
            ),
            models.CheckConstraint(
                condition=Q(disbursed__gte=0, disbursed__lte=F("committed")), name="plan_line_spending_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"

    @property
    def year(self) -> int:
        """The year of its plan."""
        return self.plan.year

    @property
    def left(self) -> int:
        """What nobody holds of it, in VND."""
        return self.amount - self.committed


class Commitment(models.Model):
    """What a line holds for one project, known here by its key only: projects are a room above."""

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="commitments")
    project = models.BigIntegerField(unique=True)
    amount = models.BigIntegerField(validators=[MinValueValidator(0)])

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="commitment_not_negative")]
