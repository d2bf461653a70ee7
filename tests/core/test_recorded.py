"""The suite's own watch (`tests/recorded.py`) bites: what changes and is not told fails the test that does it."""

import pytest

from khuyencong.core import audit
from khuyencong.people.models import User
from tests import recorded

pytestmark = pytest.mark.django_db


def rename(officer, told):
    with audit.writing(None):
        recorded.about_to_write("people_user")
        before = audit.snapshot(officer)
        User.objects.filter(pk=officer.pk).update(full_name="Tên khác")
        officer.refresh_from_db()
        audit.record(told(before, audit.snapshot(officer)))


def test_a_change_that_nobody_told_is_found(officer):
    with pytest.raises(AssertionError, match=f"people.user {officer.pk} changed: full_name"):
        rename(officer, lambda before, after: [])


def test_a_change_told_with_another_value_is_found(officer):
    with pytest.raises(AssertionError, match="full_name"):
        rename(officer, lambda before, after: [audit.Change("update", officer, before, after | {"full_name": "?"})])


def test_a_change_that_was_told_is_let_through(officer):
    rename(officer, lambda before, after: [audit.Change("update", officer, before, after)])
    assert audit.history(officer).count() == 1


def test_what_is_deleted_is_told_under_its_own_number(officer):
    key = officer.pk
    with audit.writing(None):
        change = audit.Change("delete", officer, audit.snapshot(officer), None)
        officer.pk = None  # as Django leaves what was deleted
        audit.record([change])
    assert audit.history(User(pk=key)).get().object_id == str(key)
