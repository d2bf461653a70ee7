"""What the list of projects can be narrowed to and sorted by, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core.lists import Head, Select
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.planning.models import AnnualPlan, PlanLine
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import YEAR, Filters, projects


def selects(user: User, filters: Filters) -> list[Select]:
    """The filters above the list, with only what occurs."""
    mine = projects(user)
    dated = mine.annotate(year=YEAR).exclude(year=None)
    years = dated.values_list("year", flat=True).distinct().order_by("-year")
    states = set(mine.order_by().values_list("state", flat=True).distinct())
    officers = User.objects.filter(pk__in=mine.values("responsible")).order_by("full_name", "username")
    activities = ActivityType.objects.filter(pk__in=mine.values("activity_id"))
    communes = Unit.objects.filter(establishments__projects__in=mine).distinct().order_by("folded")
    lists = {
        "state": (_("Trạng thái"), [(one, str(label)) for one, label in Project.State.choices if one in states]),
        "year": (_("Năm"), [(str(year), str(year)) for year in years]),
        "fund": (_("Nguồn kinh phí"), [(str(value), str(label)) for value, label in Project.Fund.choices]),
        "activity": (_("Nội dung"), [(one.code, _(one.name)) for one in activities]),
        "commune": (_("Xã, phường"), [(unit.code, unit.name) for unit in communes]),
        "officer": (_("Cán bộ phụ trách"), [(str(one.pk), str(one)) for one in officers]),
        "due": (_("Hạn"), [("late", _("Quá hạn")), ("soon", _("Đến hạn trong 7 ngày"))]),
    }
    lists |= _plans(filters)
    return [Select(name, label, items, getattr(filters, name)) for name, (label, items) in lists.items()]


def _plans(filters: Filters) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Plan, line and money: only while they narrow the list, which is how the pages of plans lead here."""
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    if filters.plan:
        years = AnnualPlan.objects.order_by("-year").values_list("year", flat=True)
        found["plan"] = (_("Kế hoạch năm"), [(str(year), _("Kế hoạch %(year)s") % {"year": year}) for year in years])
    if filters.line.isdecimal():
        line = PlanLine.objects.select_related("plan").filter(pk=int(filters.line[:18])).first()
        found["line"] = (_("Dòng kế hoạch"), [(filters.line, str(line))] if line else [])
    if filters.reached:
        steps = {
            "assigned": _("đã giao trong kế hoạch"),
            "contracted": _("đã ký hợp đồng"),
            "paid": _("đã chi"),
            "accepted": _("đã nghiệm thu"),
        }
        found["reached"] = (_("Kinh phí"), list(steps.items()))
    return found


def heads(sort: str) -> list[Head]:
    """The columns of the list."""
    columns = [
        ("title", pgettext("one", "Đề án"), ""),
        ("state", _("Trạng thái"), "wide"),
        ("year", _("Năm"), "num wide"),
        ("support", _("Hỗ trợ"), "num"),
        ("total", _("Tổng kinh phí"), "num wide"),
    ]
    return [Head.of(key, label, css, sort) for key, label, css in columns]
