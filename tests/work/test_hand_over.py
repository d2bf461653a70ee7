"""Handing all work over: everything moves, each thing with its trail, and whoever leaves is locked out."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from khuyencong.core import audit, clock
from khuyencong.core.models import AuditRecord
from khuyencong.law.models import Edition, ReviewItem
from khuyencong.people.actions import assignments
from khuyencong.people.assignments import assigned_on
from khuyencong.people.models import OfficerAssignment, RoleGrant, User
from khuyencong.supervision.models import Visit
from khuyencong.work.actions import hand_over
from khuyencong.work.handover import charges
from khuyencong.work.queries import work_of
from tests.conftest import PASSWORD
from tests.factories.law import make_review_item
from tests.factories.life import make_council
from tests.factories.ready import make_bare

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def leader(person, province):
    return person("leader", province)


@pytest.fixture
def new(person, province):
    user = person("officer", province, "nguoi-nhan")
    return inspecting(user, province)


def inspecting(user, unit):
    """The same person with the role of an inspector besides."""
    RoleGrant.objects.create(user=user, role="inspector", unit=unit, valid_from=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def loaded(officer, leader, commune, other_commune, province):
    """Everything that can hang on the officer, and things of others beside it."""

    class Nobody:
        commune_officer = None

    inspecting(officer, province)
    made = {}
    for number, (state, field) in enumerate(
        [
            ("draft", "drafted_by"),
            ("returned", "drafted_by"),
            ("in-progress", "responsible"),
            ("archived", "responsible"),
        ]
    ):
        project = make_bare(Nobody, commune, code=f"DA-2026-08{number:02d}")
        project.state = state
        setattr(project, field, officer)
        project.save()
        made[state] = project
    inspected = make_bare(Nobody, commune, code="DA-2026-0890")
    made["visit"] = Visit.objects.create(project=inspected, inspector=officer, planned_for=clock.today())
    made["done"] = Visit.objects.create(
        project=inspected, inspector=officer, planned_for=clock.today(), state="done",
        done_on=clock.today(),
    )  # fmt: skip
    made["item"] = make_review_item(province)
    ReviewItem.objects.filter(pk=made["item"].pk).update(owner=officer)
    made["edition"] = Edition.objects.filter(state="adopted").order_by("pk").first()
    Edition.objects.filter(pk=made["edition"].pk).update(responsible=officer)
    assignments.assign(leader, officer, commune, dt.date(2026, 1, 1))
    assignments.assign(leader, officer, other_commune, dt.date(2026, 1, 1))
    make_council(made["in-progress"], leader, officer)
    return made


def test_everything_moves_with_its_trail_and_what_is_over_stays(loaded, officer, new, leader):
    before = AuditRecord.objects.count()
    moved = hand_over(leader, officer, new, leaving=False)
    for one in loaded.values():
        one.refresh_from_db()
    assert {loaded["draft"].drafted_by, loaded["returned"].drafted_by, loaded["in-progress"].responsible} == {new}
    assert loaded["archived"].responsible == officer, "an archived project keeps its story"
    assert (loaded["visit"].inspector, loaded["done"].inspector) == (new, officer)
    assert (loaded["item"].owner, loaded["edition"].responsible) == (new, new)
    assert not any(one.rows.exists() for one in charges(officer))
    today = clock.today()
    assert set(assigned_on(today).values_list("user", flat=True)) == {new.pk}
    assert OfficerAssignment.objects.filter(user=officer, valid_to=today - dt.timedelta(days=1)).count() == 2
    assert moved == 8
    told = AuditRecord.objects.order_by("seq")[before:]
    assert [one.action for one in told].count("hand-over") == 6
    assert all(one.actor_id == leader.pk for one in told)
    assert audit.verify().broken is None
    officer.refresh_from_db()
    assert officer.is_active


def test_what_waited_for_one_waits_for_the_other(loaded, officer, new, leader):
    today = clock.today()
    before = {one.url for one in work_of(officer, today).later + work_of(officer, today).this_week}
    hand_over(leader, officer, new, leaving=False)
    fresh = User.objects.get(pk=new.pk)
    after = {one.url for one in work_of(fresh, today).later + work_of(fresh, today).this_week}
    draft, item = loaded["draft"], loaded["item"]
    for address in (reverse("projects:card", args=[draft.pk]), reverse("law:review_item", args=[item.pk])):
        assert address in before and address in after
        assert address not in {one.url for one in work_of(User.objects.get(pk=officer.pk), today).later}


def test_whoever_leaves_loses_every_role_and_cannot_sign_in(loaded, officer, new, leader):
    client = Client()
    client.force_login(officer)
    hand_over(leader, officer, new, leaving=True)
    today = clock.today()
    assert list(officer.role_grants.values_list("valid_to", flat=True)) == [today, today]
    assert client.get("/home/").status_code == 302
    assert not Client().login(username=officer.username, password=PASSWORD)
    assert AuditRecord.objects.filter(action="lock").count() == 1


def test_the_same_person_a_locked_one_and_whoever_may_not_are_refused(officer, new, leader, commune_officer):
    with pytest.raises(ValidationError, match="khác nhau"):
        hand_over(leader, officer, officer, leaving=False)
    with pytest.raises(PermissionDenied):
        hand_over(commune_officer, officer, new, leaving=False)
    new.is_active = False
    new.save()
    with pytest.raises(ValidationError, match="đang bị khóa"):
        hand_over(leader, officer, new, leaving=False)
    assert not AuditRecord.objects.exists()


def test_nobody_locks_their_own_account(leader, new):
    with pytest.raises(ValidationError, match="tự khóa"):
        hand_over(leader, leader, new, leaving=True)
    leader.refresh_from_db()
    assert leader.is_active and not AuditRecord.objects.exists()


def test_work_that_the_other_may_not_do_is_refused_before_anything_moves(loaded, officer, leader, person, province):
    viewer = person("viewer", province)
    with pytest.raises(ValidationError, match="không có quyền"):
        hand_over(leader, officer, viewer, leaving=True)
    loaded["draft"].refresh_from_db()
    officer.refresh_from_db()
    assert loaded["draft"].drafted_by == officer and officer.is_active


def test_the_page_shows_first_and_moves_only_when_confirmed(loaded, officer, new, leader):
    client = Client()
    client.force_login(leader)
    address = reverse("work:hand_over")
    sent = {"old": officer.pk, "new": new.pk}
    page = client.post(address, sent).content.decode()
    assert loaded["draft"].title in page and "Xã Trùng Khánh" in page and "phiếu thẩm định chưa nộp" in page.lower()
    assert not AuditRecord.objects.filter(action="hand-over").exists()
    done = client.post(address, sent | {"confirm": "yes"}, follow=True).content.decode()
    assert "Đã chuyển 8 việc" in done
