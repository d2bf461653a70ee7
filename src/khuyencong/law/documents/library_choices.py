"""What the library can be narrowed to and sorted by, in words."""

import datetime as dt

from django.utils.translation import gettext as _

from khuyencong.core.lists import Chip, Head, Select, chips_of
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.queries.library import Filters, tags
from khuyencong.law.documents.queries.standing import adopted
from khuyencong.law.documents.rules.status import Standing, Status
from khuyencong.law.documents.status_wording import day, status_label


def selects(filters: Filters) -> list[Select]:
    """The filters above the list, with only what occurs."""
    kinds = set(adopted().values_list("kind", flat=True).distinct())
    issuers = adopted().values_list("issuer", flat=True).distinct().order_by("issuer")
    lists = {
        "kind": (_("Loại văn bản"), [(str(v), str(label)) for v, label in Edition.Kind.choices if v in kinds]),
        "level": (_("Cấp"), [(str(value), str(label)) for value, label in Edition.Level.choices]),
        "issuer": (_("Cơ quan ban hành"), [(one, one) for one in issuers]),
        "tag": (_("Từ khóa"), [(one, one) for one in tags()]),
        "status": (_("Hiệu lực"), [(str(one), _label(one)) for one in Status]),
    }
    found = [Select(name, label, items, getattr(filters, name)) for name, (label, items) in lists.items()]
    return [one for one in found if one.choices or one.chosen]


def chips(filters: Filters, shown: list[Select]) -> list[Chip]:
    """The filters in force."""
    found = chips_of(filters, shown)
    if filters.day:
        found.append(Chip("day", _("Hiệu lực vào ngày %(day)s") % {"day": day(filters.on)}))
    return found


def heads(sort: str) -> list[Head]:
    """The columns of the list."""
    columns = [
        ("number", _("Văn bản"), ""),
        ("kind", _("Loại"), "wide"),
        ("issuer", _("Cơ quan ban hành"), "wide"),
        ("signed", _("Ngày ký"), "wide"),
        ("in_force", _("Có hiệu lực từ"), "wide"),
        ("status", _("Hiệu lực"), ""),
    ]
    return [Head.of(key, label, css, sort) for key, label, css in columns]


def _label(one: Status) -> str:
    return status_label(Standing(one, dt.date.min))
