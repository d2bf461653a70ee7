"""Where a project stands and what stands in its way: the facts that the life-cycle table asks for."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from khuyencong.core.money import vnd
from khuyencong.establishments.models import Establishment
from khuyencong.planning.models import Commitment
from khuyencong.projects.appraisal.queries import summary_of
from khuyencong.projects.lifecycle.table import Fund, Guard, Person, Situation, State, Transition
from khuyencong.projects.money.models import Contract
from khuyencong.projects.papers.queries import papers_of
from khuyencong.projects.proposal.asked import Asked, answers_for, asked_of, ceiling_for
from khuyencong.projects.proposal.earlier import same_content
from khuyencong.projects.record.decisions import STEP
from khuyencong.projects.record.models import Project
from khuyencong.projects.results.queries import result_years


@dataclass(frozen=True)
class Obstacle:
    """A guard that does not hold, and why, in words."""

    guard: Guard
    words: str


def obstacles(project: Project, day: dt.date, guards: tuple[Guard, ...] = tuple(Guard)) -> list[Obstacle]:
    """The guards among these that do not hold on the day."""
    asked = asked_of(project) if _ON_WHAT_IS_ASKED.keys() & set(guards) else None

    def words(guard: Guard) -> str:
        if asked is not None and guard in _ON_WHAT_IS_ASKED:
            return _ON_WHAT_IS_ASKED[guard](asked, day)
        return _CHECKS[guard](project, day)

    return [Obstacle(guard, told) for guard in guards if (told := words(guard))]


def situation(project: Project, transition: Transition, whoever: Person) -> Situation:
    """What the table asks of a project before the guards of this step are looked at.

    Whose hands wrote it is asked only for a step that this person may take and that needs other eyes.
    """
    asked = transition.four_eyes and transition.actor in whoever.actors
    hands = STEP.hands(project) if asked else frozenset()
    return Situation(State(project.state), Fund(project.fund), hands, papers_of(project))


def _has_beneficiary(project: Project, day: dt.date) -> str:
    return "" if project.establishments.exists() else _("Chưa chọn cơ sở thụ hưởng.")


def _eligible(asked: Asked, day: dt.date) -> str:
    failing = [one.name for one, answer in answers_for(asked, day) if answer.eligible is False]
    return _("Không đủ điều kiện được hỗ trợ: %(names)s.") % {"names": "; ".join(failing)} if failing else ""


def _costs_add_up(project: Project, day: dt.date) -> str:
    lines = list(project.cost_lines.all())
    planned = sum(one.amount for one in lines)
    if not lines:
        return _("Chưa có dự toán chi phí.")
    if planned != project.total_cost:
        return _("Dự toán cộng lại là %(planned)s, khác tổng kinh phí %(total)s.") % {
            "planned": vnd(planned), "total": vnd(project.total_cost),
        }  # fmt: skip
    return ""


def _funding_adds_up(project: Project, day: dt.date) -> str:
    blended = sum(one.amount for one in project.blended_funding.all())
    if blended != project.blended:
        return _("Các nguồn lồng ghép cộng lại là %(sum)s, khác số đã ghi %(told)s.") % {
            "sum": vnd(blended), "told": vnd(project.blended),
        }  # fmt: skip
    return "" if project.support_amount > 0 else _("Chưa ghi kinh phí hỗ trợ.")


def _within_ceiling(asked: Asked, day: dt.date) -> str:
    found = ceiling_for(asked, day)
    if found.amount is None:
        return _("Ngày này không có mức hỗ trợ nào đang có hiệu lực cho nội dung đã chọn.")
    if asked.support > found.amount:
        return _("Đề nghị %(asked)s, mức tối đa là %(most)s (%(article)s).") % {
            "asked": vnd(asked.support),
            "most": vnd(found.amount),
            "article": found.norm.article if found.norm else "",
        }
    return ""


def _no_double_funding(asked: Asked, day: dt.date) -> str:
    found = same_content(asked)
    return _("Đã được hỗ trợ cùng nội dung: %(what)s.") % {"what": "; ".join(found)} if found else ""


def _council_named(project: Project, day: dt.date) -> str:
    council = getattr(project, "council", None)
    if council is None or council.members.count() < 3:
        return _("Chưa lập hội đồng thẩm định có ít nhất ba thành viên.")
    return ""


def _appraisal_complete(project: Project, day: dt.date) -> str:
    found = summary_of(project)
    if found is None:
        return _("Chưa lập hội đồng thẩm định.")
    if found.complete:
        return ""
    if found.awaited:
        return _("Còn %(n)s thành viên chưa nộp phiếu.") % {"n": found.awaited}
    return _("Mới có %(n)s phiếu được tính, cần ít nhất ba.") % {"n": found.counted}


def _appraisal_passed(project: Project, day: dt.date) -> str:
    found = summary_of(project)
    return "" if found and found.passed else _("Hội đồng chưa chấm đạt.")


def _plan_line_has_room(project: Project, day: dt.date) -> str:
    line = project.plan_line
    if line is None:
        return _("Chưa chọn dòng kế hoạch.")
    if not line.plan.adopted:
        return _("Kế hoạch năm %(year)s chưa được ban hành.") % {"year": line.year}
    if line.fund != project.fund or line.activity_id not in (None, project.activity_id):
        return _("Dòng kế hoạch không dành cho nguồn hoặc nội dung này.")
    own = Commitment.objects.filter(line=line, project=project.pk).values_list("amount", flat=True).first()
    left = line.left + (own or 0)
    if project.support_amount > left:
        return _("Dòng kế hoạch chỉ còn %(left)s.") % {"left": vnd(left)}
    return ""


def _contract_recorded(project: Project, day: dt.date) -> str:
    contract = Contract.objects.filter(project=project).first()
    if contract is None:
        return _("Chưa ghi hợp đồng.")
    if contract.amount > project.support_amount:
        return _("Hợp đồng %(amount)s cao hơn kinh phí được duyệt %(most)s.") % {
            "amount": vnd(contract.amount), "most": vnd(project.support_amount),
        }  # fmt: skip
    return ""


def _paid_as_accepted(project: Project, day: dt.date) -> str:
    contract = Contract.objects.filter(project=project).first()
    if contract is None:
        return _("Chưa ghi hợp đồng.")
    held = contract.paid - contract.recovered
    if held == contract.amount:
        return ""
    return _("Mới chi %(paid)s trên %(amount)s của hợp đồng.") % {"paid": vnd(held), "amount": vnd(contract.amount)}


def _no_open_hold(project: Project, day: dt.date) -> str:
    found = project.holds.filter(lifted_at=None, blocks_from__lte=day)
    return "; ".join(found.values_list("reason", flat=True))


def _recovered(project: Project, day: dt.date) -> str:
    contract = Contract.objects.filter(project=project).first()
    held = contract.paid - contract.recovered if contract else 0
    return _("Còn %(held)s chưa thu hồi.") % {"held": vnd(held)} if held else ""


def _results_reported(project: Project, day: dt.date) -> str:
    if not project.accepted_year:
        return _("Chưa ghi năm nghiệm thu.")
    wanted = result_years(project.accepted_year, project.accepted_on)
    missing = []
    # Who stopped working has nothing more to report.
    for one in project.establishments.filter(status=Establishment.Status.ACTIVE):
        known = set(one.results.filter(year__in=wanted).values_list("year", flat=True))
        missing += [f"{one.name} {year}" for year in sorted(wanted - known)]
    return _("Còn thiếu kết quả: %(missing)s.") % {"missing": "; ".join(missing)} if missing else ""


_ON_WHAT_IS_ASKED: dict[Guard, Callable[[Asked, dt.date], str]] = {
    Guard.ELIGIBLE: _eligible,
    Guard.WITHIN_CEILING: _within_ceiling,
    Guard.NO_DOUBLE_FUNDING: _no_double_funding,
}
_CHECKS: dict[Guard, Callable[[Project, dt.date], str]] = {
    Guard.HAS_BENEFICIARY: _has_beneficiary,
    Guard.COSTS_ADD_UP: _costs_add_up,
    Guard.FUNDING_ADDS_UP: _funding_adds_up,
    Guard.COUNCIL_NAMED: _council_named,
    Guard.APPRAISAL_COMPLETE: _appraisal_complete,
    Guard.APPRAISAL_PASSED: _appraisal_passed,
    Guard.PLAN_LINE_HAS_ROOM: _plan_line_has_room,
    Guard.CONTRACT_RECORDED: _contract_recorded,
    Guard.PAID_AS_ACCEPTED: _paid_as_accepted,
    Guard.NO_OPEN_HOLD: _no_open_hold,
    Guard.RECOVERED: _recovered,
    Guard.RESULTS_REPORTED: _results_reported,
}
