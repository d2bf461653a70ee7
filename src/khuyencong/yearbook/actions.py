"""The writes of the macro picture: permission, rule, write and audit in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.yearbook import decisions, wording
from khuyencong.yearbook.models import MacroFigure
from khuyencong.yearbook.rules import value_problem, year_problem

_FIELDS = ("indicator", "year", "value", "source", "published_on", "note")


def add_figure(user: User, province: Unit, values: Mapping[str, Any]) -> MacroFigure:
    """Enter a figure with its source. Raises ValidationError by field."""
    with audit.writing(user):
        _require(user, Permission.MACRO_EDIT, province)
        figure = MacroFigure(province=province)
        _save(user, figure, values)
        audit.record([audit.Change("create", figure, None, audit.snapshot(figure))])
    return figure


def change_figure(user: User, pk: int, values: Mapping[str, Any], version: str) -> MacroFigure:
    """Correct a figure; whoever verified it has not seen the new one, so it is not verified any more.

    Raises ValidationError by field, ChangedMeanwhile when somebody else saved it since it was opened.
    """
    with audit.writing(user):
        figure = MacroFigure.objects.select_for_update().get(pk=pk)
        _require(user, Permission.MACRO_EDIT, figure.province)
        unchanged(figure, version)
        before = audit.snapshot(figure)
        if all(getattr(figure, name) == values[name] for name in _FIELDS):
            return figure
        figure.verified, figure.verified_by, figure.verified_at = False, None, None
        _save(user, figure, values)
        audit.record([audit.Change("update", figure, before, audit.snapshot(figure))])
    return figure


def verify_figure(user: User, pk: int) -> MacroFigure:
    """A leader has compared the figure with its source; not the one who entered it."""
    with audit.writing(user):
        figure = MacroFigure.objects.select_for_update().get(pk=pk)
        _require(user, Permission.PLAN_EDIT, figure.province)
        decisions.VERIFY.refuse(user, figure)
        if figure.verified:
            return figure
        before = audit.snapshot(figure)
        figure.verified, figure.verified_by, figure.verified_at = True, user, clock.now()
        figure.save()
        audit.record([audit.Change("verify", figure, before, audit.snapshot(figure))])
    return figure


def _save(user: User, figure: MacroFigure, values: Mapping[str, Any]) -> None:
    for name in _FIELDS:
        setattr(figure, name, values[name])
    figure.entered_by, figure.entered_at = user, clock.now()
    refused = {
        "value": value_problem(figure.indicator.unit, figure.value),
        "year": year_problem(figure.year, clock.today().year),
    }
    told = {name: wording.problem(code) for name, code in refused.items() if code}
    if MacroFigure.objects.filter(
        province=figure.province, indicator=figure.indicator, year=figure.year
    ).exclude(pk=figure.pk).exists():  # fmt: skip
        told.setdefault("year", _("Năm này đã có số liệu của chỉ tiêu này; hãy sửa số liệu ấy."))
    if told:
        raise ValidationError(told)
    figure.full_clean(validate_unique=False, validate_constraints=False)
    figure.save()


def _require(user: User, permission: Permission, province: Unit) -> None:
    if not access_of(user).reach(permission).covers(None, province.pk):
        raise PermissionDenied(_("Tài khoản của bạn không có quyền làm việc này."))
