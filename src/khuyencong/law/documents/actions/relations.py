"""The relations of a draft to other documents."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions.editions import open_draft, touch
from khuyencong.law.documents.models import Edition, Relation
from khuyencong.people.models import User


def add_relation(user: User, edition_pk: int, values: Mapping[str, Any]) -> Relation:
    """Say what the draft's document does to another one. Raises ValidationError by field."""
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        relation = Relation(edition=edition, **values)
        _check(edition, relation)
        relation.save()
        audit.record([audit.Change("create", relation, None, audit.snapshot(relation), edition.document)])
        touch(user, edition)
    return relation


def change_relation(user: User, edition_pk: int, pk: int, values: Mapping[str, Any], version: str) -> Relation:
    """Change a relation of a draft. Raises ValidationError, ChangedMeanwhile."""
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        relation = _find(edition, pk)
        unchanged(relation, version)
        before = audit.snapshot(relation)
        for name, value in values.items():
            setattr(relation, name, value)
        _check(edition, relation)
        relation.verified_by = relation.verified_at = None
        relation.save()
        audit.record([audit.Change("update", relation, before, audit.snapshot(relation), edition.document)])
        touch(user, edition)
    return relation


def remove_relation(user: User, edition_pk: int, pk: int) -> None:
    """Take a relation out of a draft."""
    with audit.writing(user):
        edition = open_draft(user, edition_pk)
        relation = _find(edition, pk)
        audit.record([audit.Change("delete", relation, audit.snapshot(relation), None, edition.document)])
        relation.delete()
        touch(user, edition)


def _find(edition: Edition, pk: int) -> Relation:
    found = edition.relations.select_related("edition__document", "target").filter(pk=pk).first()
    if found is None:
        raise ChangedMeanwhile
    return found


def _check(edition: Edition, relation: Relation) -> None:
    if relation.target_id == edition.document_id:
        raise ValidationError({"target": _("Văn bản không thể có quan hệ với chính nó.")})
    starts, ends = relation.effective_from, relation.effective_to
    if starts and ends and ends < starts:
        raise ValidationError({"effective_to": _("Ngày cuối phải sau ngày đầu.")})
    same = edition.relations.exclude(pk=relation.pk).filter(
        kind=relation.kind,
        target=relation.target,
        source_path=relation.source_path,
        target_path=relation.target_path,
    )
    if same.exists():
        raise ValidationError(_("Quan hệ này đã được ghi rồi."))
