from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuyencong.establishments.models import Establishment
from khuyencong.projects.record.models import Project


class Survey(models.Model):
    """What an officer found at an establishment: what it needs, has, can do and can pay. Starts a proposal."""

    class Verdict(models.TextChoices):
        PROPOSE = "propose", _("Nên lập đề án")
        LATER = "later", _("Chưa sẵn sàng, khảo sát lại sau")
        NO = "no", _("Không phù hợp để hỗ trợ")

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="surveys", verbose_name=_("cơ sở"))
    surveyed_on = models.DateField(_("ngày khảo sát"))
    surveyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người khảo sát")
    )
    need = models.TextField(_("nhu cầu"))
    wanted = models.TextField(_("máy móc, thiết bị muốn đầu tư"), blank=True)
    equipment = models.TextField(_("thiết bị hiện có"), blank=True)
    capacity = models.TextField(_("năng lực sản xuất"), blank=True)
    market = models.TextField(_("thị trường, nguyên liệu"), blank=True)
    estimated_cost = models.BigIntegerField(
        _("chi phí ước tính"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    counterpart = models.BigIntegerField(
        _("vốn đối ứng có thể bỏ ra"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    ready = models.BooleanField(_("sẵn sàng cam kết đối ứng"), default=False)
    verdict = models.CharField(_("kết luận"), max_length=10, choices=Verdict)
    conclusion = models.TextField(_("nhận xét của người khảo sát"), blank=True)
    project = models.OneToOneField(
        Project, models.SET_NULL, null=True, blank=True, related_name="survey", verbose_name=_("đề án lập từ khảo sát")
    )

    class Meta:
        ordering = ["-surveyed_on", "-pk"]

    def __str__(self) -> str:
        return _("Khảo sát %(name)s") % {"name": self.establishment}
