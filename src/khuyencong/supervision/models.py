from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuyencong.projects.models import Project


class ChecklistItem(models.Model):
    """One question of the check-list, from a day to a day."""

    code = models.SlugField(_("mã"), max_length=40)
    question = models.CharField(_("câu hỏi"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="checklist_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.question


class InspectionPlan(models.Model):
    """The inspections of one year, as a leader approved them."""

    year = models.PositiveSmallIntegerField(
        _("năm"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    decision = models.CharField(_("quyết định"), max_length=100, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)

    def __str__(self) -> str:
        return _("Kế hoạch kiểm tra năm %(year)s") % {"year": self.year}


class Visit(models.Model):
    """One inspection of one project: planned, then done. ``again_after``: the finding that it looks at again."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Đã lên kế hoạch")
        DONE = "done", _("Đã kiểm tra")
        CANCELLED = "cancelled", _("Không kiểm tra nữa")

    project = models.ForeignKey(Project, models.PROTECT, related_name="visits", verbose_name=_("đề án"))
    plan = models.ForeignKey(InspectionPlan, models.PROTECT, null=True, blank=True, related_name="visits")
    again_after = models.ForeignKey(
        "Finding", models.PROTECT, null=True, blank=True, related_name="visits_again", verbose_name=_("kiểm tra lại")
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.PLANNED)
    risk = models.PositiveSmallIntegerField(_("điểm rủi ro"), default=0)
    risk_parts = models.JSONField(default=list, blank=True)
    planned_for = models.DateField(_("dự kiến ngày"))
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="visits", verbose_name=_("người kiểm tra")
    )
    done_on = models.DateField(_("ngày kiểm tra"), null=True, blank=True)
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)
    conclusion = models.TextField(_("kết luận"), blank=True)

    class Meta:
        ordering = ["planned_for", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="done") | Q(done_on__isnull=False), name="done_visit_has_day"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="visit_place_both_or_none",
            ),
        ]

    def __str__(self) -> str:
        return _("Kiểm tra %(project)s") % {"project": self.project}


class Answer(models.Model):
    """What was seen for one question of the check-list."""

    class Value(models.TextChoices):
        YES = "yes", _("Đạt")
        NO = "no", _("Không đạt")
        NOT_APPLICABLE = "n/a", _("Không áp dụng")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="answers")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    value = models.CharField(_("kết quả"), max_length=5, choices=Value)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "item"], name="answer_once")]


class Photo(models.Model):
    """A photo taken at a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    file = models.FileField(_("ảnh"), upload_to="visits/")
    copy = models.FileField(upload_to="visits/", blank=True)  # written anew, shown; the original stays as evidence
    caption = models.CharField(_("chú thích"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("đưa lên lúc"))


class Finding(models.Model):
    """Something wrong that a visit found, what has to be done about it and by when."""

    class Severity(models.TextChoices):
        MINOR = "minor", _("Nhẹ")
        SERIOUS = "serious", _("Nghiêm trọng")
        MISUSE = "misuse", _("Sai mục đích")

    class State(models.TextChoices):
        OPEN = "open", _("Chờ khắc phục")
        REMEDIED = "remedied", _("Đã báo khắc phục, chờ kiểm tra lại")
        CLOSED = "closed", _("Đã khắc phục")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings")
    severity = models.CharField(_("mức độ"), max_length=10, choices=Severity)
    text = models.TextField(_("phát hiện"))
    remedy = models.TextField(_("phải khắc phục"))
    deadline = models.DateField(_("hạn khắc phục"))
    to_recover = models.BigIntegerField(
        _("phải thu hồi (đồng)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.OPEN)
    remedy_note = models.TextField(_("đã khắc phục thế nào"), blank=True)
    closed_at = models.DateTimeField(_("đóng lúc"), null=True, blank=True)

    class Meta:
        ordering = ["deadline", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
