"""The projects as a list: its columns, and what it can be narrowed to and sorted by."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core import clock
from khuyencong.core.addresses import number_in
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Choice, Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing, leads_to
from khuyencong.core.money import vnd, vnd_short
from khuyencong.core.text import words
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.planning.models import AnnualPlan, PlanLine
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import REACHED, described, due_within, in_commune, projects, sums

Rows = QuerySet[Project]


def projects_list(user: User) -> Listing[Project]:
    """The projects with an establishment within the person's reach, and their sums."""
    mine = projects(user)
    return Listing(
        name=_("Danh sách đề án"),
        rows=described(mine).select_related("activity", "responsible"),
        columns=_columns(),
        filters=[*_filters(mine), *_led_to()],
        order="-year",
        orders={"counterpart": ("counterpart", "code"), "fund": ("fund", "code")},
        href=leads_to("projects:card"),
        sums=sums,
        empty=Empty("folder2-open", "", template="projects/list_empty.html"),
    )


def _columns() -> list[Column[Project]]:
    cells = "projects/cells"
    return [
        Column(
            "title",
            pgettext("one", "Đề án"),
            sort=("title", "code"),
            template=f"{cells}/title.html",
            phone=Phone.TITLE,
            foot=lambda sums: _("Cộng cả danh sách"),
        ),
        Column(
            "state",
            _("Trạng thái"),
            sort=("state_rank", "code"),
            template=f"{cells}/state.html",
            phone=Phone.NONE,
        ),
        Column(
            "year",
            _("Năm"),
            lambda one: str(getattr(one, "year", None) or ""),
            sort=("year", "code"),
            css="num",
            phone=Phone.NONE,
        ),
        Column(
            "support",
            _("Hỗ trợ"),
            lambda one: _money(one.support_amount),
            sort=("support_amount", "code"),
            css="num",
            foot=lambda sums: _money(sums.support),
        ),
        Column(
            "total",
            _("Tổng kinh phí"),
            lambda one: vnd(one.total_cost),
            sort=("total_cost", "code"),
            css="num",
            phone=Phone.NONE,
            foot=lambda sums: vnd(sums.total),
        ),
    ]


def _money(amount: int) -> str:
    """In full; short on a phone."""
    markup = '<span class="wide-inline">{}</span><span class="only-phone">{}</span>'
    return format_html(markup, vnd(amount), vnd_short(amount))


def _filters(mine: Rows) -> list[Hidden]:
    """Each select offers only what occurs among the person's projects."""

    def states() -> list[Choice]:
        used = set(mine.order_by().values_list("state", flat=True).distinct())
        return [(one, str(label)) for one, label in Project.State.choices if one in used]

    def years() -> list[Choice]:
        dated = described(mine).exclude(Q(year=None)).order_by("-year").distinct()
        return [(str(year), str(year)) for (year,) in dated.values_list(F("year"))]

    def activities() -> list[Choice]:
        return [(one.code, _(one.name)) for one in ActivityType.objects.filter(pk__in=mine.values("activity_id"))]

    def communes() -> list[Choice]:
        found = Unit.objects.filter(establishments__projects__in=mine).distinct().order_by("folded")
        return [(unit.code, unit.name) for unit in found]

    def officers() -> list[Choice]:
        found = User.objects.filter(pk__in=mine.values("responsible")).order_by("full_name", "username")
        return [(str(one.pk), str(one)) for one in found]

    return [
        Search(hint=_("Tên hoặc số đề án"), narrow=_holding),
        Select("state", lambda found, state: found.filter(state=state), label=_("Trạng thái"), choices=states),
        Select("year", _numbered("year"), label=_("Năm"), choices=years),
        Select(
            "fund",
            lambda found, fund: found.filter(fund=fund),
            label=_("Nguồn kinh phí"),
            choices=lambda: [(str(value), str(label)) for value, label in Project.Fund.choices],
        ),
        Select(
            "activity",
            lambda found, code: found.filter(activity__code=code),
            label=_("Nội dung"),
            choices=activities,
        ),
        Select("commune", in_commune, label=_("Xã, phường"), choices=communes),
        Select("officer", _numbered("responsible"), label=_("Cán bộ phụ trách"), choices=officers),
        Select(
            "due",
            lambda found, which: found.filter(due_within(which, clock.today())),
            label=_("Hạn"),
            choices=lambda: [("late", _("Quá hạn")), ("soon", _("Đến hạn trong 7 ngày"))],
        ),
    ]


def _led_to() -> list[Hidden]:
    """Plan, line and money: only while they narrow the list, which is how the pages of plans lead here."""

    def plans() -> list[Choice]:
        years = AnnualPlan.objects.order_by("-year").values_list("year", flat=True)
        return [(str(year), _("Kế hoạch %(year)s") % {"year": year}) for year in years]

    def line(asked: str) -> list[Choice]:
        key = number_in(asked)
        found = () if key is None else PlanLine.objects.select_related("plan").filter(pk=key)
        return [(asked, str(one)) for one in found]

    def steps() -> list[Choice]:
        return [
            ("assigned", _("đã giao trong kế hoạch")),
            ("contracted", _("đã ký hợp đồng")),
            ("paid", _("đã chi")),
            ("accepted", _("đã nghiệm thu")),
        ]

    return [
        Select("plan", _numbered("plan_line__plan__year"), label=_("Kế hoạch năm"), choices=plans, led_to=True),
        Select("line", _numbered("plan_line"), label=_("Dòng kế hoạch"), choices_for=line, led_to=True),
        Select("reached", _reached, label=_("Kinh phí"), choices=steps, led_to=True),
    ]


def _holding(found: Rows, text: str) -> Rows:
    for word in words(text):
        found = found.filter(search__contains=word)
    return found


def _reached(found: Rows, step: str) -> Rows:
    return found.filter(REACHED[step]) if step in REACHED else found


def _numbered(path: str) -> Any:
    """Narrowed to one number; what is none is left out."""

    def narrow(found: Rows, text: str) -> Rows:
        number = number_in(text)
        return found if number is None else found.filter(**{path: number})

    return narrow
