from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuyencong.core.files.kinds import PHOTOS
from khuyencong.projects.record.models import Project


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
    # Of a photo: the picture written anew, which is shown; the original stays as evidence.
    copy = models.FileField(upload_to="projects/", blank=True)
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

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture, of which everybody but the inspector sees a copy."""
        return any(self.content_type == one.content_type for one in PHOTOS)
