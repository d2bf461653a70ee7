"""What the list can be narrowed to and sorted by, in words."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core.lists import Chip, Choice, Head, Select, chips_of
from khuyencong.establishments.models import Establishment, Industry
from khuyencong.establishments.queries import Filters, registry
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.places.queries import former_districts


def selects(user: User, filters: Filters) -> list[Select]:
    """The filters above the list, with only what occurs in the person's registry."""
    communes = Unit.objects.filter(pk__in=registry(user).values("commune_id")).order_by("folded")
    divisions = Industry.objects.filter(level=Industry.Level.DIVISION)
    used = {code[:2] for code in registry(user).values_list("industry__code", flat=True).distinct() if code}
    lists: dict[str, tuple[str, list[Choice]]] = {
        "commune": (_("Xã, phường"), [(unit.code, unit.name) for unit in communes]),
        "district": (_("Huyện cũ"), districts()),
        "industry": (_("Ngành nghề"), [(one.code, _(one.name)) for one in divisions if one.code in used]),
        "form": (_("Loại hình"), [(str(v), str(label)) for v, label in Establishment.LegalForm.choices]),
        "supported": (_("Hỗ trợ"), [("yes", _("Đã được hỗ trợ")), ("no", _("Chưa được hỗ trợ"))]),
        "status": (_("Tình trạng"), [(str(v), str(label)) for v, label in Establishment.Status.choices]),
    }
    return [Select(name, label, items, getattr(filters, name)) for name, (label, items) in lists.items()]


def chips(user: User, filters: Filters) -> list[Chip]:
    """The filters in force."""
    found = chips_of(filters, selects(user, filters))
    if filters.missing:
        found.append(Chip("missing", _("Chưa có kết quả năm %(year)s") % {"year": filters.missing}))
    return found


def heads(sort: str) -> list[Head]:
    """The columns of the list."""
    columns = [
        ("name", pgettext("one", "Cơ sở"), ""),
        ("commune", _("Xã, phường"), "wide"),
        ("industry", _("Ngành nghề"), "wide"),
        ("form", _("Loại hình"), "wide"),
        ("workers", _("Lao động"), "num wide"),
        ("revenue", _("Doanh thu gần nhất"), "num"),
        ("supported", _("Được hỗ trợ"), "num"),
    ]
    return [Head.of(key, label, css, sort) for key, label, css in columns]


def districts() -> list[Choice]:
    """Districts before 1 July 2025, as groups of today's communes."""
    return [(str(unit.pk), unit.name) for unit in former_districts(settings.PROVINCE_CODE)]
