"""Several people press the same button at once: one of them is first, the others are told, nothing is doubled."""

import pytest
from django.core.exceptions import ValidationError

from khuyencong.core import audit
from khuyencong.people.models import User
from khuyencong.planning.actions.adjustments import adopt_adjustment, draft_adjustment
from khuyencong.planning.actions.adopt import Decision, adopt_plan
from khuyencong.planning.actions.plans import Content, draft_plan
from khuyencong.planning.models import AnnualPlan, PlanAdjustment, PlanVersion
from khuyencong.planning.rules.changes import Changes
from tests.factories.plans import DAY, MILLION
from tests.projects.steps.test_races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 8


def anew(user):
    """The person as a request of their own has them."""
    return User.objects.get(pk=user.pk)


def first_of(works):
    """Run them together; one comes through, all the others are told why not."""
    results = all_at_once(*works)
    through = [one for one in results if not isinstance(one, Exception)]
    assert {type(one) for one in results if isinstance(one, Exception)} == {ValidationError}
    assert len(through) == 1
    assert audit.verify().broken is None
    return through[0]


def test_of_all_who_begin_the_plan_of_a_year_one_does(people):
    plan = first_of([lambda: draft_plan(anew(people.officer), 2031, Content())] * CROWD)
    assert AnnualPlan.objects.get() == plan


def test_of_all_who_adopt_a_plan_one_does_and_it_has_one_version(people, draft):
    leaders = (people.leader, people.other_leader)
    first_of([lambda one=one: adopt_plan(anew(one), draft.pk, Decision("1/QĐ", DAY)) for one in leaders * 4])
    assert PlanVersion.objects.get().number == 1


def test_of_all_who_draft_an_adjustment_one_does_and_of_all_who_adopt_it_one(people, adopted):
    changes = Changes({adopted.lines.get().pk: 300 * MILLION})
    one = first_of([lambda: draft_adjustment(anew(people.officer), adopted.pk, None, "Lý do", changes)] * CROWD)
    first_of([lambda: adopt_adjustment(anew(people.leader), one.pk, Decision("2/QĐ", DAY))] * CROWD)
    assert PlanAdjustment.objects.get().state == "adopted"
    assert list(PlanVersion.objects.values_list("number", flat=True)) == [1, 2]
