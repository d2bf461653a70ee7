from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment
from khuyencong.law.models import ActivityType
from khuyencong.planning.models import Fund, PlanLine
from khuyencong.projects.lifecycle import table as lifecycle
from khuyencong.projects.record.rules import FIRST_YEAR


class Project(models.Model):
    """A support project (đề án khuyến công), from proposal to archive. Money in whole VND."""

    Fund = Fund

    class State(models.TextChoices):
        DRAFT = lifecycle.State.DRAFT.value, _("Đang soạn")
        SUBMITTED = lifecycle.State.SUBMITTED.value, _("Đã nộp")
        RETURNED = lifecycle.State.RETURNED.value, _("Trả lại để hoàn thiện")
        DEPARTMENT_APPRAISAL = lifecycle.State.DEPARTMENT_APPRAISAL.value, _("Thẩm định cấp cơ sở")
        MINISTRY_APPRAISAL = lifecycle.State.MINISTRY_APPRAISAL.value, _("Bộ thẩm định")
        APPROVED = lifecycle.State.APPROVED.value, _("Đã phê duyệt")
        PLANNED = lifecycle.State.PLANNED.value, _("Đã giao kế hoạch")
        CONTRACTED = lifecycle.State.CONTRACTED.value, _("Đã ký hợp đồng")
        IN_PROGRESS = lifecycle.State.IN_PROGRESS.value, _("Đang thực hiện")
        SUSPENDED = lifecycle.State.SUSPENDED.value, _("Tạm dừng")
        ADJUSTED = lifecycle.State.ADJUSTED.value, _("Chờ quyết định điều chỉnh")
        TERMINATED = lifecycle.State.TERMINATED.value, _("Ngừng thực hiện")
        ACCEPTED = lifecycle.State.ACCEPTED.value, _("Đã nghiệm thu")
        CONTRACT_CLOSED = lifecycle.State.CONTRACT_CLOSED.value, _("Đã thanh lý hợp đồng")
        SETTLED = lifecycle.State.SETTLED.value, _("Đã quyết toán")
        MONITORED = lifecycle.State.MONITORED.value, _("Theo dõi kết quả")
        ARCHIVED = lifecycle.State.ARCHIVED.value, _("Đã lưu trữ")

    code = models.CharField(_("số đề án"), max_length=30, unique=True)
    title = models.CharField(_("tên đề án"), max_length=300)
    establishments = models.ManyToManyField(Establishment, related_name="projects", verbose_name=_("cơ sở thụ hưởng"))
    activity = models.ForeignKey(ActivityType, models.PROTECT, verbose_name=_("nội dung hỗ trợ"))
    fund = models.CharField(_("nguồn kinh phí"), max_length=10, choices=Fund)

    state = models.CharField(_("trạng thái"), max_length=25, choices=State, default=State.DRAFT)
    state_since = models.DateField(_("từ ngày"), null=True, blank=True)
    due_on = models.DateField(_("hạn của bước tiếp theo"), null=True, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người soạn")
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="projects_in_charge",
        verbose_name=_("cán bộ phụ trách"),
    )  # fmt: skip
    implementer = models.CharField(_("đơn vị thực hiện"), max_length=150, blank=True)

    goals = models.TextField(_("mục tiêu"), blank=True)
    scope = models.TextField(_("nội dung, quy mô"), blank=True)
    starts_on = models.DateField(_("bắt đầu"), null=True, blank=True)
    ends_on = models.DateField(_("kết thúc"), null=True, blank=True)
    expected_jobs = models.PositiveIntegerField(_("lao động tăng thêm dự kiến"), null=True, blank=True)
    expected_revenue = models.BigIntegerField(_("doanh thu tăng thêm dự kiến một năm"), null=True, blank=True)
    expected_output = models.BigIntegerField(_("giá trị sản xuất tăng thêm dự kiến một năm"), null=True, blank=True)
    expected_tax = models.BigIntegerField(_("nộp ngân sách tăng thêm dự kiến một năm"), null=True, blank=True)
    environment = models.TextField(_("tác động môi trường"), blank=True)

    support_amount = models.BigIntegerField(_("kinh phí hỗ trợ"), validators=[MinValueValidator(0)])
    counterpart = models.BigIntegerField(_("vốn đối ứng"), validators=[MinValueValidator(0)])
    blended = models.BigIntegerField(_("vốn lồng ghép"), default=0, validators=[MinValueValidator(0)])
    total_cost = models.BigIntegerField(_("tổng kinh phí"), validators=[MinValueValidator(0)])
    units = models.PositiveSmallIntegerField(_("số đơn vị tính mức trần"), default=1, validators=[MinValueValidator(1)])
    variant = models.CharField(_("trường hợp của mức hỗ trợ"), max_length=40, blank=True)
    conditions = models.JSONField(_("điều kiện của mức hỗ trợ"), default=list, blank=True)
    ceiling = models.BigIntegerField(_("mức hỗ trợ tối đa khi duyệt"), null=True, blank=True)
    ceiling_basis = models.CharField(_("căn cứ mức tối đa"), max_length=300, blank=True)
    plan_line = models.ForeignKey(
        PlanLine, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("dòng kế hoạch")
    )

    accepted_on = models.DateField(_("ngày nghiệm thu"), null=True, blank=True)
    accepted_year = models.PositiveSmallIntegerField(
        _("năm nghiệm thu"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)],
    )
    note = models.TextField(_("ghi chú"), blank=True)
    search = models.TextField(editable=False)

    class Meta:
        ordering = ["-accepted_year", "code"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="project_state_due"),
            # Support by year and fund is summed up from the index alone.
            models.Index(fields=["accepted_year", "fund", "support_amount", "counterpart"], name="project_support"),
            # In the order of lists, with the words that are searched.
            models.Index(fields=["-accepted_year", "code", "search"], name="project_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(support_amount__gte=0, counterpart__gte=0, blended__gte=0),
                name="project_money_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(total_cost=F("support_amount") + F("counterpart") + F("blended")),
                name="project_total_is_the_parts",
            ),
            models.CheckConstraint(
                condition=Q(ceiling=None) | Q(support_amount__lte=F("ceiling")), name="project_within_ceiling"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fold(self) -> None:
        """Refresh the search column; every action that writes calls it before saving."""
        self.search = fold(f"{self.code} {self.title}")


class Step(models.Model):
    """One step a project took: which, by whom, on which day. Never changed; past projects carry their real days."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    transition = models.CharField(_("bước"), max_length=30)
    source = models.CharField(_("từ trạng thái"), max_length=25, choices=Project.State)
    target = models.CharField(_("đến trạng thái"), max_length=25, choices=Project.State)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người làm")
    )
    taken_at = models.DateTimeField(_("lúc"))
    day = models.DateField(_("ngày"))
    reason = models.TextField(_("lý do"), blank=True)
    # Taken before this system: written down afterwards from the files, without the checks of a step taken here.
    recorded = models.BooleanField(_("ghi lại từ hồ sơ"), default=False)

    class Meta:
        ordering = ["project", "position"]
        constraints = [
            # The race of two people for one step: the second insert of the same position is refused.
            models.UniqueConstraint(fields=["project", "position"], name="step_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_target_display()}"
