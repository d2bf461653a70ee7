"""The words of a report, proposed from its figures; the officer changes them as they see fit."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core import clock
from khuyencong.core.money import vnd_short
from khuyencong.core.periods import named
from khuyencong.core.templatetags.ui import number
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import located_in
from khuyencong.indicators.asked import Asked, Figures
from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import ENDED, State
from khuyencong.projects.models import Project
from khuyencong.reports.official import queries
from khuyencong.reports.official.models import Report

_COUNTED = ("projects_submitted", "projects_approved", "projects_accepted", "projects_terminated", "support_approved",
            "support_accepted", "counterpart_accepted", "establishments_supported", "disbursed", "inspections",
            "findings")  # fmt: skip
_RESULTS = ("results_reported", "workers", "revenue")


@dataclass(frozen=True)
class _Facts:
    """The figures that the words are made of: of the period, since 1 January, and of the same period before."""

    report: Report
    figures: Figures

    def of(self, code: str) -> int:
        return int(self.figures.value(Asked(code, self.report.period.window)) or 0)

    def to_date(self, code: str) -> int:
        return int(self.figures.value(Asked(code, self.report.period.to_date)) or 0)

    def before(self, code: str) -> int:
        return int(self.figures.value(Asked(code, self.report.period.last_year.window)) or 0)


def proposed(user: User, report: Report) -> dict[str, str]:
    """Section -> text. What figures cannot tell (difficulties, proposals) starts from what the records show."""
    period = report.period
    windows = (period.window, period.to_date, period.last_year.window)
    asked = [Asked(code, window) for code in (*_COUNTED, *_RESULTS, "plan_amount") for window in windows]
    with queries.store_of(user, report) as store:
        facts = _Facts(report, store.figures(asked))
    made = {
        "situation": _situation(facts),
        "results": _results(facts),
        "difficulties": _difficulties(report),
        "proposals": "",
        "next": _next(report),
    }
    return {code: made[code] for code in report.kind.kind().sections}


def _situation(facts: _Facts) -> str:
    period = named(facts.report.period)
    text = _("Trong %(period)s, %(unit)s có %(submitted)s đề án được nộp, %(approved)s đề án được phê duyệt với "
             "kinh phí hỗ trợ %(money)s.") % {
        "period": period, "unit": facts.report.unit.name, "submitted": number(facts.of("projects_submitted")),
        "approved": number(facts.of("projects_approved")), "money": _money(facts.of("support_approved")),
    }  # fmt: skip
    plan = facts.figures.value(Asked("plan_amount", facts.report.period.to_date))
    spent = facts.to_date("disbursed")
    if plan:
        text += " " + _("Từ đầu năm đã giải ngân %(spent)s, đạt %(share)s%% kế hoạch năm (%(plan)s).") % {
            "spent": _money(spent), "share": number(100 * spent / plan, 1), "plan": _money(int(plan)),
        }  # fmt: skip
    else:
        text += " " + _("Từ đầu năm đã giải ngân %(spent)s.") % {"spent": _money(spent)}
    return text


def _results(facts: _Facts) -> str:
    accepted, before = facts.of("projects_accepted"), facts.before("projects_accepted")
    text = _("Đã nghiệm thu %(n)s đề án tại %(places)s cơ sở, kinh phí hỗ trợ %(support)s, vốn đối ứng %(own)s; "
             "cùng kỳ năm trước nghiệm thu %(before)s đề án.") % {
        "n": number(accepted), "places": number(facts.of("establishments_supported")),
        "support": _money(facts.of("support_accepted")), "own": _money(facts.of("counterpart_accepted")),
        "before": number(before),
    }  # fmt: skip
    visits = facts.of("inspections")
    if visits:
        text += " " + _("Đã kiểm tra %(n)s đề án, ghi %(findings)s phát hiện.") % {
            "n": number(visits), "findings": number(facts.of("findings"))}  # fmt: skip
    reported = facts.of("results_reported") if facts.report.period.window.whole_year else 0
    if reported:
        text += " " + _("%(n)s cơ sở có báo cáo kết quả, với %(workers)s lao động và doanh thu %(revenue)s.") % {
            "n": number(reported), "workers": number(facts.of("workers")), "revenue": _money(facts.of("revenue")),
        }  # fmt: skip
    return text


def _difficulties(report: Report) -> str:
    lines = []
    last = report.period.last_day
    if report.period.year < clock.today().year - 1:
        return ""  # how projects stand today says nothing of then
    open_projects = _projects(report).exclude(state__in=[*ENDED, State.TERMINATED])
    late = open_projects.filter(due_on__lt=last).count()
    if late:
        lines.append(
            ngettext("%(n)s đề án quá hạn bước tiếp theo.", "%(n)s đề án quá hạn bước tiếp theo.", late) % {"n": late}
        )
    stopped = open_projects.filter(state=State.SUSPENDED).count()
    if stopped:
        lines.append(ngettext("%(n)s đề án đang tạm dừng.", "%(n)s đề án đang tạm dừng.", stopped) % {"n": stopped})
    if report.period.window.whole_year:
        supported = _establishments(report).filter(status="active", projects__accepted_year__lt=report.year).distinct()
        silent = supported.exclude(results__year=report.year).count()
        if silent:
            lines.append(ngettext(
                "%(n)s cơ sở đã được hỗ trợ chưa có báo cáo kết quả năm %(year)s.",
                "%(n)s cơ sở đã được hỗ trợ chưa có báo cáo kết quả năm %(year)s.", silent,
            ) % {"n": silent, "year": report.year})  # fmt: skip
    return "\n".join(lines)


def _next(report: Report) -> str:
    if report.period.year < clock.today().year - 1:
        return ""
    waiting = _projects(report).filter(state__in=[State.CONTRACTED, State.IN_PROGRESS]).count()
    if not waiting:
        return ""
    return ngettext(
        "Nghiệm thu, thanh lý %(n)s đề án đang thực hiện.", "Nghiệm thu, thanh lý %(n)s đề án đang thực hiện.", waiting
    ) % {"n": waiting}


def _establishments(report: Report) -> QuerySet[Establishment]:
    return Establishment.objects.filter(located_in(report.unit))


def _projects(report: Report) -> QuerySet[Project]:
    through = Project.establishments.through.objects.filter(establishment__in=_establishments(report).values("pk"))
    return Project.objects.filter(pk__in=through.values("project_id"))


def _money(amount: int) -> str:
    return vnd_short(amount) if amount else _("0 đồng")
