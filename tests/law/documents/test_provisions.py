"""Provisions of a draft: their places follow from their order, amendments keep the old text, nothing is overwritten."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import audit
from khuyencong.core.history import sentences
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions import provisions as actions
from khuyencong.law.documents.queries.contents import lines, provisions
from khuyencong.law.documents.rules.outline import arrange, clashes
from khuyencong.law.models import Edition, LegalDocument
from tests.examples import examples
from tests.factories.documents import add
from tests.law.documents.test_actions import provision

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(officer):
    """A draft with an article of two clauses and one more article."""
    edition = add(officer)
    for kind, label, text in (
        ("article", "1", "Một"),
        ("clause", "1", "Khoản một"),
        ("clause", "2", "Khoản hai"),
        ("article", "2", "Hai"),
    ):
        actions.add_provision(officer, edition.pk, provision(kind=kind, label=label, text=text))
    return edition


def said(edition):
    """Paths and texts in reading order."""
    return [(one.path, one.text) for one in provisions(edition)]


def one(edition, path, text=None):
    """The provision of this path."""
    found = edition.provisions.filter(path=path)
    return found.get(text=text) if text else found.get()


def test_parents_and_paths_follow_the_order(draft):
    assert [path for path, _text in said(draft)] == ["d1", "d1.k1", "d1.k2", "d2"]
    assert one(draft, "d1.k2").parent == one(draft, "d1")


def test_a_new_one_stands_behind_all_that_lies_in_the_one_before(draft, officer):
    actions.add_provision(officer, draft.pk, provision(label="1a", text="Chen"), after=one(draft, "d1").pk)
    assert [path for path, _text in said(draft)] == ["d1", "d1.k1", "d1.k2", "d1a", "d2"]


def test_a_number_that_is_taken_on_the_same_day_is_refused(draft, officer):
    with pytest.raises(ValidationError) as refused:
        actions.add_provision(officer, draft.pk, provision(label="2"))
    assert "Điều 2" in refused.value.message_dict["label"][0]
    with pytest.raises(ValidationError) as refused:
        actions.add_provision(officer, draft.pk, provision(kind="clause", label="hai"))
    assert "cần một số" in refused.value.message_dict["label"][0]
    assert draft.provisions.count() == 4


def test_an_amendment_ends_the_old_text_the_day_before(draft, officer):
    by = LegalDocument.objects.get(code="235-2025-nd-cp")
    old = one(draft, "d1.k2")
    values = {"heading": "", "text": "Khoản hai mới", "is_summary": False, "valid_from": dt.date(2026, 6, 1)}
    new = actions.amend_provision(officer, draft.pk, old.pk, values | {"amended_by": by}, actions.version_of(old))
    old.refresh_from_db()
    assert (old.valid_to, new.valid_from, new.amended_by, new.path) == (
        dt.date(2026, 5, 31), dt.date(2026, 6, 1), by, "d1.k2",
    )  # fmt: skip
    assert [text for _path, text in said(draft)] == ["Một", "Khoản một", "Khoản hai", "Khoản hai mới", "Hai"]


@pytest.mark.parametrize("keep", [True, False])
def test_an_amended_article_may_take_its_clauses_along(draft, officer, keep):
    old = one(draft, "d1")
    values = {"heading": "", "text": "Mới", "is_summary": False, "valid_from": dt.date(2026, 6, 1), "amended_by": None}
    actions.amend_provision(officer, draft.pk, old.pk, values | {"keep_children": keep}, actions.version_of(old))
    kept = [("d1.k1", "Khoản một"), ("d1.k2", "Khoản hai")]
    assert said(draft) == [("d1", "Một"), *kept, ("d1", "Mới"), *(kept if keep else []), ("d2", "Hai")]
    assert clashes(lines(provisions(draft))) == []


def test_an_amendment_begins_after_the_text_it_ends(draft, officer):
    old = one(draft, "d1")
    values = {"heading": "", "text": "Mới", "is_summary": False, "amended_by": None}
    with pytest.raises(ValidationError) as refused:
        first = draft.in_force_from
        actions.amend_provision(officer, draft.pk, old.pk, values | {"valid_from": first}, actions.version_of(old))
    assert "01/03/2026" in refused.value.message_dict["valid_from"][0]
    assert one(draft, "d1").valid_to is None


def test_making_a_clause_an_article_takes_those_behind_it_along(draft, officer):
    found = one(draft, "d1.k1")
    values = provision(kind="article", label="1a", text="Khoản một")
    actions.change_provision(officer, draft.pk, found.pk, values, actions.version_of(found))
    assert [path for path, _text in said(draft)] == ["d1", "d1a", "d1a.k2", "d2"]


def test_what_somebody_else_changed_or_took_out_is_told(draft, officer, person, province):
    colleague = person("officer", province, username="dong-nghiep")
    found = one(draft, "d2")
    opened = actions.version_of(found)
    actions.change_provision(colleague, draft.pk, found.pk, provision(label="2", text="Của người khác"), opened)
    with pytest.raises(ChangedMeanwhile):
        actions.change_provision(officer, draft.pk, found.pk, provision(label="2", text="Của tôi"), opened)
    actions.remove_provision(colleague, draft.pk, found.pk)
    with pytest.raises(ChangedMeanwhile):
        actions.remove_provision(officer, draft.pk, found.pk)
    assert Edition.objects.get(pk=draft.pk).drafted_by == colleague


def test_removing_takes_what_lies_in_it_and_the_trail_keeps_the_words(draft, officer):
    assert actions.remove_provision(officer, draft.pk, one(draft, "d1").pk) == 3
    assert said(draft) == [("d2", "Hai")]
    told = [line.sentence for line in sentences(draft.document)]
    assert any("đã xóa khoản 2 Điều 1" in line for line in told)


def test_history_says_what_a_changed_text_said_before(draft, officer):
    found = one(draft, "d2")
    actions.change_provision(officer, draft.pk, found.pk, provision(label="2", text="Ba"), actions.version_of(found))
    newest = sentences(draft.document)[0]
    assert "đã sửa Điều 2" in newest.sentence
    assert newest.changes == ["Nội dung: từ “Hai” thành “Ba”"]


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(("up", "down", "remove", "article", "clause", "point")), st.integers(0, 9))))
def test_whatever_is_done_the_tree_agrees_with_the_order(officer, steps):
    edition = add(officer, number="")
    for step, number in steps:
        found = provisions(edition)
        target = found[number % len(found)] if found else None
        if step in ("up", "down") and target:
            actions.move_provision(officer, edition.pk, target.pk, step == "up")
        elif step == "remove" and target:
            actions.remove_provision(officer, edition.pk, target.pk)
        elif step in ("article", "clause", "point"):
            label = "abcdeghiklm"[number] if step == "point" else str(number)
            try:
                values = provision(kind=step, label=label)
                actions.add_provision(officer, edition.pk, values, target.pk if target else None)
            except ValidationError:
                continue
    found = provisions(edition)
    places = arrange(lines(found))
    assert [one.path for one in found] == [place.path for place in places]
    assert [one.parent_id for one in found] == [
        None if place.parent is None else found[place.parent].pk for place in places
    ]
    assert [one.position for one in found] == list(range(len(found)))
    assert not clashes(lines(found))
    assert audit.verify().broken is None
