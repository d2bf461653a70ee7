"""The inspections of a year: drafted by risk, drafted anew, approved by another."""

import pytest
from django.core.exceptions import PermissionDenied

from khuyencong.people.actions.accounts import grant
from khuyencong.people.models import User
from khuyencong.people.rules import Role
from khuyencong.supervision import actions
from khuyencong.supervision.models import InspectionPlan, Visit
from khuyencong.supervision.work import waiting
from tests.factories.live import make_live
from tests.supervision.inspecting import DAY, answer, find
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

YEAR = 2099


@pytest.fixture
def plan(people, contracted):
    return actions.draft_plan(people.inspector, YEAR, 5)


def test_inspectors_draft_and_leaders_approve(people, plan):
    assert who_may(people, lambda user: actions.draft_plan(user, YEAR, 5)) == {"inspector"}
    assert who_may(people, lambda user: actions.approve_plan(user, plan.pk, "1")) == {"leader", "other_leader"}


def test_it_holds_projects_under_way_with_their_risk_on_days_of_its_year(people, commune, contracted):
    make_live(commune, "draft", code="DA-2026-0002")
    plan = actions.draft_plan(people.inspector, YEAR, 5)
    visit = plan.visits.get()
    assert (visit.project, visit.inspector, visit.planned_for.year) == (contracted, people.inspector, YEAR)
    assert visit.risk == sum(one["points"] for one in visit.risk_parts) > 0


def test_days_are_spread_in_the_order_of_risk(people, commune):
    for number in range(1, 5):
        make_live(commune, "in-progress", code=f"DA-2026-{number:04}")
    visits = list(actions.draft_plan(people.inspector, YEAR, 3).visits.all())
    days = [one.planned_for for one in visits]
    assert len(visits) == len({one.project_id for one in visits}) == 3
    assert days == sorted(set(days))


def test_a_year_that_is_over_has_its_visits_from_today_on(people, contracted):
    visit = actions.draft_plan(people.inspector, 2020, 1).visits.get()
    assert visit.planned_for > DAY


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_out_of_sight_is_refused(people, year):
    with refused(field="year"):
        actions.draft_plan(people.inspector, year, 5)


def test_nobody_puts_their_own_project_into_a_plan(people, contracted):
    contracted.responsible = people.inspector
    contracted.save()
    with refused("không được kiểm tra", kind=PermissionDenied):
        actions.draft_plan(people.inspector, YEAR, 5)


def test_drafting_is_recorded_with_each_visit(people, contracted):
    begun = length()
    actions.draft_plan(people.inspector, YEAR, 5)
    assert trail(begun) == ["draft inspectionplan", "create visit"]
    actions.draft_plan(people.inspector, YEAR, 5)
    assert trail(begun)[2:] == ["delete visit", "create visit"], "the plan itself did not change"


@pytest.mark.parametrize("begun", ["answers", "finding"])
def test_drafting_anew_keeps_a_visit_that_has_begun_and_all_that_was_seen(people, plan, begun):
    visit = plan.visits.get()
    answer(people.inspector, visit) if begun == "answers" else find(people.inspector, visit)
    actions.draft_plan(people.inspector, YEAR, 5)
    assert list(plan.visits.all()) == [visit], "neither lost nor planned twice"
    assert visit.answers.exists() or visit.findings.exists()


def test_drafting_anew_does_not_plan_again_what_is_done(people, plan):
    visit = plan.visits.get()
    answer(people.inspector, visit)
    actions.finish_visit(people.inspector, visit.pk, DAY)
    actions.draft_plan(people.inspector, YEAR, 5)
    assert list(plan.visits.values_list("state", flat=True)) == ["done"]


def test_approval_is_recorded_and_final(people, plan):
    begun = length()
    done = actions.approve_plan(people.leader, plan.pk, "20/QĐ-SCT")
    assert trail(begun) == ["adopt inspectionplan"]
    assert (done.decision, done.approved_by) == ("20/QĐ-SCT", people.leader)
    with refused("đã được duyệt"):
        actions.approve_plan(people.other_leader, plan.pk, "21/QĐ-SCT")
    with refused("hãy thêm từng lần kiểm tra"):
        actions.draft_plan(people.inspector, YEAR, 5)


def test_who_drafted_it_does_not_approve_it_whatever_their_roles(people, province, plan):
    grant(None, people.inspector, Role.LEADER, province, DAY)
    both = User.objects.get(pk=people.inspector.pk)
    with refused("Người soạn không được tự duyệt", kind=PermissionDenied):
        actions.approve_plan(both, plan.pk, "1")
    assert not [one for one in waiting(both, DAY) if "Duyệt" in one.verb], "nor is asked to"
    assert [one.about for one in waiting(people.leader, DAY)] == ["Kế hoạch kiểm tra năm 2099"]


def test_a_plan_without_any_project_is_empty(people):
    actions.draft_plan(people.inspector, YEAR, 5)
    assert InspectionPlan.objects.get().drafted_by == people.inspector
    assert not Visit.objects.exists()
