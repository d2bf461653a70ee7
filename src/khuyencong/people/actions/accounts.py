"""Accounts and their roles: the only place that writes them. The administrator does it from the console."""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.people import lockouts
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.rules import Role
from khuyencong.places.models import Unit

# What must not reach the audit trail: a password's hash, and what changes with every sign-in.
_SECRET = {"password", "last_login"}

# Read aloud and typed by hand: no 0/O, no 1/l/I.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def generate_password() -> str:
    """Four groups of four letters and digits: 80 bits, easy to dictate."""
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(4))


def add_account(actor: User | None, username: str, password: str, full_name: str = "", job_title: str = "") -> User:
    """Make an account without any role. Raises ValidationError when a value does not hold."""
    with audit.writing(actor):
        user = User(username=username, full_name=full_name, job_title=job_title)
        user.full_clean(exclude=["password"])
        validate_password(password, user)
        user.set_password(password)
        user.save()
        audit.record([audit.Change("create", user, None, _seen(user))])
    return user


def grant(
    actor: User | None,
    user: User,
    role: Role,
    unit: Unit,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    *,
    elsewhere: bool = False,
) -> RoleGrant:
    """Give the role in a province or commune of today. ValidationError for a former unit or bad dates.

    ``elsewhere``: the place may lie in another province than this installation's.
    """
    with audit.writing(actor):
        if unit.valid_to is not None or unit.kind == Unit.Kind.DISTRICT:
            raise ValidationError(_("%(unit)s không còn là tỉnh hay xã, phường hiện nay.") % {"unit": unit.name})
        province = unit.parent or unit
        if not elsewhere and province.code != settings.PROVINCE_CODE:
            raise ValidationError(
                _("%(unit)s thuộc %(province)s; hệ thống này là của tỉnh mã %(ours)s.")
                % {"unit": unit.name, "province": province.name, "ours": settings.PROVINCE_CODE}
            )
        start = valid_from or clock.today()
        given = RoleGrant(user=user, role=role.value, unit=unit, valid_from=start, valid_to=valid_to)
        given.full_clean()
        given.save()
        audit.record([audit.Change("grant", given, None, audit.snapshot(given), subject=user)])
    return given


def set_password(actor: User | None, user: User, password: str) -> None:
    """Replace the password. The audit trail says that it was replaced, never what it is."""
    with audit.writing(actor):
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record([audit.Change("password", user, None, {"username": user.username})])


def unlock(actor: User | None, user: User) -> None:
    """Let somebody sign in at once who mistyped too often."""
    with audit.writing(actor):
        places = lockouts.forget(user.username)
        audit.record([audit.Change("unlock", user, None, {"username": user.username, "addresses": places})])


def _seen(user: User) -> dict[str, Any]:
    return {name: value for name, value in audit.snapshot(user).items() if name not in _SECRET}
