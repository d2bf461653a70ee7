"""The registry as a list: its columns, and what it can be narrowed to and sorted by."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core.addresses import of_records, year_in
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Choice, Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.core.templatetags.ui import number
from khuyencong.establishments import cells
from khuyencong.establishments.models import Establishment, Industry, YearlyResult
from khuyencong.establishments.queries import (
    by_number,
    communes_of_registry,
    counted,
    industries_of_registry,
    matching,
    number_of,
    registry,
)  # fmt: skip
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.places.queries import communes_of_district, former_districts

Rows = QuerySet[Establishment]

# What the columns tell.
_READS = (
    "name", "status", "legal_form", "workers", "commune__name", "industry__name", "standing__revenue",
    "standing__revenue_year", "standing__first_supported",
)  # fmt: skip


def registry_list(user: User) -> Listing[Establishment]:
    """All establishments within the person's reach."""
    filters = _filters(user)
    card = of_records("establishments:card")
    return Listing(
        name=_("Danh sách cơ sở"),
        rows=registry(user).select_related("commune", "industry", "standing"),
        columns=_columns(card),
        filters=filters,
        order="name",
        orders={"number": ("standing__establishment_id",)},
        count=lambda params: None if any(one.read(params) for one in filters) else number_of(user),
        href=lambda one: card(one.pk),
        reads=_READS,
        nothing_fits=Empty(
            "shop-window",
            _("Không có cơ sở nào khớp"),
            _("Hãy bỏ bớt điều kiện lọc ở trên."),
            (_("Bỏ hết điều kiện"), reverse("establishments:list"), "quiet"),
        ),
        empty=Empty(
            "shop-window",
            _("Chưa có cơ sở nào"),
            _("Danh sách này sẽ chứa mọi cơ sở công nghiệp nông thôn trong phạm vi của bạn."),
            (_("Thêm cơ sở đầu tiên"), reverse("establishments:add"), "primary")
            if may(user, Permission.REGISTRY_EDIT)
            else None,
        ),
    )


def districts() -> list[Choice]:
    """Districts before 1 July 2025, as groups of today's communes."""
    return [(str(unit.pk), unit.name) for unit in former_districts(settings.PROVINCE_CODE)]


def _columns(card: Callable[[int], str]) -> list[Column[Establishment]]:
    forms = {code: str(label) for code, label in Establishment.LegalForm.choices}
    return [
        Column(
            "name",
            pgettext("one", "Cơ sở"),
            partial(cells.name, card),
            sort=("standing__folded_name",),
            phone=Phone.TITLE,
        ),
        Column(
            "commune",
            _("Xã, phường"),
            lambda one: one.commune.name,
            sort=("commune__folded", "standing__folded_name"),
            cell_css="nowrap",
            phone=Phone.NONE,
        ),
        Column(
            "industry",
            _("Ngành nghề"),
            cells.industry,
            sort=("industry__code", "standing__folded_name"),
            phone=Phone.NONE,
        ),
        Column(
            "form",
            _("Loại hình"),
            lambda one: forms.get(one.legal_form, one.legal_form),
            sort=("legal_form", "standing__folded_name"),
            cell_css="nowrap",
            phone=Phone.NONE,
        ),
        Column(
            "workers",
            _("Lao động"),
            lambda one: number(one.workers),
            sort=("workers", "standing__folded_name"),
            css="num",
            phone=Phone.NONE,
        ),
        Column(
            "revenue",
            _("Doanh thu gần nhất"),
            cells.revenue,
            sort=("standing__revenue", "standing__folded_name"),
            css="num",
        ),
        Column(
            "supported",
            _("Được hỗ trợ"),
            cells.supported,
            sort=("standing__first_supported", "standing__folded_name"),
            css="num",
        ),
    ]


def _filters(user: User) -> list[Hidden]:
    """Each select offers only what occurs in the person's registry."""

    def communes() -> list[Choice]:
        return [(unit.code, unit.name) for unit in communes_of_registry(user)]

    def industries() -> list[Choice]:
        used = industries_of_registry(user)
        divisions = Industry.objects.filter(level=Industry.Level.DIVISION)
        return [(one.code, _(one.name)) for one in divisions if one.code in used]

    return [
        Search(
            hint=_("Tên, chủ, sản phẩm, mã số thuế"),
            narrow=lambda found, text: found.filter(matching(user, text)),
            order=by_number,
            count=partial(counted, user),
        ),
        Select(
            "commune",
            lambda found, code: found.filter(commune__code=code),
            label=_("Xã, phường"),
            choices=communes,
        ),
        Select("district", _of_district, label=_("Huyện cũ"), choices=districts),
        Select(
            "industry",
            lambda found, code: found.filter(industry__code__startswith=code),
            label=_("Ngành nghề"),
            choices=industries,
        ),
        Select(
            "form",
            lambda found, form: found.filter(legal_form=form),
            label=_("Loại hình"),
            choices=lambda: [(code, str(label)) for code, label in Establishment.LegalForm.choices],
        ),
        Select(
            "supported",
            _supported,
            label=_("Hỗ trợ"),
            choices=lambda: [("yes", _("Đã được hỗ trợ")), ("no", _("Chưa được hỗ trợ"))],
        ),
        Select(
            "status",
            lambda found, status: found.filter(status=status),
            label=_("Tình trạng"),
            choices=lambda: [(code, str(label)) for code, label in Establishment.Status.choices],
        ),
        Hidden("missing", _without_result, lambda year: _("Chưa có kết quả năm %(year)s") % {"year": year}),
    ]


def _of_district(found: Rows, key: str) -> Rows:
    return found.filter(commune_id__in=communes_of_district(key))


def _supported(found: Rows, answer: str) -> Rows:
    return found.filter(Q(standing__first_supported__isnull=answer == "no")) if answer in ("yes", "no") else found


def _without_result(found: Rows, year: str) -> Rows:
    told = year_in(year)
    if told is None:
        return found
    return found.exclude(pk__in=YearlyResult.objects.filter(year=told).values("establishment_id"))
