from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuyencong.projects.record.models import Project
from khuyencong.projects.record.steps import Step


class Attachment(models.Model):
    """A file that people brought to a project. A newer version keeps the older one."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("Đơn đăng ký, cam kết đối ứng")
        BUSINESS_LICENCE = "business-licence", _("Giấy đăng ký kinh doanh")
        QUOTATION = "quotation", _("Báo giá")
        MINISTRY_DECISION = "ministry-decision", _("Quyết định của Bộ")
        SIGNED_CONTRACT = "signed-contract", _("Hợp đồng đã ký")
        INVOICES = "invoices", _("Hóa đơn, chứng từ")
        ACCEPTANCE_PHOTOS = "acceptance-photos", _("Ảnh nghiệm thu")
        PROGRESS_REPORT = "progress-report", _("Báo cáo tiến độ")
        INSPECTION = "inspection", _("Tài liệu kiểm tra")
        OTHER = "other", _("Giấy tờ khác")

    project = models.ForeignKey(Project, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("loại giấy tờ"), max_length=20, choices=Kind)
    file = models.FileField(_("tệp"), upload_to="projects/")
    name = models.CharField(_("tên tệp"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("dung lượng"))
    sha256 = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(_("phiên bản"), default=1)
    replaced_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces", verbose_name=_("được thay bởi")
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("đưa lên lúc"))
    # Brought by mistake: the file and its hash stay for the record, but it counts no more.
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)

    class Meta:
        ordering = ["project", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="withdrawn_paper_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class LetterTemplate(models.Model):
    """The province's own Word template for one kind of letter, in place of the one that comes with the product."""

    kind = models.CharField(_("loại văn bản"), max_length=30)
    file = models.FileField(_("tệp mẫu"), upload_to="templates/")
    name = models.CharField(_("tên tệp"), max_length=200)
    sha256 = models.CharField(max_length=64)
    active = models.BooleanField(_("đang dùng"), default=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("đưa lên lúc"))

    class Meta:
        ordering = ["kind", "-uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(active=True), name="one_active_template"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class LetterCounter(models.Model):
    """The last number given in a book of letters (all decisions of a year share one book)."""

    book = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "year"], name="letter_book_once")]


class ProducedDocument(models.Model):
    """A letter as it was produced: its number, its file, its hash. It stays as it is."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="letters")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="letters")
    kind = models.CharField(_("loại văn bản"), max_length=30)
    book = models.CharField(max_length=20)
    number = models.PositiveIntegerField(_("số"))
    symbol = models.CharField(_("số, ký hiệu"), max_length=40)
    day = models.DateField(_("ngày"))
    file = models.FileField(_("tệp"), upload_to="letters/")
    sha256 = models.CharField(max_length=64)
    template = models.ForeignKey(LetterTemplate, models.PROTECT, null=True, blank=True, related_name="+")
    produced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    produced_at = models.DateTimeField(_("lập lúc"))

    class Meta:
        ordering = ["project", "pk"]

    def __str__(self) -> str:
        return self.symbol
