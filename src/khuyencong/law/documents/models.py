from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.core import clock
from khuyencong.law.documents.records import Certainty, Precision, Record, Sourced
from khuyencong.law.documents.rules.references import words
from khuyencong.law.documents.rules.searching import indexed
from khuyencong.places.models import Unit


class LegalDocument(models.Model):
    """A legal document as an identity that relations and norms point to. What we know of it is in its editions."""

    code = models.SlugField(_("mã"), max_length=80, unique=True)
    number = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.number or self.code


class Edition(Record):
    """One state of our record of a document. A correction is a new edition; at most one is adopted."""

    class Kind(models.TextChoices):
        LAW = "law", _("Luật")
        RESOLUTION = "resolution", _("Nghị quyết")
        DECREE = "decree", _("Nghị định")
        DECISION = "decision", _("Quyết định")
        CIRCULAR = "circular", _("Thông tư")
        JOINT_CIRCULAR = "joint-circular", _("Thông tư liên tịch")
        DIRECTIVE = "directive", _("Chỉ thị")
        CONSOLIDATED = "consolidated", _("Văn bản hợp nhất")
        PLAN = "plan", _("Kế hoạch")
        LETTER = "letter", _("Công văn")

    NOT_NORMATIVE = (Kind.CONSOLIDATED, Kind.PLAN, Kind.LETTER)

    class Level(models.TextChoices):
        CENTRAL = "central", _("Trung ương")
        PROVINCIAL = "provincial", _("Cấp tỉnh")

    document = models.ForeignKey(LegalDocument, models.CASCADE, related_name="editions")
    version = models.PositiveSmallIntegerField(_("lần ghi"), default=1)
    # Blank: as the document has it. Adopting an edition gives its number to the document.
    number = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)
    kind = models.CharField(_("loại văn bản"), max_length=20, choices=Kind)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=150)
    level = models.CharField(_("cấp"), max_length=12, choices=Level, default=Level.CENTRAL)
    province = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tỉnh, thành phố")
    )
    title = models.CharField(_("trích yếu"), max_length=500)
    signed = models.DateField(_("ngày ký"), null=True, blank=True)
    in_force_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    in_force_precision = models.CharField(_("ngày có hiệu lực"), max_length=5, choices=Precision, default=Precision.DAY)
    in_force_certainty = models.CharField(
        _("độ chắc chắn của ngày có hiệu lực"), max_length=10, choices=Certainty, default=Certainty.TO_CHECK
    )
    expires = models.DateField(_("ngày cuối cùng còn hiệu lực"), null=True, blank=True)
    tags = models.CharField(_("từ khóa"), max_length=300, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người theo dõi"),
    )  # fmt: skip
    file = models.FileField(_("tệp"), upload_to="law/", blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    text = models.TextField(_("toàn văn"), blank=True)
    # Where the official text can be read by everybody.
    address = models.URLField(_("địa chỉ văn bản chính thức"), max_length=300, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    # The words to find it by (rules.searching); search_index keeps the database's own index over them.
    search_head = models.TextField(editable=False)
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["document", "-version"]
        # What a search narrows and orders by, without the long rows.
        indexes = [models.Index(fields=["state", "signed", "in_force_from", "kind", "level"], name="edition_found")]
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="edition_version_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(state="adopted"), name="one_adopted_edition"),
            models.UniqueConstraint(fields=["document"], condition=Q(state="draft"), name="one_draft_edition"),
            models.CheckConstraint(
                condition=Q(expires=None) | Q(in_force_from=None) | Q(expires__gte=F("in_force_from")),
                name="edition_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(level="central", province=None) | Q(level="provincial", province__isnull=False),
                name="edition_level_has_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.numbered}" if self.numbered else self.title

    @property
    def numbered(self) -> str:
        """The number this edition gives the document; empty while nobody knows it."""
        return self.number or self.document.number

    @property
    def normative(self) -> bool:
        """Whether the document itself makes law (plans and letters do not)."""
        return self.kind not in self.NOT_NORMATIVE

    def fold(self) -> None:
        """Refresh the search columns; every action that writes the edition or its provisions calls it and saves."""
        with translation.override("vi"):  # what is found must not depend on who saved last, in which language
            kind = self.get_kind_display()
        number = self.numbered
        head = [number, f"{kind} số {number}" if number else kind, self.title, self.issuer, self.tags]
        body = [self.text]
        if self.pk:
            body += [f"{heading} {text}" for heading, text in self.provisions.values_list("heading", "text")]
        self.search_head = indexed(" ".join(head))
        self.search_text = indexed(" ".join(body))


class Provision(models.Model):
    """A provision of an edition: chapter, section, article, clause or point, each with its own validity.

    ``path`` names it within the document (``d8.k4.a``: point a of clause 4 of article 8; see
    ``rules.references``). A provision that was amended stands twice, with the days on which each text holds.
    """

    class Kind(models.TextChoices):
        PART = "part", _("Phần")
        CHAPTER = "chapter", _("Chương")
        SECTION = "section", _("Mục")
        ARTICLE = "article", _("Điều")
        CLAUSE = "clause", _("Khoản")
        POINT = "point", _("Điểm")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.CharField(_("cấp"), max_length=10, choices=Kind)
    label = models.CharField(_("số thứ tự"), max_length=12)
    path = models.CharField(_("vị trí"), max_length=60, blank=True)
    heading = models.CharField(_("tên điều khoản"), max_length=500, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    is_summary = models.BooleanField(_("chỉ là tóm tắt"), default=False)
    position = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    amended_by = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("được sửa bởi")
    )

    class Meta:
        ordering = ["edition", "position"]
        indexes = [models.Index(fields=["edition", "path"], name="provision_path")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="provision_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return words(self.path) or f"{self.get_kind_display()} {self.label}"


class Relation(Sourced):
    """What an edition's document does to another document, or to a provision of it."""

    class Kind(models.TextChoices):
        BASED_ON = "based-on", _("căn cứ")
        GUIDES = "guides", _("hướng dẫn")
        AMENDS = "amends", _("sửa đổi, bổ sung")
        REPLACES = "replaces", _("thay thế")
        REPEALS = "repeals", _("bãi bỏ")
        SUSPENDS = "suspends", _("ngưng hiệu lực")
        CORRECTS = "corrects", _("đính chính")
        CITES = "cites", _("dẫn chiếu")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="relations")
    source_path = models.CharField(_("điều khoản của văn bản này"), max_length=60, blank=True)
    kind = models.CharField(_("quan hệ"), max_length=10, choices=Kind)
    target = models.ForeignKey(
        LegalDocument, models.PROTECT, related_name="incoming", verbose_name=_("văn bản liên quan")
    )
    target_path = models.CharField(_("điều khoản liên quan"), max_length=60, blank=True)
    effective_from = models.DateField(_("từ ngày"), null=True, blank=True)
    effective_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "source_path", "kind", "target", "target_path"], name="relation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition.document} {self.get_kind_display()} {self.target}"


class DatedRule(Record):
    """A rule that holds from a day to a day and rests on an article."""

    code = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("quy định"), max_length=300)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("văn bản")
    )
    path = models.CharField(_("điều khoản"), max_length=60, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("thay cho")
    )
    # The law changed (true), or our record of it was wrong (false): decides what holds before ``valid_from``.
    takes_over = models.BooleanField(_("bản cũ vẫn đúng đến hết ngày trước đó"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Parameter(DatedRule):
    """A number or a day of the year that a dated rule sets: a deadline, years of reporting, a share of advance.

    Where no document stands behind it, it is the province's own rule and no law. ``contents``: codes of activity
    types, of one case of a content (``linkage-and-clusters:plan``); none: every content.
    """

    class Unit(models.TextChoices):
        WORKING_DAYS = "working-days", _("ngày làm việc")
        YEARS = "years", _("năm")
        PERCENT = "percent", _("%")
        POINTS = "points", _("điểm")
        DAYS = "days", _("ngày")
        MILLION = "million", _("triệu đồng")
        TIMES = "times", _("lần")
        DATE = "date", _("ngày trong năm")

    class Fund(models.TextChoices):
        ANY = "any", _("Cả hai nguồn")
        NATIONAL = "national", _("Khuyến công quốc gia")
        LOCAL = "local", _("Khuyến công địa phương")

    value = models.DecimalField(_("giá trị"), max_digits=9, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("đơn vị"), max_length=15, choices=Unit)
    # A day that comes back every year; without a month, every month.
    month = models.PositiveSmallIntegerField(_("tháng"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("ngày"), null=True, blank=True)
    fund = models.CharField(_("nguồn kinh phí"), max_length=10, choices=Fund, default=Fund.ANY)
    contents = models.JSONField(_("chỉ cho nội dung"), default=list, blank=True)
    province = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tỉnh, thành phố")
    )

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit="date", value=None, day__isnull=False, day__gte=1, day__lte=31)
                & (Q(month=None) | Q(month__gte=1, month__lte=12))
                | ~Q(unit="date") & Q(value__isnull=False, value__gte=0, month=None, day=None),
                name="parameter_number_or_day",
            ),
        ]

    @property
    def own(self) -> bool:
        """Whether the province set it for itself: no law says so."""
        return self.document_id is None

    @property
    def whole(self) -> int:
        """The value of what is counted in whole numbers (days, years, points)."""
        return int(self.value or 0)


class ReferenceUpdate(models.Model):
    """What bringing the reference data up to a new version of the product did to an installation, row by row.

    ``changes``: for each row its table, key and name, the fields from and to, source, certainty, and the outcome.
    """

    ADDED, APPLIED, KEPT = "added", "applied", "kept"

    version = models.CharField(max_length=20)
    at = models.DateTimeField(_("lúc"), default=clock.now, editable=False)
    changes = models.JSONField(default=list)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người xem")
    )
    seen_at = models.DateTimeField(_("xem lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return gettext("cập nhật danh mục luật lần %(version)s") % {"version": self.version}
