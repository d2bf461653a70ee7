"""Something wrong: recorded by the inspector, put right by the officer, closed by the inspector; payment waits."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from khuyencong.core import audit
from khuyencong.people.actions.accounts import grant
from khuyencong.people.models import User
from khuyencong.people.rules import Role
from khuyencong.projects.models import Hold, Project
from khuyencong.projects.money import actions as money
from khuyencong.supervision import actions
from khuyencong.supervision.models import Finding
from tests.supervision.inspecting import DAY, WRONG, find
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

MILLION = 1_000_000


@pytest.fixture
def finding(people, planned):
    return find(people.inspector, planned)


@pytest.fixture
def remedied(people, finding):
    return actions.report_remedy(people.officer, finding.pk, "Đã đổi máy.")


def pay(people, project, amount):
    money.pay(people.officer, project.pk, "advance", amount, DAY, uuid.uuid4())


def recover(people, project, amount):
    money.recover(people.officer, project.pk, amount, DAY, uuid.uuid4(), "Theo kết luận kiểm tra")


def test_inspectors_find_and_close_officers_of_the_place_put_right(people, planned, remedied):
    assert who_may(people, lambda user: find(user, planned)) == {"inspector"}
    assert who_may(people, lambda user: actions.close_finding(user, remedied.pk)) == {"inspector"}

    def act(user):
        return actions.report_remedy(user, remedied.pk, "Đã đổi.")

    assert who_may(people, act) == {"officer", "commune_officer"}


def test_not_even_a_project_without_establishments_is_open_to_all(people, finding, contracted):
    contracted.establishments.clear()

    def act(user):
        return actions.report_remedy(user, finding.pk, "Đã đổi.")

    assert who_may(people, act) == {"officer", "commune_officer", "elsewhere"}


@pytest.mark.parametrize("who", ["drafted_by", "responsible"])
def test_who_carries_the_project_does_not_let_payment_go_on(people, province, contracted, remedied, who):
    Project.objects.filter(pk=contracted.pk).update(**{who: people.commune_officer})
    grant(None, people.commune_officer, Role.INSPECTOR, province, DAY)
    with refused("không được kiểm tra", kind=PermissionDenied):
        actions.close_finding(User.objects.get(pk=people.commune_officer.pk), remedied.pk)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"remedy": ""}, "remedy"),
        ({"severity": "terrible"}, "severity"),
        ({"deadline": None}, "deadline"),
        ({"deadline": DAY}, "deadline"),
        ({"to_recover": 0}, "to_recover"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(people, planned, wrong, field):
    with refused(field=field):
        find(people.inspector, planned, **wrong)


def test_it_holds_payment_from_the_day_after_its_deadline(finding, contracted):
    hold = Hold.objects.get(project=contracted)
    assert (hold.blocks_from - finding.deadline).days == 1
    assert hold.reason == "quá hạn khắc phục: Máy khác hóa đơn"
    assert hold.lifted_at is None


def test_a_remedy_is_told(people, finding):
    with refused("Cần ghi đã khắc phục thế nào", "remedy_note"):
        actions.report_remedy(people.officer, finding.pk, " \n")


def test_a_remedy_can_be_told_again_until_it_is_closed(people, remedied):
    again = actions.report_remedy(people.commune_officer, remedied.pk, " Đã đổi lần hai. ")
    assert (again.state, again.remedy_note) == ("remedied", "Đã đổi lần hai.")
    actions.close_finding(people.inspector, remedied.pk)
    with refused("đã đóng"):
        actions.report_remedy(people.officer, remedied.pk, "Lần ba")


def test_it_is_not_closed_before_a_remedy_was_told(people, finding):
    with refused("chưa báo khắc phục"):
        actions.close_finding(people.inspector, finding.pk)


def test_closing_lifts_the_hold_and_is_recorded_once(people, remedied, contracted):
    begun = length()
    actions.close_finding(people.inspector, remedied.pk)
    assert trail(begun) == ["close finding", "update hold"]
    assert Hold.objects.get().lifted_at is not None
    actions.close_finding(people.inspector, remedied.pk)
    assert len(trail(begun)) == 2
    assert audit.history(contracted).filter(seq__gt=begun).count() == 2


def test_closing_one_leaves_the_hold_of_another(people, planned, remedied):
    other = find(people.inspector, planned, text="Chưa gắn biển")
    actions.close_finding(people.inspector, remedied.pk)
    assert Hold.objects.get(lifted_at=None).source == f"finding:{other.pk}"


@pytest.mark.parametrize(("back", "closed"), [(19_999_999, False), (20_000_000, True)])
def test_money_to_come_back_must_be_back_to_the_dong(people, planned, contracted, back, closed):
    pay(people, contracted, 50 * MILLION)
    finding = find(people.inspector, planned, to_recover=20 * MILLION)
    actions.report_remedy(people.officer, finding.pk, "Đang thu")
    recover(people, contracted, back)
    if closed:
        assert actions.close_finding(people.inspector, finding.pk).state == Finding.State.CLOSED
    else:
        with refused("chưa thu đủ"):
            actions.close_finding(people.inspector, finding.pk)


def test_without_a_contract_no_money_has_come_back(people, planned, contracted):
    contracted.contract.delete()
    finding = find(people.inspector, planned, to_recover=1)
    actions.report_remedy(people.officer, finding.pk, "Đang thu")
    with refused("chưa thu đủ"):
        actions.close_finding(people.inspector, finding.pk)


def test_a_finding_is_told_by_its_first_words(planned):
    assert str(Finding(visit=planned, **(WRONG | {"text": "x" * 90}))) == "x" * 80
