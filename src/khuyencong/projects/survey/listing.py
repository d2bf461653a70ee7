"""The surveys as a list, each with what became of it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core.addresses import year_in
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Choice, Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing, leads_to
from khuyencong.core.money import vnd
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import matching
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.projects.survey.models import Survey
from khuyencong.projects.survey.queries import mine

Rows = QuerySet[Survey]

# A proposal is advised and not begun; a project was made of it; else a verdict.
_OUTCOMES = {
    "waiting": Q(project=None, verdict=Survey.Verdict.PROPOSE),
    "project": Q(project__isnull=False),
}


def survey_list(user: User) -> Listing[Survey]:
    """The surveys of establishments within reach, the newest first."""
    return Listing(
        name=_("Danh sách khảo sát"),
        rows=mine(user),
        columns=_columns(),
        filters=_filters(user),
        base=("-surveyed_on", "-pk"),
        href=leads_to("projects:survey"),
        nothing_fits=Empty(
            "clipboard-check",
            _("Không có khảo sát nào khớp"),
            _("Hãy bỏ bớt điều kiện lọc ở trên."),
            (_("Bỏ hết điều kiện"), reverse("projects:surveys"), "quiet"),
        ),
        empty=Empty(
            "clipboard-check",
            _("Chưa có khảo sát nào"),
            _(
                "Khảo sát bắt đầu từ hồ sơ của cơ sở, nút “Khảo sát”. Từ khảo sát có thể lập ngay đề án với số liệu "
                "điền sẵn."
            ),
        ),
    )


def _columns() -> list[Column[Survey]]:
    cells = "projects/cells"
    return [
        Column("name", _("Cơ sở"), template=f"{cells}/surveyed.html", phone=Phone.TITLE),
        Column("need", _("Nhu cầu"), template=f"{cells}/survey_need.html", phone=Phone.NONE),
        Column("outcome", _("Kết quả"), template=f"{cells}/survey_outcome.html"),
        Column(
            "cost",
            _("Chi phí ước tính"),
            lambda one: vnd(one.estimated_cost),
            css="num",
            phone=Phone.NONE,
        ),
        Column("day", _("Ngày"), template=f"{cells}/survey_day.html", cell_css="nowrap", phone=Phone.NONE),
    ]


def _filters(user: User) -> list[Hidden]:
    """With only what occurs."""

    def outcomes() -> list[Choice]:
        verdicts = [(str(code), str(label)) for code, label in Survey.Verdict.choices if code != Survey.Verdict.PROPOSE]
        return [("waiting", _("Nên lập đề án, chưa lập")), ("project", _("Đã lập đề án")), *verdicts]

    def years() -> list[Choice]:
        known = mine(user).order_by().values_list("surveyed_on__year", flat=True).distinct()
        return [(str(year), str(year)) for year in sorted(set(known), reverse=True)]

    def communes() -> list[Choice]:
        here = Unit.objects.filter(pk__in=mine(user).values("establishment__commune")).order_by("folded")
        return [(unit.code, unit.name) for unit in here]

    def said(found: Rows, text: str) -> Rows:
        return found.filter(establishment__in=Establishment.objects.filter(matching(user, text)).values("pk"))

    return [
        Search(hint=_("Tên hoặc số đăng ký của cơ sở"), narrow=said),
        Select(
            "outcome",
            lambda found, asked: found.filter(_OUTCOMES.get(asked, Q(verdict=asked, project=None))),
            label=_("Kết quả khảo sát"),
            choices=outcomes,
        ),
        Select("year", _of_year, label=_("Năm"), choices=years),
        Select(
            "commune",
            lambda found, code: found.filter(establishment__commune__code=code),
            label=_("Xã, phường"),
            choices=communes,
        ),
    ]


def _of_year(found: Rows, year: str) -> Any:
    told = year_in(year)
    return found.filter(surveyed_on__year=told) if told else found
