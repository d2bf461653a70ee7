"""Lines of a draft: entered, changed, taken out; never below what they hold, never from under a project."""

import pytest

from khuyencong.core import audit
from khuyencong.planning.actions.lines import remove_line, save_line
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.planning.models import PlanLine
from khuyencong.projects.money.actions import choose_line
from tests.factories.live import make_live
from tests.factories.plans import machinery, make_line
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

PREPARING = {"officer", "leader", "other_leader"}
FAIR = {"fund": "local", "activity": None, "name": "Hội chợ", "amount": 20}


@pytest.fixture
def line(draft):
    return draft.lines.get()


@pytest.fixture
def tied(line, people, commune):
    """An approved project for which the line is to pay."""
    return choose_line(people.officer, make_live(commune, "approved").pk, line)


def test_officers_and_leaders_of_the_province_work_on_lines(people, draft, line):
    assert who_may(people, lambda user: save_line(user, draft.pk, None, FAIR)) == PREPARING
    assert who_may(people, lambda user: save_line(user, draft.pk, line.pk, FAIR)) == PREPARING
    assert who_may(people, lambda user: remove_line(user, draft.pk, line.pk)) == PREPARING


def test_entering_changing_and_taking_out_are_recorded_on_the_plan(people, draft):
    begun = length()
    made = save_line(people.officer, draft.pk, None, FAIR)
    save_line(people.officer, draft.pk, made.pk, FAIR)
    save_line(people.leader, draft.pk, made.pk, {"amount": 30})
    remove_line(people.officer, draft.pk, made.pk)
    assert trail(begun) == ["create planline", "update planline", "delete planline"]
    assert [one.action for one in audit.history(draft)[:3]] == ["delete", "update", "create"]


@pytest.mark.parametrize(
    ("wrong", "field"), [({"amount": -1}, "amount"), ({"name": ""}, "name"), ({"fund": "blended"}, "fund")]
)
def test_what_cannot_be_is_refused_beside_its_field(people, draft, wrong, field):
    with refused(field=field):
        save_line(people.officer, draft.pk, None, FAIR | wrong)


def test_a_fund_has_a_name_once(people, draft, line):
    with refused("Đã có dòng “Máy móc”", "name"):
        save_line(people.officer, draft.pk, None, FAIR | {"name": "Máy móc"})
    save_line(people.officer, draft.pk, None, FAIR | {"name": "Máy móc", "fund": "national"})
    assert save_line(people.officer, draft.pk, line.pk, {"name": "Máy móc"}) == line


def test_it_does_not_go_below_what_it_holds(people, draft, line):
    commit_to_line(people.leader, line.pk, 1, 100)
    with refused("Đã giao cho đề án 100 ₫", "amount"):
        save_line(people.officer, draft.pk, line.pk, {"amount": 99})
    assert save_line(people.officer, draft.pk, line.pk, {"amount": 100}).left == 0


def test_a_line_of_another_plan_is_not_reached_through_this_one(people, draft):
    other = make_line(2025, name="Năm trước")
    with refused(kind=PlanLine.DoesNotExist):
        save_line(people.officer, draft.pk, other.pk, {"amount": 1})
    with refused(kind=PlanLine.DoesNotExist):
        remove_line(people.officer, draft.pk, other.pk)


@pytest.mark.parametrize(("other", "field"), [({"fund": "national"}, "fund"), ({"activity": "fair"}, "activity")])
def test_a_line_stays_one_that_may_pay_for_the_projects_tied_to_it(people, draft, tied, other, field):
    from khuyencong.law.models import ActivityType

    values = {name: ActivityType.objects.get(code=one) if name == "activity" else one for name, one in other.items()}
    with refused("Còn đề án gắn với dòng này", field):
        save_line(people.officer, draft.pk, tied.plan_line_id, values)
    save_line(people.officer, draft.pk, tied.plan_line_id, {"activity": machinery()})


def test_it_is_not_taken_out_from_under_a_project(people, draft, tied):
    with refused("Còn đề án gắn với dòng này"):
        remove_line(people.officer, draft.pk, tied.plan_line_id)


def test_it_is_not_taken_out_while_it_holds_money(people, draft, line):
    commit_to_line(people.leader, line.pk, 1, 100)
    with refused("Còn đề án gắn với dòng này"):
        remove_line(people.officer, draft.pk, line.pk)


def test_lines_of_an_adopted_plan_change_by_an_adjustment_alone(people, adopted):
    line = adopted.lines.get()
    for act in (
        lambda: save_line(people.leader, adopted.pk, None, FAIR),
        lambda: save_line(people.officer, adopted.pk, line.pk, {"amount": 1}),
        lambda: remove_line(people.officer, adopted.pk, line.pk),
    ):
        with refused("chỉ sửa bằng quyết định điều chỉnh"):
            act()
