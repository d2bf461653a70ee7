from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from khuyencong.core import periods
from khuyencong.places.models import Unit
from khuyencong.reports.official.definition import Form, Kind, read_form, read_kind


class ReportDefinition(models.Model):
    """A form or a kind of report as data (see ``definition.py``), from a day to a day."""

    class Sort(models.TextChoices):
        FORM = "form", _("biểu")
        KIND = "kind", _("loại báo cáo")

    sort = models.CharField(max_length=10, choices=Sort)
    code = models.SlugField(max_length=40)
    data = models.JSONField()
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=300)
    verified = models.BooleanField(_("đã xác minh"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sort", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["sort", "code", "valid_from"], name="report_definition_once"),
        ]

    def __str__(self) -> str:
        return _now(self.data.get("title") or self.data["name"])

    def form(self) -> Form:
        """Read as a form."""
        return read_form(self.data)

    def kind(self) -> Kind:
        """Read as a kind of report."""
        return read_kind(self.data)


class Report(models.Model):
    """One official report of one unit for one period. What was signed is frozen in ``snapshot`` (canonical JSON)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        SENT = "sent", _("Chờ ký")
        SIGNED = "signed", _("Đã ký")

    class PeriodKind(models.TextChoices):
        MONTH = periods.Kind.MONTH.value, _("Tháng")
        QUARTER = periods.Kind.QUARTER.value, _("Quý")
        HALF = periods.Kind.HALF.value, _("Sáu tháng")
        YEAR = periods.Kind.YEAR.value, _("Năm")

    kind = models.ForeignKey(ReportDefinition, models.PROTECT, related_name="+", verbose_name=_("loại báo cáo"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị báo cáo"))
    period_kind = models.CharField(_("kỳ"), max_length=10, choices=PeriodKind)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveSmallIntegerField(_("kỳ thứ"), default=1)
    version = models.PositiveSmallIntegerField(_("lần"), default=1)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    sections = models.JSONField(_("phần lời"), default=dict)
    sign = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    returned = models.TextField(_("lý do trả lại"), blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người lập")
    )
    drafted_at = models.DateTimeField(_("lập lúc"))
    sent_at = models.DateTimeField(_("trình lúc"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ký")
    )
    signed_at = models.DateTimeField(_("ký lúc"), null=True, blank=True)
    snapshot = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(_("mã kiểm"), max_length=64, blank=True, editable=False)
    trail = models.CharField(_("mã cuối nhật ký"), max_length=90, blank=True, editable=False)  # when sent, when signed

    class Meta:
        ordering = ["-year", "-number", "unit", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "period_kind", "year", "number", "version"], name="report_once"
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(snapshot="")
                & ~Q(sha256="")
                | ~Q(state="signed") & Q(snapshot="", sha256="", signed_at=None),
                name="report_signed_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        told = {"kind": self.kind, "period": periods.named(self.period), "unit": self.unit.name}
        if self.version > 1:
            return _now("%(kind)s, %(period)s, %(unit)s (điều chỉnh lần %(n)s)") % {**told, "n": self.version - 1}
        return _now("%(kind)s, %(period)s, %(unit)s") % told

    @cached_property
    def period(self) -> periods.Period:
        """What it is about."""
        return periods.Period(periods.Kind(self.period_kind), self.year, self.number)
