from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.core.models import Drafted
from khuyencong.law.models import ActivityType, EligibleGroup, LegalDocument
from khuyencong.planning.models.programmes import OtherProgramme

_YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class Fund(models.TextChoices):
    """Whose money of the programme it is."""

    NATIONAL = "national", _("Khuyến công quốc gia")
    LOCAL = "local", _("Khuyến công địa phương")


class PlanState(models.TextChoices):
    """A draft is worked on; what was adopted changes only by a decision."""

    DRAFT = "draft", _("Dự thảo")
    ADOPTED = "adopted", _("Đã ban hành")


class Plan(Drafted):
    """What plans of a period and of a year have in common: state, decision, legal basis, who drafted and adopted."""

    state = models.CharField(_("trạng thái"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    decision = models.CharField(_("quyết định ban hành"), max_length=200, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    legal_basis = models.ManyToManyField(LegalDocument, related_name="+", blank=True, verbose_name=_("căn cứ pháp lý"))
    note = models.TextField(_("ghi chú"), blank=True)

    class Meta:
        abstract = True

    @property
    def adopted(self) -> bool:
        """Whether it is in force: then it changes only by a decision."""
        return self.state == PlanState.ADOPTED


class PeriodPlan(Plan):
    """The plan of some years: priorities, expected money, how many projects of which content."""

    name = models.CharField(_("tên kế hoạch"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("từ năm"), validators=_YEARS)
    last_year = models.PositiveSmallIntegerField(_("đến năm"), validators=_YEARS)
    industries = models.ManyToManyField(
        EligibleGroup, related_name="+", blank=True, verbose_name=_("ngành nghề ưu tiên")
    )
    areas = models.TextField(_("địa bàn ưu tiên"), blank=True)
    # An adopted plan stands as it was adopted: its adjustment is a plan of its own, which takes its place.
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="adjusted", verbose_name=_("điều chỉnh của")
    )
    reason = models.TextField(_("lý do điều chỉnh"), blank=True)

    class Meta:
        ordering = ["-first_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="period_years_in_order"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="period_plan_state_known"),
            models.CheckConstraint(condition=Q(replaces=None) | ~Q(reason=""), name="period_adjustment_has_reason"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def adjustment(self) -> "PeriodPlan | None":
        """The plan that adjusts this one, drafted or adopted."""
        return getattr(self, "adjusted", None)

    @property
    def outdated(self) -> bool:
        """Whether an adopted adjustment has taken its place."""
        return self.adjustment is not None and self.adjustment.adopted


class AnnualPlan(Plan):
    """The plan of one year: the money by source, its lines and its goals."""

    year = models.PositiveSmallIntegerField(_("năm"), unique=True, validators=_YEARS)
    period = models.ForeignKey(
        PeriodPlan, models.PROTECT, null=True, blank=True, related_name="years", verbose_name=_("kế hoạch giai đoạn")
    )

    class Meta:
        ordering = ["-year"]
        constraints = [models.CheckConstraint(condition=Q(state__in=PlanState.values), name="annual_plan_state_known")]

    def __str__(self) -> str:
        return gettext("Kế hoạch năm %(year)s") % {"year": self.year}


class PlanBudget(models.Model):
    """The money expected from one source, in a period or in a year: a fund, or another programme."""

    class Source(models.TextChoices):
        NATIONAL = Fund.NATIONAL.value, _("Khuyến công quốc gia")
        LOCAL = Fund.LOCAL.value, _("Khuyến công địa phương")
        BLENDED = "blended", _("Lồng ghép chương trình khác")

    period = models.ForeignKey(PeriodPlan, models.CASCADE, null=True, blank=True, related_name="budgets")
    annual = models.ForeignKey(AnnualPlan, models.CASCADE, null=True, blank=True, related_name="budgets")
    source = models.CharField(_("nguồn"), max_length=10, choices=Source)
    programme = models.ForeignKey(
        OtherProgramme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chương trình")
    )
    amount = models.BigIntegerField(_("số tiền"), validators=[MinValueValidator(0)])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period=None, annual__isnull=False) | Q(period__isnull=False, annual=None),
                name="budget_of_one_plan",
            ),
            models.CheckConstraint(
                condition=Q(source="blended", programme__isnull=False) | (~Q(source="blended") & Q(programme=None)),
                name="budget_programme_when_blended",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative"),
            models.UniqueConstraint(
                Coalesce("period", 0), Coalesce("annual", 0), "source", Coalesce("programme", Value("")),
                name="budget_source_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return gettext("Kinh phí: %(source)s") % {"source": self.name}

    @property
    def name(self) -> str:
        """The fund, or the programme, as people call it."""
        return str(self.programme) if self.programme_id else str(self.get_source_display())


class PeriodContent(models.Model):
    """How many projects of a content a period plan expects from a fund, and for how much."""

    plan = models.ForeignKey(PeriodPlan, models.CASCADE, related_name="contents")
    activity = models.ForeignKey(ActivityType, models.PROTECT, related_name="+", verbose_name=_("nội dung hỗ trợ"))
    fund = models.CharField(_("nguồn kinh phí"), max_length=10, choices=Fund)
    projects = models.PositiveIntegerField(_("số đề án"))
    amount = models.BigIntegerField(_("số tiền"), validators=[MinValueValidator(0)])

    class Meta:
        ordering = ["activity__position", "fund"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "activity", "fund"], name="period_content_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="period_content_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.activity)
