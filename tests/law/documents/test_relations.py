"""Relations of a draft: said once, about another document, in order of days."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.history import sentences
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions import relations as actions
from khuyencong.law.models import LegalDocument, Relation
from tests.factories.documents import add
from tests.law.documents.test_actions import relation

pytestmark = pytest.mark.django_db


@pytest.fixture
def target():
    """The base decree."""
    return LegalDocument.objects.get(code="45-2012-nd-cp")


def test_a_relation_is_written_changed_and_removed_with_its_trail(officer, target):
    draft = add(officer)
    made = actions.add_relation(officer, draft.pk, relation(target, kind="amends", target_path="d4"))
    values = relation(target, kind="amends", target_path="d5")
    actions.change_relation(officer, draft.pk, made.pk, values, version_of(made))
    assert Relation.objects.get(pk=made.pk).target_path == "d5"
    actions.remove_relation(officer, draft.pk, made.pk)
    assert not draft.relations.exists()
    told = [one.sentence for one in sentences(draft.document)]
    assert [words for words in ("đã xóa", "đã sửa", "đã thêm") if any(words in one for one in told)] == [
        "đã xóa", "đã sửa", "đã thêm",
    ]  # fmt: skip


def test_what_cannot_be_is_refused(officer, target):
    draft = add(officer)
    with pytest.raises(ValidationError) as refused:
        actions.add_relation(officer, draft.pk, relation(draft.document))
    assert "target" in refused.value.message_dict
    days = {"effective_from": dt.date(2026, 5, 2), "effective_to": dt.date(2026, 5, 1)}
    with pytest.raises(ValidationError) as refused:
        actions.add_relation(officer, draft.pk, relation(target, **days))
    assert "effective_to" in refused.value.message_dict
    actions.add_relation(officer, draft.pk, relation(target))
    with pytest.raises(ValidationError, match="đã được ghi"):
        actions.add_relation(officer, draft.pk, relation(target))
    assert draft.relations.count() == 1


def test_what_changed_meanwhile_is_told(officer, target):
    draft = add(officer)
    made = actions.add_relation(officer, draft.pk, relation(target))
    opened = version_of(made)
    actions.change_relation(officer, draft.pk, made.pk, relation(target, source="công báo"), opened)
    with pytest.raises(ChangedMeanwhile):
        actions.change_relation(officer, draft.pk, made.pk, relation(target, source="khác"), opened)
    actions.remove_relation(officer, draft.pk, made.pk)
    with pytest.raises(ChangedMeanwhile):
        actions.remove_relation(officer, draft.pk, made.pk)
