from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.planning.models.plans import AnnualPlan, PlanState


class PlanAdjustment(models.Model):
    """A change of an adopted plan: drafted by an officer, in force once a leader adopts it.

    ``changes``: see ``planning.rules.Changes``.
    """

    plan = models.ForeignKey(AnnualPlan, models.CASCADE, related_name="adjustments")
    state = models.CharField(_("trạng thái"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    reason = models.TextField(_("lý do điều chỉnh"))
    changes = models.JSONField(_("nội dung điều chỉnh"), default=dict)
    decision = models.CharField(_("quyết định điều chỉnh"), max_length=200, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(_("soạn lúc"))
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    adopted_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(state="draft"), name="one_draft_adjustment"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="adjustment_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="adopted_adjustment_has_decision",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Điều chỉnh %(plan)s") % {"plan": self.plan}


class PlanVersion(models.Model):
    """A plan as it stood after a decision: kept whole, never changed, with the hash of what it says."""

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("bản số"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(_("quyết định"), max_length=200)
    decided_on = models.DateField(_("ngày quyết định"), null=True)  # unknown of plans from before the versions
    reason = models.TextField(_("lý do"), blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return gettext("%(plan)s, bản %(number)s") % {"plan": self.plan, "number": self.number}
