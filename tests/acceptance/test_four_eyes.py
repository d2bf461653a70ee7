"""Whoever put a hand to something does not decide on it: every decision there is, each after an edit by its decider."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.four_eyes import DECISIONS
from khuyencong.law.documents import decisions as of_law
from khuyencong.law.norms.actions import adopt_norm, save_norm, verify_norm
from khuyencong.law.norms.models import SupportNorm
from khuyencong.people.actions.accounts import grant
from khuyencong.people.models import User
from khuyencong.people.rules import Role
from khuyencong.planning import decisions as of_plans
from khuyencong.planning.actions import lines, plans
from khuyencong.planning.actions.adjustments import adopt_adjustment, draft_adjustment
from khuyencong.planning.actions.adopt import Decision, adopt_period, adopt_plan
from khuyencong.planning.actions.periods import save_period
from khuyencong.planning.rules.changes import Changes
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record import decisions as of_projects
from khuyencong.projects.record.models import Project
from khuyencong.projects.steps.actions import Refused, take_step
from khuyencong.reports.official import actions as reports
from khuyencong.reports.official import decisions as of_reports
from khuyencong.supervision import actions as supervision
from khuyencong.supervision import decisions as of_inspections
from khuyencong.yearbook import actions as yearbook
from khuyencong.yearbook import decisions as of_figures
from khuyencong.yearbook.models import MacroIndicator
from tests.factories.law import make_norm_draft
from tests.factories.live import make_live
from tests.factories.plans import DAY, MILLION, basis, period_content
from tests.factories.ready import People, make_ready
from tests.factories.reports import drafted

pytestmark = pytest.mark.django_db

DECISION = Decision("1/QĐ", DAY)


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


@pytest.fixture
def both(people, province):
    """An officer who inspects and leads as well, as they come with their next request."""
    user = people.elsewhere
    for role in (Role.OFFICER, Role.INSPECTOR, Role.LEADER):
        grant(None, user, role, province, DAY)
    return User.objects.get(pk=user.pk)


def draft_plan(people):
    content = plans.Content(None, (plans.Money("local", 500 * MILLION),), basis())
    plan = plans.draft_plan(people.officer, 2026, content)
    line = {"fund": "local", "activity": None, "name": "Máy móc", "amount": 400 * MILLION}
    lines.save_line(people.officer, plan.pk, None, line)
    return plan


def a_plan(people, both, commune):
    plan = draft_plan(people)
    lines.save_line(both, plan.pk, plan.lines.get().pk, {"amount": 450 * MILLION})
    return lambda user: adopt_plan(user, plan.pk, DECISION)


def a_period(people, both, commune):
    plan = save_period(people.officer, None, period_content())
    save_period(both, plan.pk, period_content(local=2 * 10**9))
    return lambda user: adopt_period(user, plan.pk, DECISION)


def an_adjustment(people, both, commune):
    plan = adopt_plan(people.leader, draft_plan(people).pk, DECISION)
    line = plan.lines.get()
    one = draft_adjustment(both, plan.pk, None, "Vì lý do thử.", Changes({line.pk: 300 * MILLION}))
    draft_adjustment(people.officer, plan.pk, one.pk, "Vì lý do thử.", Changes({line.pk: 200 * MILLION}))
    return lambda user: adopt_adjustment(user, one.pk, DECISION)


def an_inspection_plan(people, both, commune):
    make_live(commune, "in-progress", drafted_by=people.officer)
    plan = supervision.draft_plan(people.inspector, 2099, 1)
    supervision.change_visit(both, plan.visits.get().pk, dt.date(2099, 3, 10), people.inspector, False)
    return lambda user: supervision.approve_plan(user, plan.pk, "1/QĐ")


def a_report(people, both, commune):
    report = drafted(people.officer, commune.parent)
    reports.write(both, report.pk, report.sections | {"results": "Thêm một câu."})
    reports.send(people.officer, report.pk)
    return lambda user: reports.sign(user, report.pk, "1/BC")


def a_report_handed_in(people, both, commune):
    report = drafted(people.officer, commune.parent)
    reports.send(both, report.pk)
    return lambda user: reports.sign(user, report.pk, "1/BC")


def a_norm(people, both, commune):
    norm = make_norm_draft(people.officer)
    save_norm(both, norm, [])
    save_norm(people.officer, SupportNorm.objects.get(pk=norm.pk), [])
    return lambda user: adopt_norm(user, norm.pk, overlap_seen=True)


def a_comparison(people, both, commune):
    norm = make_norm_draft(people.officer)
    save_norm(both, norm, [])
    save_norm(people.officer, SupportNorm.objects.get(pk=norm.pk), [])
    grant(None, people.viewer, Role.OFFICER, commune.parent, DAY)
    return lambda user: verify_norm(user, norm.pk)


def a_project(people, both, commune):
    project = make_ready(people, commune, State.DRAFT)
    take_step(both, project.pk, "submit")
    Project.objects.filter(pk=project.pk).update(state=State.DEPARTMENT_APPRAISAL)
    return lambda user: take_step(user, project.pk, "approve")


def a_figure(people, both, commune):
    values = {
        "indicator": MacroIndicator.objects.get(code="poverty-rate"), "year": 2024, "value": Decimal("22.5"),
        "source": "Niên giám thử", "published_on": None, "note": "",
    }  # fmt: skip
    figure = yearbook.add_figure(both, commune.parent, values)
    yearbook.change_figure(people.officer, figure.pk, values | {"value": Decimal(23)}, version_of(figure))
    return lambda user: yearbook.verify_figure(user, figure.pk)


CASES = [
    (of_plans.PLAN, a_plan, "leader"),
    (of_plans.PERIOD, a_period, "leader"),
    (of_plans.ADJUSTMENT, an_adjustment, "leader"),
    (of_inspections.PLAN, an_inspection_plan, "leader"),
    (of_reports.SIGN, a_report, "leader"),
    (of_reports.SIGN, a_report_handed_in, "leader"),
    (of_law.ADOPT, a_norm, "leader"),
    (of_law.VERIFY, a_comparison, "viewer"),
    (of_projects.STEP, a_project, "leader"),
    (of_figures.VERIFY, a_figure, "leader"),
]


@pytest.mark.parametrize(("decision", "after", "other"), CASES, ids=[case[1].__name__ for case in CASES])
def test_who_had_a_hand_in_it_does_not_decide(people, both, commune, decision, after, other):
    decide = after(people, both, commune)
    with pytest.raises((PermissionDenied, Refused)) as refused:
        decide(both)
    assert str(decision.refusal) in str(refused.value)
    decide(getattr(people, other))


def test_no_decision_is_left_out():
    assert {id(one) for one in DECISIONS} == {id(decision) for decision, _after, _other in CASES}


def test_counting_begins_anew_once_it_was_decided(people, both):
    """Who wrote in a plan may decide on an adjustment of it that others wrote."""
    plan = draft_plan(people)
    lines.save_line(both, plan.pk, plan.lines.get().pk, {"amount": 450 * MILLION})
    adopt_plan(people.leader, plan.pk, DECISION)
    changes = Changes({plan.lines.get().pk: 300 * MILLION})
    one = draft_adjustment(people.officer, plan.pk, None, "Vì lý do thử.", changes)
    assert of_plans.ADJUSTMENT.open_to(both, [one]) == [one]
    adopt_adjustment(both, one.pk, DECISION)
