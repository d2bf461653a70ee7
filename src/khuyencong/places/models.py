from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """An administrative unit from a day to a day. The same code before and after a reform is two rows."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Cấp tỉnh")
        DISTRICT = "district", _("Cấp huyện")
        COMMUNE = "commune", _("Cấp xã")

    code = models.CharField(_("mã đơn vị"), max_length=5)
    name = models.CharField(_("tên đầy đủ"), max_length=100)
    short_name = models.CharField(_("tên"), max_length=100)
    kind = models.CharField(_("cấp"), max_length=10, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)
    folded = models.CharField(max_length=100, editable=False, db_index=True)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates_in_order",
            ),
            models.UniqueConstraint(fields=["kind", "code"], condition=Q(valid_to=None), name="unit_code_once_today"),
            models.UniqueConstraint(
                fields=["kind", "code", "valid_to"], condition=~Q(valid_to=None), name="unit_code_once_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A former unit and the unit of today that took over its area, or (when it was divided) a part of it."""

    former = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    current = models.ForeignKey(Unit, models.CASCADE, related_name="predecessors")
    divided = models.BooleanField(_("bị chia"), default=False)
    source = models.CharField(_("nguồn"), max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["former", "current"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.former} → {self.current}"


class Boundary(models.Model):
    """The outline of a unit of today, as a file gave it: made simpler, as compact GeoJSON (WGS84, degrees)."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="boundary", verbose_name=_("đơn vị"))
    geometry = models.TextField(_("đường ranh giới"), editable=False)
    source = models.CharField(_("tệp nguồn"), max_length=200)
    sha256 = models.CharField(_("mã băm của tệp"), max_length=64)
    imported_at = models.DateTimeField(_("nhập lúc"))

    class Meta:
        ordering = ["unit"]
        constraints = [models.CheckConstraint(condition=~Q(geometry=""), name="boundary_has_geometry")]

    def __str__(self) -> str:
        return gettext("ranh giới %(unit)s") % {"unit": self.unit}
