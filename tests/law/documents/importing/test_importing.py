"""From a file to a draft: what is proposed, what its owner corrects, what is written; nothing half, nothing lost."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khuyencong.core import audit, jobs
from khuyencong.core.queue.models import Job
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions import editions as documents
from khuyencong.law.documents.importing import actions, proposal
from khuyencong.law.documents.importing.forms import HeadForm
from khuyencong.law.documents.queries.contents import content_mark
from khuyencong.law.documents.queries.search import search
from khuyencong.law.documents.reading.text import Unreadable
from khuyencong.law.models import DocumentImport, Edition, LegalDocument
from tests.factories.law import LAW_TEXT, docx_of, make_law_import

pytestmark = pytest.mark.django_db

START = "/law/import/"
KEEP = {"keep_letters": "on"}


@pytest.fixture
def leader(person, province):
    return person("leader", province)


@pytest.fixture
def found(officer):
    return make_law_import(officer)


def address(found):
    return reverse("law:document_import_review", args=[found.pk])


def values(found):
    form = HeadForm(found.proposal["head"], instance=Edition())
    assert form.is_valid(), form.errors
    return form.values()


def page_data(found, **changes):
    """The whole page as a browser would send it."""
    found.refresh_from_db()
    data = {"revision": found.revision, "page": 1, "do": "keep", **found.proposal["head"], "row": [], "relation": []}
    for row in found.proposal["rows"]:
        data["row"].append(row["key"])
        data |= {f"{name}-{row['key']}": row[name] for name in proposal.TYPED}
    for one in found.proposal["relations"]:
        key = one["key"]
        data["relation"].append(key)
        data |= {f"rel-{name}-{key}": one[name] for name in ("kind", "number", "target_path")}
        if one["on"]:
            data[f"on-{key}"] = "yes"
    return data | changes


def row(found, path):
    found.refresh_from_db()
    rows = found.proposal["rows"]
    return next(one for one, (_depth, place) in zip(rows, proposal.places(rows), strict=True) if place == path)


def test_a_word_file_becomes_a_proposal(officer):
    content = docx_of(LAW_TEXT)
    found = actions.receive(officer, "C:/văn bản/Thông tư.docx", content)
    head = found.proposal["head"]
    assert (head["number"], head["kind"], head["issuer"]) == ("77/2031/TT-BCT", "circular", "Bộ Công Thương")
    assert (head["signed"], head["in_force_from"], head["title"]) == ("2031-01-02", "2031-02-15", "Hướng dẫn việc thử")
    assert [path for _depth, path in proposal.places(found.proposal["rows"])] == [
        "", "d1", "d1.k1", "d1.k2", "d1.k2.a", "d1.k2.b", "d3",
    ]  # fmt: skip
    assert [(one["kind"], one["number"], one["on"]) for one in found.proposal["relations"]] == [
        ("based-on", "45/2012/NĐ-CP", True),
        ("replaces", "76/2030/TT-BCT", True),
    ]
    assert any("Điều 3" in sentence for sentence in found.proposal["problems"])
    assert found.file_name == "Thông tư.docx"
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_a_draft_is_written_with_file_text_provisions_and_relations(officer, found):
    content = found.file.read()
    draft = actions.finish(officer, found.pk, values(found))
    assert (draft.state, draft.drafted_by, draft.document.code) == ("draft", officer, "77-2031-tt-bct")
    assert [(one.path, one.kind) for one in draft.provisions.order_by("position")] == [
        ("", "chapter"), ("d1", "article"), ("d1.k1", "clause"), ("d1.k2", "clause"), ("d1.k2.a", "point"),
        ("d1.k2.b", "point"), ("d3", "article"),
    ]  # fmt: skip
    assert draft.provisions.get(path="d1.k2.a").parent.path == "d1.k2"
    assert {(one.kind, one.target.number, one.source_path) for one in draft.relations.all()} == {
        ("based-on", "45/2012/NĐ-CP", ""),
        ("replaces", "76/2030/TT-BCT", "d3"),
    }
    assert LegalDocument.objects.get(number="76/2030/TT-BCT").code == "76-2030-tt-bct"
    assert draft.file.read() == content
    assert (draft.file_sha256, draft.text) == (hashlib.sha256(content).hexdigest(), LAW_TEXT)
    found.refresh_from_db()
    assert (found.edition, found.text, found.proposal) == (draft, "", {})
    assert audit.verify().broken is None


def test_an_adopted_import_is_found_by_its_text_and_its_basis(officer, leader, found):
    draft = actions.finish(officer, found.pk, values(found))
    assert not search("thử hai lần").exists()
    documents.adopt_edition(leader, draft.pk, content_mark(draft))
    assert search("thử hai lần").get() == draft
    assert search("77/2031").first() == draft


def test_a_document_that_the_library_holds_gets_a_correction(officer, leader):
    text = LAW_TEXT.replace("77/2031/TT-BCT", "45/2012/NĐ-CP").replace("THÔNG TƯ\n", "NGHỊ ĐỊNH\n")
    text = text.replace("BỘ CÔNG THƯƠNG", "CHÍNH PHỦ").replace("Căn cứ Nghị định số 45/2012/NĐ-CP", "Căn cứ Luật")
    found = make_law_import(officer, text)
    adopted = Edition.objects.get(document__code="45-2012-nd-cp", state="adopted")
    draft = actions.finish(officer, found.pk, values(found))
    assert draft.document == adopted.document
    assert draft.version == adopted.version + 1
    assert not draft.provisions.filter(is_summary=True).exists()
    assert {one.target.number for one in draft.relations.all()} == {"134/2004/NĐ-CP", "76/2030/TT-BCT"}
    adopted.refresh_from_db()
    assert adopted.state == "adopted"
    again = make_law_import(officer, text)
    with pytest.raises(ValidationError, match="đang soạn"):
        actions.finish(officer, again.pk, values(again))
    documents.adopt_edition(leader, draft.pk, content_mark(draft))
    assert search("thử hai lần").get() == draft


def test_nothing_is_written_when_something_is_wrong(officer, found):
    before = (Edition.objects.count(), LegalDocument.objects.count(), audit.verify().records)
    for change in (
        lambda proposed: proposed["rows"][1].update(label="một"),
        lambda proposed: proposed["rows"][2].update(label="2"),
        lambda proposed: proposed["rows"][1].update(heading="x" * 501),
        lambda proposed: proposed["relations"][0].update(number=""),
        lambda proposed: proposed["relations"][1].update(target_path="chỗ nào đó"),
    ):
        found.refresh_from_db()
        kept = json.loads(json.dumps(found.proposal))
        change(found.proposal)
        found.save()
        with pytest.raises(ValidationError):
            actions.finish(officer, found.pk, values(found))
        found.proposal = kept
        found.save()
    LegalDocument.objects.create(code="76-2030-x", number="76/2030/TT-BCT")
    LegalDocument.objects.create(code="76-2030-y", number="76/2030/TT-BCT")
    with pytest.raises(ValidationError, match="76-2030-x, 76-2030-y"):
        actions.finish(officer, found.pk, values(found))
    after = (Edition.objects.count(), LegalDocument.objects.count() - 2, audit.verify().records)
    assert after == before
    found.refresh_from_db()
    assert found.file.storage.exists(found.file.name)


def test_an_import_is_finished_once_and_by_its_owner_only(officer, person, province, leader, found):
    colleague = person("officer", province, username="colleague")
    for user in (colleague, leader):
        with pytest.raises(PermissionDenied):
            actions.finish(user, found.pk, values(found))
    with pytest.raises(PermissionDenied):
        actions.receive(leader, "a.docx", docx_of("Điều 1. Tên"))
    facts = values(found)
    actions.finish(officer, found.pk, facts)
    for again in (lambda: actions.finish(officer, found.pk, facts), lambda: actions.keep(officer, found.pk, {}, 0)):
        with pytest.raises(ChangedMeanwhile):
            again()


def test_rows_are_merged_removed_and_added(found):
    proposed = found.proposal
    first, second = proposed["rows"][4:6]
    assert proposal.merge(proposed, second["key"]) == first["key"]
    assert first["text"] == "Thử một lần;\nb) Thử hai lần."
    assert proposal.merge(proposed, proposed["rows"][0]["key"]) == proposed["rows"][0]["key"]
    new = proposal.add_below(proposed, first["key"])
    assert [one["key"] for one in proposed["rows"]].index(new) == 5
    assert (proposed["rows"][5]["kind"], proposed["rows"][5]["text"]) == ("point", "")
    assert proposal.remove(proposed, new) == first["key"]
    while proposed["rows"]:
        proposal.remove(proposed, proposed["rows"][0]["key"])
    assert proposal.add_below(proposed, 0) == proposed["rows"][0]["key"]
    with pytest.raises(KeyError):
        proposal.merge(proposed, 10**6)


def test_the_page_keeps_everything_typed_right_or_wrong(officer_client, found):
    article = row(found, "d1")
    changes = {
        f"label-{article['key']}": "một",
        f"text-{article['key']}": "Chữ\r\nmới",
        "signed": "31/02/2031",
        "do": "save",
    }
    response = officer_client.post(address(found), page_data(found, **changes))
    content = response.content.decode()
    assert response.status_code == 200
    assert "31/02/2031" in content
    assert "Chữ\nmới" in content
    assert 'value="một"' in content
    assert "cần một số như 8" in content
    found.refresh_from_db()
    assert found.proposal["head"]["signed"] == "31/02/2031"
    assert not Edition.objects.filter(document__number="77/2031/TT-BCT").exists()
    assert "31/02/2031" in officer_client.get(address(found)).content.decode()


def test_buttons_change_rows_after_keeping_what_was_typed(officer_client, found):
    point = row(found, "d1.k2.b")
    changes = {"do": f"merge:{point['key']}", f"text-{row(found, 'd3')['key']}": "Sửa tay", "title": "Tên mới"}
    response = officer_client.post(address(found), page_data(found, **changes))
    assert response.status_code == 302
    assert response.url.endswith(f"#row-{row(found, 'd1.k2.a')['key']}")
    assert row(found, "d3")["text"] == "Sửa tay"
    assert found.proposal["head"]["title"] == "Tên mới"
    assert len(found.proposal["rows"]) == 6


def test_ticks_and_places_of_relations(officer_client, officer, found):
    basis, replaced = found.proposal["relations"]
    data = page_data(
        found, **{f"rel-target_path-{replaced['key']}": "khoản 4 Điều 8", f"rel-kind-{replaced['key']}": "repeals"}
    )
    del data[f"on-{basis['key']}"]
    officer_client.post(address(found), data)
    found.refresh_from_db()
    assert [one["on"] for one in found.proposal["relations"]] == [False, True]
    draft = actions.finish(officer, found.pk, values(found))
    assert [(one.kind, one.target_path) for one in draft.relations.all()] == [("repeals", "d8.k4")]


def test_two_windows_do_not_overwrite_each_other(officer_client, found):
    old = page_data(found, title="Từ cửa sổ cũ")
    officer_client.post(address(found), page_data(found, title="Từ cửa sổ mới"))
    response = officer_client.post(address(found), old)
    content = response.content.decode()
    assert response.status_code == 200
    assert "cửa sổ khác" in content
    assert "Từ cửa sổ cũ" in content
    found.refresh_from_db()
    assert found.proposal["head"]["title"] == "Từ cửa sổ mới"
    officer_client.post(address(found), old | {"revision": found.revision})
    found.refresh_from_db()
    assert found.proposal["head"]["title"] == "Từ cửa sổ cũ"


def test_saving_opens_the_draft_and_the_page_leads_there_from_then_on(officer_client, found):
    data = page_data(found, do="save")
    response = officer_client.post(address(found), data)
    draft = Edition.objects.get(document__number="77/2031/TT-BCT")
    assert response.url == reverse("law:edition", args=[draft.pk])
    for again in (officer_client.get(address(found)), officer_client.post(address(found), data)):
        assert again.url == response.url


ODD_POSTS = [
    {}, {"do": "merge:99999999999999999999"}, {"do": "merge:7000"}, {"do": "page:99"}, {"do": "x"}, {"revision": "x"},
    {"page": "²"}, {"row": ["a", "999999"], "kind-999999": "no"},
]  # fmt: skip


@pytest.mark.parametrize("data", ODD_POSTS)
def test_any_post_is_answered(officer_client, found, data):
    assert officer_client.post(address(found), data).status_code in (200, 302)
    found.refresh_from_db()
    assert len(found.proposal["rows"]) == 7


def test_a_long_document_is_corrected_page_by_page(officer_client, officer):
    lines = [f"Điều {n}. Tên {n}\n1. Khoản một của điều {n}." for n in range(1, 81)]
    found = make_law_import(officer, "\n".join(["LUẬT", "THỬ", *lines]))
    first = officer_client.get(address(found)).content.decode()
    assert "Trang 1/2" in first
    data = {"revision": 0, "page": 1, "do": "page:2", "row": [found.proposal["rows"][0]["key"]]}
    response = officer_client.post(address(found), data)
    assert response.url.endswith("?page=2#provisions")
    assert "Khoản một của điều 80." in officer_client.get(response.url).content.decode()


def test_a_regulation_behind_the_signature_can_be_taken_instead(officer_client, officer):
    found = make_law_import(
        officer, "QUYẾT ĐỊNH\nĐiều 1. Ban hành Quy chế.\nNơi nhận:\nQUY CHẾ\nĐiều 1. Phạm vi\nĐiều 2. Mức"
    )
    assert len(found.proposal["rows"]) == 1
    officer_client.post(address(found), page_data(found, do="swap"))
    found.refresh_from_db()
    assert [one["heading"] for one in found.proposal["rows"]] == ["Phạm vi", "Mức"]
    officer_client.post(address(found), page_data(found, do="swap"))
    found.refresh_from_db()
    assert len(found.proposal["rows"]) == 1


def upload(client, content, name="a.docx", **said):
    return client.post(START, {"file": SimpleUploadedFile(name, content)} | said)


def test_letters_are_kept_when_somebody_says_so(officer_client):
    content = docx_of("§iÒu 1. Ph¹m vi ®iÒu chØnh")
    converted, kept = (officer_client.get(upload(officer_client, content, **said).url) for said in ({}, KEEP))
    assert "Phạm vi điều chỉnh" in converted.content.decode()
    assert "Ph¹m vi ®iÒu chØnh" in kept.content.decode()


def test_a_file_is_taken_by_what_is_in_it(officer_client):
    response = upload(officer_client, docx_of(LAW_TEXT), "không đuôi")
    assert response.status_code == 302
    assert "77/2031/TT-BCT" in officer_client.get(response.url).content.decode()
    refused = upload(officer_client, b"\x89PNG" + b"\0" * 50, "van-ban.docx")
    assert "không phải văn bản Word" in refused.content.decode()
    assert upload(officer_client, b"").status_code == 200
    assert DocumentImport.objects.count() == 1


def test_a_file_over_20_mb_is_refused(officer_client):
    response = upload(officer_client, b"PK" + b"\0" * (20 * 1024 * 1024))
    assert "nhiều nhất là 20 MB" in response.content.decode()
    assert not DocumentImport.objects.exists()


def test_an_import_can_be_left_for_later_and_thrown_away(officer_client, found, django_capture_on_commit_callbacks):
    assert found.file_name in officer_client.get(START).content.decode()
    storage, name = found.file.storage, found.file.name
    with django_capture_on_commit_callbacks(execute=True):
        officer_client.post(reverse("law:document_import_discard", args=[found.pk]))
    assert not DocumentImport.objects.exists()
    assert not storage.exists(name)


def test_a_big_file_is_read_in_the_background(officer_client, monkeypatch):
    from khuyencong.law.documents.importing import views as importing

    monkeypatch.setattr(importing, "SMALL", 1000)
    for content, state in ((docx_of(LAW_TEXT), "done"), (b"%PDF-1.7" + b"\0" * 2000, "failed")):
        response = upload(officer_client, content)
        job = Job.objects.latest("asked")
        assert response.url == reverse("job", args=[job.pk])
        jobs.work_off()
        job.refresh_from_db()
        assert job.state == state, job.error
    assert "tệp hỏng" in job.error
    assert DocumentImport.objects.count() == 1


def test_a_file_that_cannot_be_read_leaves_nothing_behind(officer):
    with pytest.raises(Unreadable):
        actions.receive(officer, "a.pdf", b"%PDF-1.7 x")
    assert not DocumentImport.objects.exists()


def test_what_the_library_knows_and_the_file_does_not_say_is_kept(officer):
    Edition.objects.filter(document__code="45-2012-nd-cp").update(tags="mức chi", source="Công báo", note="Đã sửa")
    found = make_law_import(officer, "CHÍNH PHỦ\nSố: 45/2012/NĐ-CP\nNGHỊ ĐỊNH\nVề khuyến công\nĐiều 1. Tên")
    head = found.proposal["head"]
    assert (head["tags"], head["source"], head["note"]) == ("mức chi", "Công báo", "Đã sửa")
    assert (head["signed"], head["in_force_from"], head["certainty"]) == ("2012-05-21", "2012-07-05", "read")
    draft = actions.finish(officer, found.pk, values(found))
    assert (draft.tags, draft.note) == ("mức chi", "Đã sửa")
