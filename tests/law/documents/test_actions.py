"""Documents drafted, corrected, adopted, discarded: what is written, what is refused, what the trail tells."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.history import sentences
from khuyencong.core.models import AuditRecord
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions import editions as actions
from khuyencong.law.documents.actions import provisions, relations
from khuyencong.law.documents.queries.contents import content_mark
from khuyencong.law.documents.queries.search import search
from khuyencong.law.documents.queries.standing import standings
from khuyencong.law.documents.reading.structure import Node
from khuyencong.law.documents.rules.status import Status
from khuyencong.law.models import Edition, LegalDocument, Provision
from tests.factories.documents import VALUES, add, adopt, adopted

pytestmark = pytest.mark.django_db


def test_a_new_document_is_a_draft_that_nobody_else_finds(officer):
    draft = add(officer)
    assert (draft.document.code, draft.state, draft.drafted_by) == ("99-2026-nd-cp", "draft", officer)
    assert not search("99/2026").exists()
    assert "đã soạn dự thảo Nghị định 99/2026/NĐ-CP" in sentences(draft.document)[0].sentence


def test_documents_without_a_number_or_of_a_province_have_codes_of_their_own(officer, province):
    place = {"level": "provincial", "province": province, "kind": "plan"}
    assert add(officer, number="", title="Kế hoạch khuyến công năm 2027", **place).document.code == (
        "ke-hoach-ke-hoach-khuyen-cong-nam-2027-cao-bang"
    )
    assert add(officer, number="12/KH-UBND", **place).document.code == "12-kh-ubnd-cao-bang"


@pytest.mark.parametrize("number", ["45/2012/NĐ-CP", "45/2012/nđ-cp", "45/2012/ND-CP"])
def test_a_number_that_is_taken_is_refused(officer, number):
    with pytest.raises(ValidationError) as refused:
        add(officer, number=number)
    assert "Khuyến công" in refused.value.message_dict["number"][0]
    assert not Edition.objects.filter(state="draft").exists()


def test_two_provinces_may_use_one_number(officer, province):
    found = add(officer, number="23/2025/NQ-HĐND", kind="resolution", level="provincial", province=province)
    assert found.document.code == "23-2025-nq-hdnd-cao-bang"


def test_only_officers_draft_and_only_leaders_adopt(officer, leader, viewer, commune_officer):
    for user in (leader, viewer, commune_officer):
        with pytest.raises(PermissionDenied):
            add(user)
        with pytest.raises(PermissionDenied):
            actions.copy_edition(user, adopted())
    draft = add(officer)
    for user in (officer, viewer, commune_officer):
        with pytest.raises(PermissionDenied):
            adopt(user, draft)
    assert Edition.objects.get(pk=draft.pk).state == "draft"


def test_a_correction_copies_everything_and_replaces_it_when_adopted(officer, leader):
    old = adopted("28-2018-tt-btc")
    draft = actions.copy_edition(officer, old)
    said = [(one.path, one.text, one.parent and one.parent.path) for one in old.provisions.all()]
    assert [(one.path, one.text, one.parent and one.parent.path) for one in draft.provisions.all()] == said
    assert all(one.parent is None or one.parent.edition_id == draft.pk for one in draft.provisions.all())
    assert draft.relations.count() == old.relations.count() > 0

    values = {name: getattr(draft, name) for name in VALUES}
    actions.change_edition(officer, draft.pk, values | {"title": "Trích yếu đúng"}, version_of(draft))
    adopt(leader, Edition.objects.get(pk=draft.pk))
    states = dict(Edition.objects.filter(document=old.document).values_list("version", "state"))
    assert states == {1: "superseded", 2: "adopted"}
    assert [str(one.document) for one in search("trich yeu dung")] == ["28/2018/TT-BTC"]
    told = " ".join(one.sentence for one in sentences(old.document))
    for words in ("đã soạn dự thảo", "đã sửa", "đã thay", "đã duyệt"):
        assert words in told
    assert audit.verify().broken is None


def test_one_draft_a_document(officer, person, province):
    actions.copy_edition(officer, adopted())
    with pytest.raises(ValidationError, match="đang soạn"):
        actions.copy_edition(person("officer", province, username="dong-nghiep"), adopted())


def test_only_the_adopted_edition_can_be_corrected(officer, leader):
    old = adopted()
    adopt(leader, actions.copy_edition(officer, old))
    with pytest.raises(ValidationError):
        actions.copy_edition(officer, old)


def test_an_adopted_edition_is_never_edited_in_place(officer):
    edition = adopted()
    before = audit.snapshot(edition)
    first = edition.provisions.first()
    with pytest.raises(PermissionDenied):
        actions.change_edition(officer, edition.pk, VALUES | {"number": "45/2012/NĐ-CP"}, "")
    with pytest.raises(PermissionDenied):
        provisions.remove_provision(officer, edition.pk, first.pk)
    with pytest.raises(PermissionDenied):
        relations.remove_relation(officer, edition.pk, edition.relations.first().pk)
    with pytest.raises(PermissionDenied):
        actions.replace_provisions(edition, [])
    with pytest.raises(ValidationError):
        actions.discard_edition(officer, edition.pk)
    assert audit.snapshot(adopted()) == before
    assert adopted().provisions.count() == 3


def test_what_changed_while_a_form_was_open_is_not_overwritten(officer):
    draft = add(officer)
    opened = version_of(draft)
    actions.change_edition(officer, draft.pk, VALUES | {"title": "Lần một"}, opened)
    with pytest.raises(ChangedMeanwhile):
        actions.change_edition(officer, draft.pk, VALUES | {"title": "Lần hai"}, opened)
    assert Edition.objects.get(pk=draft.pk).title == "Lần một"


def test_a_leader_adopts_what_they_saw(officer, leader):
    draft = add(officer)
    seen = content_mark(draft)
    provisions.add_provision(officer, draft.pk, provision(label="1"))
    with pytest.raises(ChangedMeanwhile):
        actions.adopt_edition(leader, draft.pk, seen)
    assert Edition.objects.get(pk=draft.pk).state == "draft"


def test_who_wrote_any_part_may_not_adopt(officer, person, province, leader):
    """Somebody who is officer and leader at once, and was not the last to write."""
    from khuyencong.people.models import RoleGrant

    both = person("officer", province, username="kiem-nhiem")
    RoleGrant.objects.create(user=both, role="leader", unit=province, valid_from=dt.date(2020, 1, 1))
    draft = add(officer)
    provisions.add_provision(both, draft.pk, provision(label="1"))
    provisions.add_provision(officer, draft.pk, provision(label="2"))
    with pytest.raises(PermissionDenied, match="không được tự duyệt"):
        adopt(both, Edition.objects.get(pk=draft.pk))
    assert adopt(leader, Edition.objects.get(pk=draft.pk)).state == "adopted"


def test_the_second_leader_is_told(officer, leader, person, province):
    draft = add(officer)
    mark = content_mark(draft)
    actions.adopt_edition(leader, draft.pk, mark)
    with pytest.raises(ChangedMeanwhile):
        actions.adopt_edition(person("leader", province, username="pho-2"), draft.pk, mark)


def test_adoption_gives_the_document_its_number(officer, leader):
    draft = actions.copy_edition(officer, adopted("ke-hoach-2016-2020-cao-bang"))
    values = {name: getattr(draft, name) for name in VALUES} | {"number": "1653/KH-UBND"}
    actions.change_edition(officer, draft.pk, values, version_of(draft))
    document = LegalDocument.objects.get(code="ke-hoach-2016-2020-cao-bang")
    assert document.number == "", "a draft changes nothing"
    adopt(leader, Edition.objects.get(pk=draft.pk))
    document.refresh_from_db()
    assert document.number == "1653/KH-UBND"
    assert search("1653/KH").get().document == document


def test_a_discarded_correction_leaves_the_document(officer):
    draft = actions.copy_edition(officer, adopted())
    actions.discard_edition(officer, draft.pk)
    assert not Edition.objects.filter(pk=draft.pk).exists()
    assert adopted().version == 1


def test_a_discarded_new_document_goes_whole_unless_others_name_it(officer):
    draft = add(officer)
    correction = actions.copy_edition(officer, adopted())
    relations.add_relation(officer, correction.pk, relation(draft.document))
    with pytest.raises(ValidationError, match="45/2012"):
        actions.discard_edition(officer, draft.pk)
    assert Edition.objects.filter(pk=draft.pk).exists(), "nothing half done"
    relations.remove_relation(officer, correction.pk, correction.relations.last().pk)
    actions.discard_edition(officer, draft.pk)
    assert not LegalDocument.objects.filter(code="99-2026-nd-cp").exists()
    assert audit.verify().broken is None


def test_a_change_takes_the_verification_away(officer, person, province):
    draft = add(officer, certainty="to-check")
    colleague = person("officer", province, username="dong-nghiep")
    with pytest.raises(PermissionDenied):
        actions.verify_edition(officer, draft.pk)
    assert actions.verify_edition(colleague, draft.pk).verified
    provisions.add_provision(officer, draft.pk, provision(label="1"))
    assert not Edition.objects.get(pk=draft.pk).verified


def test_a_tree_takes_the_place_of_all_provisions(officer):
    draft = actions.copy_edition(officer, adopted())
    clause = Node("clause", "1", "d1.k1", "", "Khoản này nói về máy xay bột.")
    articles = (
        Node("article", "1", "d1", "Phạm vi", "", (clause,)),
        Node("article", "2", "d2", "Đối tượng", "Mọi cơ sở."),
    )
    actions.replace_provisions(draft, [Node("chapter", "I", "", "QUY ĐỊNH CHUNG", "", articles)])
    found = list(draft.provisions.order_by("position"))
    assert [(one.kind, one.path, one.parent and one.parent.label) for one in found] == [
        ("chapter", "", None), ("article", "d1", "I"), ("clause", "d1.k1", "1"), ("article", "d2", "I"),
    ]  # fmt: skip
    entry = AuditRecord.objects.get(action="provisions")
    assert "máy xay bột" in entry.after
    assert (entry.actor_id, entry.subject_id) == (officer.pk, str(draft.document_id))
    assert "đã thay toàn bộ điều khoản" in sentences(draft.document)[0].sentence


def test_what_provisions_say_is_found_once_adopted(officer, leader):
    draft = actions.copy_edition(officer, adopted())
    provisions.add_provision(officer, draft.pk, provision(label="99", text="Máy xay bột ướt"))
    assert not search("may xay bot uot").exists()
    adopt(leader, Edition.objects.get(pk=draft.pk))
    assert [str(one.document) for one in search("may xay bot uot")] == ["45/2012/NĐ-CP"]


def test_a_repealing_document_ends_another_one(officer, leader):
    draft = add(officer)
    target = adopted("28-2018-tt-btc")
    relations.add_relation(officer, draft.pk, relation(target.document, kind="replaces"))
    day = dt.date(2026, 3, 1)
    assert standings([target], day)[target.document_id].status is Status.PARTLY_EXPIRED
    adopt(leader, Edition.objects.get(pk=draft.pk))
    assert standings([target], day)[target.document_id].status is Status.EXPIRED
    assert standings([target], day - dt.timedelta(1))[target.document_id].holds


def test_two_texts_of_one_day_keep_a_draft_from_adoption(officer, leader):
    draft = add(officer)
    for _n in range(2):
        Provision.objects.create(edition=draft, kind="article", label="1", path="d1", text="x")
    with pytest.raises(ValidationError, match="Điều 1"):
        adopt(leader, draft)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_begins_the_correction(officer, person, province):
    colleague = person("officer", province, username="dong-nghiep")
    edition, outcomes = adopted(), []
    together = threading.Barrier(2)

    def begin(user):
        together.wait()
        try:
            outcomes.append(actions.copy_edition(user, edition).pk)
        except ValidationError:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=(user,)) for user in (officer, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in outcomes if one]) == 1
    assert Edition.objects.filter(state="draft").count() == 1
    assert audit.verify().broken is None


def provision(**values):
    """What a form gives for a provision."""
    empty = {"kind": "article", "label": "1", "heading": "", "text": "Nội dung", "is_summary": False}
    return empty | {"valid_from": None, "valid_to": None, "amended_by": None} | values


def relation(target, **values):
    """What a form gives for a relation."""
    empty = {"kind": "based-on", "target": target, "target_path": "", "source_path": "", "effective_from": None}
    return empty | {"effective_to": None, "certainty": "read", "source": ""} | values
