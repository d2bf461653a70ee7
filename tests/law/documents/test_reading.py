"""A document of the library on a day: status, text, time line, neighbours, what rests on it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from khuyencong.law.documents import resting
from khuyencong.law.documents import wording as document_wording
from khuyencong.law.documents.actions import editions as actions
from khuyencong.law.documents.actions import provisions, relations
from khuyencong.law.documents.queries import contents, documents
from khuyencong.law.documents.queries import relations as relation_queries
from khuyencong.law.documents.rules.comparison import Change
from khuyencong.law.documents.rules.status import Status
from khuyencong.law.models import Edition, LegalDocument
from tests.factories.documents import add, adopt, adopted
from tests.law.documents.test_actions import provision, relation

pytestmark = pytest.mark.django_db

AMENDED = dt.date(2025, 10, 15)


def reading(day, code="45-2012-nd-cp"):
    return documents.Reading(documents.get(code), day)


@pytest.fixture
def amended(officer, leader):
    """Decree 45/2012 with the new text of Article 4 entered and adopted."""
    draft = actions.copy_edition(officer, adopted())
    old = draft.provisions.get(path="d4")
    by = LegalDocument.objects.get(code="235-2025-nd-cp")
    values = {"heading": old.heading, "text": "Mười một nhóm", "is_summary": False, "valid_from": AMENDED}
    provisions.amend_provision(officer, draft.pk, old.pk, values | {"amended_by": by}, provisions.version_of(old))
    return adopt(leader, Edition.objects.get(pk=draft.pk))


def test_not_yet_then_in_force_then_partly_amended():
    assert reading(dt.date(2012, 6, 1)).standing.status is Status.NOT_YET
    assert reading(dt.date(2012, 7, 5)).standing.status is Status.IN_FORCE
    later = reading(dt.date(2026, 1, 1)).standing
    assert later.status is Status.PARTLY_EXPIRED
    assert [effect.by for effect in later.effects] == ["235/2025/NĐ-CP"]


def test_each_day_reads_its_own_text(amended):
    def article(day):
        return next(one for one in reading(day).text() if one.provision.path == "d4")

    before, after = article(AMENDED - dt.timedelta(1)), article(AMENDED)
    assert before.provision.text.startswith("Chín nhóm")
    assert (before.later, before.earlier) == (AMENDED, None)
    assert after.provision.text == "Mười một nhóm"
    assert (after.later, after.earlier) == (None, AMENDED - dt.timedelta(1))
    assert str(after.provision.amended_by) == "235/2025/NĐ-CP"
    assert [one.provision.path for one in reading(AMENDED).text()] == ["d4", "d5", "d6"]


def test_before_the_first_day_one_reads_the_first_text(amended):
    found = reading(dt.date(2012, 6, 1))
    assert found.text_day == dt.date(2012, 7, 5)
    assert found.text()[0].provision.text.startswith("Chín nhóm")


def test_the_time_line_tells_each_day_once(amended):
    found = reading(AMENDED).moments()
    assert [one.day for one in found] == [dt.date(2012, 7, 5), AMENDED]
    assert [one.standing.status for one in found] == [Status.IN_FORCE, Status.PARTLY_EXPIRED]
    told = document_wording.moment(found[1], amended)
    assert told == ["Một phần văn bản được sửa đổi, bổ sung bởi 235/2025/NĐ-CP", "Nội dung mới: Điều 4"]


def test_an_amendment_without_its_text_says_that_it_is_missing(officer, leader):
    draft = add(officer)
    target = adopted("28-2018-tt-btc").document
    for kind, path in (("amends", "d8.k4"), ("repeals", "d8.k2"), ("amends", "d8.k9")):
        relations.add_relation(officer, draft.pk, relation(target, kind=kind, target_path=path, source_path="d1"))
    adopt(leader, Edition.objects.get(pk=draft.pk))
    text = {one.provision.path: one for one in reading(dt.date(2026, 3, 1), "28-2018-tt-btc").text()}
    assert [effect.path for effect in text["d8.k4"].missing] == ["d8.k4"]
    assert [effect.path for effect in text["d8"].missing] == ["d8.k9"], "told where the missing clause would lie"
    assert text["d8.k2"].gone and not text["d8.k4"].gone and not text["d8"].gone
    before = {one.provision.path: one for one in reading(dt.date(2026, 2, 28), "28-2018-tt-btc").text()}
    assert not before["d8.k4"].missing and not before["d8.k2"].gone


def test_neighbours_stand_on_the_side_from_which_the_law_flows():
    day = dt.date(2026, 1, 1)
    found = relation_queries.neighbours(relation_queries.links(adopted(), day), day)
    up = {str(one.document) for one in found if one.links[0].upstream}
    down = {str(one.document) for one in found if not one.links[0].upstream}
    assert up == {"235/2025/NĐ-CP"}
    assert {"134/2004/NĐ-CP", "46/2012/TT-BCT", "28/2018/TT-BTC"} <= down
    words = {str(link.other): document_wording.link(link) for one in found for link in one.links}
    assert words["235/2025/NĐ-CP"] == "Sửa đổi, bổ sung văn bản này"
    assert words["134/2004/NĐ-CP"] == "Bị văn bản này thay thế"
    assert words["46/2012/TT-BCT"] == "Hướng dẫn văn bản này"


def test_seen_from_the_other_side_the_same_relation_turns_around():
    day = dt.date(2026, 1, 1)
    found = {str(one.other): one for one in relation_queries.links(adopted("235-2025-nd-cp"), day)}
    assert document_wording.link(found["45/2012/NĐ-CP"]) == "Được văn bản này sửa đổi, bổ sung"
    assert not found["45/2012/NĐ-CP"].upstream
    assert found["45/2012/NĐ-CP"].at_work
    earlier = {
        str(one.other): one for one in relation_queries.links(adopted("235-2025-nd-cp"), AMENDED - dt.timedelta(1))
    }
    assert not earlier["45/2012/NĐ-CP"].at_work


def test_only_adopted_editions_of_others_speak_and_each_once(officer):
    before = len(relation_queries.links(adopted(), AMENDED))
    actions.copy_edition(officer, adopted("46-2012-tt-bct"))
    relations.add_relation(officer, add(officer).pk, relation(adopted().document))
    assert len(relation_queries.links(adopted(), AMENDED)) == before


def test_what_rests_on_a_document():
    found = resting.on(adopted("28-2018-tt-btc").document)
    assert {str(norm.content.code) for norm in found["norms"]} >= {"machinery", "trademark"}
    assert len(found) == len(found["norms"]) + len(found["rules"]) + len(found["duties"])
    assert not resting.on(adopted("134-2004-nd-cp").document)


def test_a_draft_is_shown_to_those_who_draft_or_adopt_only(officer, leader, viewer):
    draft = add(officer)
    assert documents.edition(leader, draft.pk) == draft
    with pytest.raises(PermissionDenied):
        documents.edition(viewer, draft.pk)
    with pytest.raises(Http404):
        documents.get(draft.document.code)
    with pytest.raises(Http404):
        documents.edition(officer, 10**9)


def test_a_leader_sees_what_a_correction_changes_and_nothing_else(officer):
    old = adopted("28-2018-tt-btc")
    draft = actions.copy_edition(officer, old)
    assert all(one.change is Change.SAME for one in contents.compare_provisions(old, draft))
    assert all(one.change is Change.SAME for one in contents.compare_relations(old, draft))
    clause = draft.provisions.get(path="d8.k4")
    values = provision(kind="clause", label="4", heading=clause.heading, text="Hỗ trợ tối đa 60 %", is_summary=True)
    provisions.change_provision(officer, draft.pk, clause.pk, values, provisions.version_of(clause))
    provisions.remove_provision(officer, draft.pk, draft.provisions.get(path="d8.k2").pk)
    provisions.add_provision(officer, draft.pk, provision(label="9"))
    found = contents.compare_provisions(old, draft)
    assert [(one.change.value, str(one.new or one.old)) for one in found] == [
        ("same", "Điều 8"), ("removed", "khoản 2 Điều 8"), ("changed", "khoản 4 Điều 8"), ("added", "Điều 9"),
    ]  # fmt: skip


def test_adoption_is_shown_with_what_it_does_to_other_documents(officer):
    old = adopted("235-2025-nd-cp")
    draft = actions.copy_edition(officer, old)
    assert contents.shifts(old, draft) == []
    amends = draft.relations.get(target__code="45-2012-nd-cp")
    relations.remove_relation(officer, draft.pk, amends.pk)
    relations.add_relation(officer, draft.pk, relation(adopted("26-2014-tt-bct").document, kind="repeals"))
    found = {str(one.edition.document): one for one in contents.shifts(old, draft)}
    base, voting = found["45/2012/NĐ-CP"], found["26/2014/TT-BCT"]
    assert (base.before.status, base.after.status) == (Status.PARTLY_EXPIRED, Status.IN_FORCE)
    assert (voting.after.status, voting.after.day) == (Status.EXPIRED, AMENDED)
