from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.core.text import fold
from khuyencong.establishments.rules import FIRST_YEAR
from khuyencong.establishments.standings.models import EstablishmentStanding, OwedResult, RegistryCount, ResultSum
from khuyencong.law.models import EligibleGroup
from khuyencong.places.models import Unit

__all__ = [
    "LAST_YEAR",
    "Establishment",
    "EstablishmentStanding",
    "Industry",
    "OwedResult",
    "RegistryCount",
    "ResultSum",
    "YearlyResult",
]

LAST_YEAR = 2100


class Industry(models.Model):
    """One entry of the Vietnam Standard Industrial Classification, from section down to class."""

    class Level(models.TextChoices):
        SECTION = "section", _("Ngành cấp 1")
        DIVISION = "division", _("Ngành cấp 2")
        GROUP = "group", _("Ngành cấp 3")
        CLASS = "class", _("Ngành cấp 4")

    code = models.CharField(_("mã ngành"), max_length=6, unique=True)
    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(_("tên ngành"), max_length=250)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    edition = models.CharField(_("ấn bản"), max_length=40)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {gettext(self.name)}"


class Establishment(models.Model):
    """A rural industrial establishment (cơ sở công nghiệp nông thôn)."""

    class LegalForm(models.TextChoices):
        ENTERPRISE = "enterprise", _("Doanh nghiệp")
        COOPERATIVE = "cooperative", _("Hợp tác xã")
        COOPERATIVE_UNION = "cooperative-union", _("Liên hiệp hợp tác xã")
        COOPERATIVE_GROUP = "cooperative-group", _("Tổ hợp tác")
        HOUSEHOLD = "household", _("Hộ kinh doanh")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Đang hoạt động")
        PAUSED = "paused", _("Tạm ngừng")
        CLOSED = "closed", _("Đã ngừng hoạt động")

    code = models.CharField(_("số đăng ký"), max_length=20, unique=True)
    name = models.CharField(_("tên cơ sở"), max_length=200)
    legal_form = models.CharField(_("loại hình"), max_length=20, choices=LegalForm)
    tax_code = models.CharField(_("mã số thuế"), max_length=14, blank=True)
    owner_name = models.CharField(_("chủ cơ sở"), max_length=150, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("thôn, xóm, đường"), max_length=200, blank=True)
    commune = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("xã, phường"), related_name="establishments")
    place_as_given = models.CharField(_("địa danh trong hồ sơ gốc"), max_length=200, blank=True)
    industry = models.ForeignKey(Industry, models.PROTECT, null=True, blank=True, verbose_name=_("ngành nghề"))
    eligible_group = models.ForeignKey(
        EligibleGroup, models.PROTECT, null=True, blank=True, verbose_name=_("nhóm ngành được hưởng")
    )
    founded = models.PositiveSmallIntegerField(
        _("năm thành lập"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    workers = models.PositiveIntegerField(_("lao động"), null=True, blank=True)
    capital = models.BigIntegerField(_("vốn đăng ký"), null=True, blank=True, validators=[MinValueValidator(0)])
    products = models.CharField(_("sản phẩm chính"), max_length=300, blank=True)
    local_material = models.BooleanField(_("dùng nguyên liệu tại chỗ"), null=True, blank=True)
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)
    status = models.CharField(_("tình trạng"), max_length=10, choices=Status, default=Status.ACTIVE)
    note = models.TextField(_("ghi chú"), blank=True)
    folded_name = models.CharField(max_length=200, editable=False, db_index=True)
    search = models.TextField(editable=False)
    contact_search = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["folded_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tax_code"], condition=~models.Q(tax_code=""), name="tax_code_once"),
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and a check lets that pass: say "not null" too.
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="coordinates_both_or_none",
            ),
            models.CheckConstraint(
                condition=models.Q(capital=None) | models.Q(capital__gte=0), name="capital_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_supported(self) -> int | None:
        """The year of its first accepted project."""
        return self.standing.first_supported

    @property
    def latest_revenue(self) -> int | None:
        """The revenue of ``latest_year``, the last year that tells one."""
        return self.standing.revenue

    @property
    def latest_year(self) -> int | None:
        """The last year whose revenue is known."""
        return self.standing.revenue_year

    def fold(self) -> None:
        """Refresh the search columns; every action that writes calls it before saving."""
        self.folded_name = fold(self.name)[:200]
        self.search = fold(" ".join([self.name, self.code, self.tax_code, self.products]))
        self.contact_search = fold(f"{self.owner_name} {self.phone}")


class YearlyResult(models.Model):
    """What an establishment achieved in one year. Money in whole VND. Missing is missing, never 0."""

    class Source(models.TextChoices):
        SURVEY = "survey", _("Khảo sát")
        TAX = "tax", _("Cơ quan thuế")
        ESTIMATE = "estimate", _("Ước tính")

    MEASURES = (
        "revenue",
        "output_value",
        "value_added",
        "workers",
        "women",
        "ethnic_minority",
        "average_wage",
        "tax_paid",
        "export_value",
        "profit",
        "investment",
    )

    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="results")
    year = models.PositiveSmallIntegerField(
        _("năm"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    revenue = models.BigIntegerField(_("doanh thu"), null=True, blank=True)
    output_value = models.BigIntegerField(_("giá trị sản xuất"), null=True, blank=True)
    value_added = models.BigIntegerField(_("giá trị tăng thêm"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("lao động"), null=True, blank=True)
    women = models.PositiveIntegerField(_("lao động nữ"), null=True, blank=True)
    ethnic_minority = models.PositiveIntegerField(_("lao động dân tộc thiểu số"), null=True, blank=True)
    average_wage = models.BigIntegerField(_("thu nhập bình quân tháng"), null=True, blank=True)
    tax_paid = models.BigIntegerField(_("nộp ngân sách"), null=True, blank=True)
    export_value = models.BigIntegerField(_("giá trị xuất khẩu"), null=True, blank=True)
    profit = models.BigIntegerField(_("lợi nhuận"), null=True, blank=True)
    investment = models.BigIntegerField(_("vốn đầu tư trong năm"), null=True, blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=10, choices=Source)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("nhập lúc"))

    class Meta:
        ordering = ["establishment", "year"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "year"], name="one_result_a_year"),
            models.CheckConstraint(
                condition=models.Q(revenue=None) | models.Q(revenue__gte=0), name="revenue_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.establishment}, {self.year}"
