"""What an action leaves behind: its records in the trail, or nothing at all when it is refused."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from khuyencong.core.models import AuditRecord

_ROOMS = ("people", "planning", "projects", "supervision")


def trail(since=0):
    """The records after a number, oldest first, as "action what"."""
    found = AuditRecord.objects.filter(seq__gt=since).order_by("seq")
    return [f"{one.action} {one.object_type.split('.')[1]}" for one in found]


def length():
    """How many records there are."""
    return AuditRecord.objects.count()


@contextmanager
def refused(words="", field=None, kind=ValidationError):
    """Within it an action is refused with these words, beside this field, and no row of any room has changed."""
    before = _rows()
    with pytest.raises(kind, match=words or None) as told:
        yield
    if field is not None:
        assert list(told.value.message_dict) == [field]
    assert _rows() == before


def who_may(people, action):
    """The names of those whom an action does not turn away; whatever it does is undone."""
    found = set()
    for name, user in vars(people).items():
        with transaction.atomic():
            try:
                action(user)
                found.add(name)
            except PermissionDenied:
                pass
            finally:
                transaction.set_rollback(True)
    return found


def _rows():
    models = [one for room in _ROOMS for one in apps.get_app_config(room).get_models(include_auto_created=True)]
    return {one: list(one.objects.order_by("pk").values()) for one in (*models, AuditRecord)}
