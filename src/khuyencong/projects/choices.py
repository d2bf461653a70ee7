"""What the list of projects can be narrowed to and sorted by, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core.lists import Chip, Head, Select
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.projects.models import Project
from khuyencong.projects.queries import Filters, projects


def selects(user: User, filters: Filters) -> list[Select]:
    """The filters above the list, with only what occurs."""
    mine = projects(user)
    years = (
        mine.exclude(accepted_year=None).values_list("accepted_year", flat=True).distinct().order_by("-accepted_year")
    )
    activities = ActivityType.objects.filter(pk__in=mine.values("activity_id"))
    communes = Unit.objects.filter(establishments__projects__in=mine).distinct().order_by("folded")
    lists = {
        "year": (_("Năm nghiệm thu"), [(str(year), str(year)) for year in years]),
        "fund": (_("Nguồn kinh phí"), [(str(value), str(label)) for value, label in Project.Fund.choices]),
        "activity": (_("Nội dung"), [(one.code, _(one.name)) for one in activities]),
        "commune": (_("Xã, phường"), [(unit.code, unit.name) for unit in communes]),
    }
    return [Select(name, label, items, getattr(filters, name)) for name, (label, items) in lists.items()]


def chips(filters: Filters, shown: list[Select]) -> list[Chip]:
    """The filters in force."""
    found = [Chip("q", _("Tìm: %(text)s") % {"text": filters.q})] if filters.q else []
    return found + [Chip(s.name, dict(s.choices).get(s.chosen, s.chosen)) for s in shown if s.chosen]


def heads(sort: str) -> list[Head]:
    """The columns of the list."""
    columns = [
        ("title", pgettext("one", "Đề án"), ""),
        ("", _("Nội dung"), "wide"),
        ("fund", _("Nguồn kinh phí"), "wide"),
        ("year", _("Năm nghiệm thu"), "num"),
        ("support", _("Hỗ trợ"), "num"),
        ("counterpart", _("Đối ứng"), "num wide"),
        ("total", _("Tổng kinh phí"), "num wide"),
    ]
    return [Head.of(key, label, css, sort) for key, label, css in columns]
