"""Accounts from the console: made, given roles, and never a password in the audit trail."""

import datetime as dt
import io
import json

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from khuyencong.core.models import AuditRecord
from khuyencong.people.actions import accounts
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission, Role
from khuyencong.places.models import Unit

pytestmark = pytest.mark.django_db
GOOD = "một câu dài dễ nhớ"


def run(*arguments, stdin=None, monkeypatch=None):
    out = io.StringIO()
    if stdin is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    call_command("user", *arguments, stdout=out)
    return out.getvalue()


def test_add_makes_an_account_with_a_role_and_shows_the_password_once():
    said = run("add", "nong.thom", "--full-name", "Nông Thị Thơm", "--role", "officer")
    password = said.split(": ")[-1].strip()
    user = authenticate(username="nong.thom", password=password)
    assert access_of(user).may(Permission.REGISTRY_EDIT)
    assert str(user) == "Nông Thị Thơm"
    assert "Cán bộ khuyến công" in run("list")


def test_the_audit_trail_holds_the_deed_but_no_password():
    run("add", "nong.thom", "--role", "viewer")
    run("password", "nong.thom")
    records = list(AuditRecord.objects.order_by("seq"))
    assert [entry.action for entry in records] == ["create", "grant", "password"]
    assert {entry.subject_type for entry in records} == {"people.user"}
    for entry in records:
        assert "pbkdf2" not in entry.after
        assert "password" not in json.loads(entry.after)


def test_a_password_can_be_given_through_a_pipe(monkeypatch):
    said = run("add", "nong.thom", "--ask", stdin=f"{GOOD}\n", monkeypatch=monkeypatch)
    assert GOOD not in said
    assert authenticate(username="nong.thom", password=GOOD)


@pytest.mark.parametrize("weak", ["", "ngắn", "nong.thom.1", "password123"])
def test_a_weak_password_is_refused(monkeypatch, weak):
    with pytest.raises(CommandError):
        run("add", "nong.thom.1", "--ask", stdin=f"{weak}\n", monkeypatch=monkeypatch)
    assert not User.objects.exists()
    assert not AuditRecord.objects.exists()


def test_a_name_that_is_taken_or_odd_is_refused():
    run("add", "nong.thom")
    for name in ("nong.thom", "có khoảng trắng"):
        with pytest.raises(CommandError):
            run("add", name)
    assert User.objects.count() == 1


def test_a_role_in_a_place_that_is_not_there_leaves_no_account():
    with pytest.raises(CommandError, match="mang mã 99999"):
        run("add", "nong.thom", "--role", "officer", "--place", "99999")
    assert not User.objects.exists()


def test_grant_reaches_one_commune_only(commune, other_commune):
    run("add", "xa")
    assert "Xã Trùng Khánh" in run("grant", "xa", "--role", "officer", "--place", commune.code)
    reach = access_of(User.objects.get()).reach(Permission.REGISTRY_EDIT)
    assert reach.covers(commune.pk, commune.parent_id)
    assert not reach.covers(other_commune.pk, other_commune.parent_id)


def test_an_unknown_account_is_named():
    for arguments in (("grant", "ai.do", "--role", "viewer"), ("password", "ai.do")):
        with pytest.raises(CommandError, match=r"ai\.do"):
            run(*arguments)


def test_no_role_in_a_unit_of_the_past(province):
    user = accounts.add_account(None, "xa", GOOD)
    former = Unit.objects.filter(kind=Unit.Kind.DISTRICT).first()
    with pytest.raises(ValidationError):
        accounts.grant(None, user, Role.OFFICER, former)
    with pytest.raises(ValidationError):
        accounts.grant(None, user, Role.OFFICER, province, valid_from=dt.date(2025, 7, 2), valid_to=dt.date(2025, 7, 1))
    assert not RoleGrant.objects.exists()


def test_generated_passwords_differ_and_pass_the_rules():
    made = {accounts.generate_password() for _time in range(50)}
    assert len(made) == 50
    accounts.add_account(None, "xa", made.pop())
