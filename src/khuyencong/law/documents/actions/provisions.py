"""The provisions of a draft: added, changed, amended from a day on, moved, removed. Parents and paths follow."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions.editions import open_draft, touch
from khuyencong.law.documents.models import Edition, Provision
from khuyencong.law.documents.queries.contents import lines, period, provisions
from khuyencong.law.documents.rules import outline
from khuyencong.people.models import User

_DAY = dt.timedelta(days=1)


def version_of(provision: Provision) -> str:
    """A short mark of what a provision says, to notice that it changed while a form was open."""
    return audit.digest({name: value for name, value in audit.snapshot(provision).items() if name != "position"})


def add_provision(user: User, edition_pk: int, values: Mapping[str, Any], after: int | None = None) -> Provision:
    """Put a provision behind another one and all that lies in it; at the end of the document without one.

    Raises ValidationError by field; PermissionDenied and ChangedMeanwhile as every action on a draft.
    """
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        found = provisions(edition)
        index = len(found) if after is None else outline.block(lines(found), _index(found, after)).stop
        new = Provision(edition=edition, **values)
        found.insert(index, new)
        _check(found, [index])
        _store(user, edition, found)
    return new


def change_provision(user: User, edition_pk: int, pk: int, values: Mapping[str, Any], version: str) -> Provision:
    """Change what a provision is or says. Raises ChangedMeanwhile when it is not the one the person had opened."""
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        found = provisions(edition)
        index = _index(found, pk)
        unchanged(found[index], version, version_of)
        for name, value in values.items():
            setattr(found[index], name, value)
        _check(found, [index])
        _store(user, edition, found)
    return found[index]


def amend_provision(user: User, edition_pk: int, pk: int, values: Mapping[str, Any], version: str) -> Provision:
    """Let a text end the day before ``valid_from`` and put the new text behind it, with the document that amended it.

    ``keep_children``: what lies in the old text lies in the new one too, as a copy.
    """
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        found = provisions(edition)
        index = _index(found, pk)
        old = found[index]
        unchanged(old, version, version_of)
        start = values["valid_from"]
        _check_start(edition, old, start)
        block = outline.block(lines(found), index)
        new = Provision(
            edition=edition, kind=old.kind, label=old.label, heading=values["heading"], text=values["text"],
            is_summary=values["is_summary"], valid_from=start, valid_to=old.valid_to, amended_by=values["amended_by"],
        )  # fmt: skip
        fresh = [new]
        if values.get("keep_children"):
            fresh += [copy for one in found[block.start + 1 : block.stop] if (copy := _within(one, start))]
        old.valid_to = start - _DAY
        found[block.stop : block.stop] = fresh
        _check(found, [index, *range(block.stop, block.stop + len(fresh))])
        _store(user, edition, found)
    return new


def move_provision(user: User, edition_pk: int, pk: int, up: bool) -> None:
    """Let a provision, with what lies in it, change places with its neighbour; nothing happens at the end."""
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        found = provisions(edition)
        order = outline.moved(lines(found), _index(found, pk), up)
        if order is not None:
            _store(user, edition, [found[i] for i in order])


def remove_provision(user: User, edition_pk: int, pk: int) -> int:
    """Take a provision and what lies in it out of the draft; how many went."""
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        found = provisions(edition)
        block = outline.block(lines(found), _index(found, pk))
        gone = found[block.start : block.stop]
        audit.record([audit.Change("delete", one, audit.snapshot(one), None, edition.document) for one in gone])
        Provision.objects.filter(pk__in=[one.pk for one in gone]).delete()
        _store(user, edition, found[: block.start] + found[block.stop :])
    return len(gone)


def _index(found: list[Provision], pk: int) -> int:
    """Raises ChangedMeanwhile when somebody took it out meanwhile."""
    for index, one in enumerate(found):
        if one.pk == pk:
            return index
    raise ChangedMeanwhile


def _check(found: list[Provision], mine: list[int]) -> None:
    """Refuse numbers that cannot be referred to, and two texts of one provision at once, where ``mine`` has part."""
    rows = lines(found)
    places = outline.arrange(rows)
    for index in mine:
        if places[index].path and not outline.label_fits(rows[index].kind, rows[index].label):
            raise ValidationError({"label": _label_problem(rows[index])})
    touched = {i for index in mine for i in outline.block(rows, index)}
    for pair in outline.clashes(rows):
        own = next((i for i in pair if i in touched), None)
        if own is None:
            continue
        other = found[pair[0] if own == pair[1] else pair[1]]
        raise ValidationError(
            {
                "label": _("Văn bản đã có %(what)s, %(period)s. Một điều khoản chỉ có một nội dung vào mỗi ngày.")
                % {"what": places[own].path and _words(found[own], places[own]), "period": period(other)}
            }
        )


def _check_start(edition: Edition, old: Provision, start: dt.date) -> None:
    first = old.valid_from or edition.in_force_from
    if first is not None and start <= first:
        raise ValidationError(
            {
                "valid_from": _("Nội dung cũ áp dụng từ %(day)s; nội dung mới phải từ một ngày sau đó.")
                % {"day": _day(first)}
            }
        )
    if old.valid_to is not None and start > old.valid_to:
        raise ValidationError(
            {"valid_from": _("Nội dung này đã hết áp dụng ngày %(day)s.") % {"day": _day(old.valid_to)}}
        )


def _within(one: Provision, start: dt.date) -> Provision | None:
    """A copy of what still holds on the day, for the new text it will lie in."""
    if one.valid_to is not None and one.valid_to < start:
        return None
    copy = Provision(
        edition=one.edition, kind=one.kind, label=one.label, heading=one.heading, text=one.text,
        is_summary=one.is_summary, valid_to=one.valid_to, amended_by=one.amended_by,
    )  # fmt: skip
    copy.valid_from = one.valid_from if one.valid_from and one.valid_from > start else None
    return copy


def _store(user: User, edition: Edition, found: list[Provision]) -> None:
    """Write the provisions in this order: positions, parents, paths; what changed enters the audit trail."""
    before = {one.pk: one for one in Provision.objects.filter(edition=edition)}
    places = outline.arrange(lines(found))
    changes = []
    for position, (one, place) in enumerate(zip(found, places, strict=True)):
        one.position, one.path = position, place.path
        one.parent = found[place.parent] if place.parent is not None else None
        stored = before.get(one.pk)
        if stored is None:
            one.save()
            changes.append(audit.Change("create", one, None, audit.snapshot(one), edition.document))
            continue
        old, new = audit.snapshot(stored), audit.snapshot(one)
        if old == new:
            continue
        one.save()
        if {**old, "position": 0} != {**new, "position": 0}:
            changes.append(audit.Change("update", one, old, new, edition.document))
    audit.record(changes)
    touch(user, edition)


def _label_problem(row: outline.Line) -> str:
    if row.kind is outline.Kind.POINT:
        return _("Đọc được “%(label)s”, cần một chữ cái như a, b, đ.") % {"label": row.label}
    return _("Đọc được “%(label)s”, cần một số như 4 hoặc 4a.") % {"label": row.label}


def _words(one: Provision, place: outline.Place) -> str:
    return str(Provision(kind=one.kind, label=one.label, path=place.path))


def _day(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")
