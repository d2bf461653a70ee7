from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuyencong.projects.record.models import Project


class AppraisalCriterion(models.Model):
    """One line of the appraisal sheet, from a day to a day."""

    code = models.SlugField(_("mã"), max_length=40)
    name = models.CharField(_("tiêu chí"), max_length=300)
    most = models.PositiveSmallIntegerField(_("điểm cao nhất"), validators=[MinValueValidator(1)])
    least = models.PositiveSmallIntegerField(_("điểm thấp nhất để đạt"), default=0)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(most__gte=F("least")), name="appraisal_points_in_order"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="appraisal_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Council(models.Model):
    """The council that appraises one project at department level."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="council")
    decision = models.CharField(_("quyết định thành lập"), max_length=100, blank=True)
    meets_on = models.DateField(_("ngày họp"), null=True, blank=True)
    threshold = models.PositiveSmallIntegerField(
        _("điểm đạt"), default=70, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField(_("lập lúc"))

    def __str__(self) -> str:
        return _("Hội đồng thẩm định %(project)s") % {"project": self.project}


class Member(models.Model):
    """One member with their sheet: conflict of interest, comments, handed in or not."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chủ tịch")
        MEMBER = "member", _("Ủy viên")
        SECRETARY = "secretary", _("Thư ký")

    council = models.ForeignKey(Council, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="council_seats", verbose_name=_("thành viên")
    )
    role = models.CharField(_("vai trò"), max_length=10, choices=Role, default=Role.MEMBER)
    conflict = models.BooleanField(_("có lợi ích liên quan"), default=False)
    conflict_reason = models.TextField(_("lợi ích liên quan là gì"), blank=True)
    comment = models.TextField(_("nhận xét"), blank=True)
    handed_in_at = models.DateTimeField(_("nộp phiếu lúc"), null=True, blank=True)

    class Meta:
        ordering = ["council", "role", "pk"]
        constraints = [models.UniqueConstraint(fields=["council", "user"], name="member_once")]

    def __str__(self) -> str:
        return str(self.user)


class Score(models.Model):
    """The points one member gave for one criterion."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(AppraisalCriterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("điểm"))
    comment = models.CharField(_("nhận xét"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "criterion"], name="score_once")]
