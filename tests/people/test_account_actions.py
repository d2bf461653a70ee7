"""Accounts, roles and passwords: refused beside their field, recorded without their secrets."""

import datetime as dt
import json

import pytest
from django.contrib.auth import authenticate
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.people.actions.accounts import add_account, generate_password, grant, set_password
from khuyencong.people.models import User
from khuyencong.people.rules import Role
from khuyencong.places.models import Unit
from tests.trail import refused, trail

pytestmark = pytest.mark.django_db

GOOD = "một câu dài dễ nhớ"
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def account():
    return add_account(None, "nong.thom", GOOD, "Nông Thị Thơm", "Chuyên viên")


def test_an_account_signs_in_and_may_nothing_yet(account):
    assert authenticate(username="nong.thom", password=GOOD) == account
    assert not account.role_grants.exists()
    assert not (account.is_staff or account.is_superuser)
    assert (account.get_full_name(), account.get_short_name()) == ("Nông Thị Thơm", "nong.thom")
    assert str(User(username="khong-ten")) == "khong-ten"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": "nong.thom"}, "username"),
        ({"username": "có khoảng trắng"}, "username"),
        ({"username": ""}, "username"),
        ({"full_name": "x" * 151}, "full_name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(account, values, field):
    with refused(field=field):
        add_account(None, **({"username": "moi", "password": GOOD} | values))


@pytest.mark.parametrize("weak", ["", "ngắn", "1234567890", "nong.thom.moi"])
def test_a_weak_password_is_refused_for_a_new_account_and_for_an_old_one(account, weak):
    with refused():
        add_account(None, "nong.thom.moi", weak)
    with refused():
        set_password(None, account, weak if weak != "nong.thom.moi" else "nong.thom")
    assert authenticate(username="nong.thom", password=GOOD)


def test_the_trail_tells_the_deed_and_who_did_it_but_no_secret(account, province):
    set_password(account, account, GOOD + "!")
    grant(account, account, Role.VIEWER, province, DAY)
    assert trail() == ["create user", "password user", "grant rolegrant"]
    assert [one.actor_id for one in AuditRecord.objects.order_by("seq")] == [None, account.pk, account.pk]
    assert audit.history(account).count() == 3
    for one in AuditRecord.objects.all():
        assert not {"password", "last_login"} & set(json.loads(one.after))


def test_the_old_password_no_longer_opens(account):
    set_password(None, account, GOOD + "!")
    assert authenticate(username="nong.thom", password=GOOD) is None


def test_a_role_is_given_from_today_on_unless_a_day_is_said(account, commune):
    given = grant(None, account, Role.OFFICER, commune, DAY)
    assert (given.valid_from, given.valid_to, given.unit) == (DAY, None, commune)
    assert grant(None, account, Role.VIEWER, commune).valid_from >= DAY


def test_the_same_role_is_not_given_twice_from_the_same_day(account, commune):
    grant(None, account, Role.OFFICER, commune, DAY)
    with refused():
        grant(None, account, Role.OFFICER, commune, DAY)


def test_a_role_does_not_end_before_it_begins(account, commune):
    with refused():
        grant(None, account, Role.OFFICER, commune, DAY, DAY - dt.timedelta(days=1))


@pytest.mark.parametrize("which", ["district", "former commune"])
def test_no_role_is_given_in_a_place_of_the_past(account, which):
    places = {
        "district": Unit.objects.filter(kind=Unit.Kind.DISTRICT),
        "former commune": Unit.objects.filter(kind=Unit.Kind.COMMUNE).exclude(valid_to=None),
    }[which]
    with refused("không còn là tỉnh hay xã, phường hiện nay"):
        grant(None, account, Role.OFFICER, places.first(), DAY)


@settings(max_examples=30)
@given(st.integers())
def test_a_made_password_can_be_read_aloud(_any):
    made = generate_password()
    assert [len(one) for one in made.split("-")] == [4, 4, 4, 4]
    assert not set(made) & set("0O1lI")
