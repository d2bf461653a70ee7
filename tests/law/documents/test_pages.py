"""The pages of the library, as each person meets them."""

import datetime as dt
import io

import docx as docx_library
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khuyencong.core import jobs
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.law.documents.actions import editions as actions
from khuyencong.law.documents.actions import provisions, relations
from khuyencong.law.documents.queries.contents import content_mark
from khuyencong.law.models import Edition, LegalDocument, SupportNorm
from tests.factories.documents import VALUES, add, adopt, adopted
from tests.law.documents.test_actions import provision, relation

pytestmark = pytest.mark.django_db

FORM = {name: value for name, value in VALUES.items() if value is not None} | {"province": "", "expires": ""}
PDF = b"%PDF-1.7\n% minimal\n"


def text_of(response):
    """What a person reads."""
    assert response.status_code in (200, 409)
    return " ".join(response.content.decode().split())


def docx(words="Điều 1"):
    """A file of Word with one paragraph."""
    written = io.BytesIO()
    paper = docx_library.Document()
    paper.add_paragraph(words)
    paper.save(written)
    return written.getvalue()


def upload(content, name):
    return SimpleUploadedFile(name, content)


def test_the_library_counts_finds_and_says_so_when_nothing_fits(as_, viewer):
    page = as_(viewer)
    assert f"{Edition.objects.filter(state='adopted').count()} văn bản" in text_of(page.get("/law/"))
    found = text_of(page.get("/law/?q=nghi+dinh+45/2012&day=2012-06-01"))
    assert "Chưa có hiệu lực" in found and "/law/documents/45-2012-nd-cp/?day=2012-06-01" in found
    assert "Không có văn bản nào khớp" in text_of(page.get("/law/?q=khongco"))
    assert "Thêm văn bản" not in found


def test_waiting_drafts_are_shown_to_officer_and_leader_only(as_, officer, leader, viewer):
    add(officer)
    for user, shown in ((officer, True), (leader, True), (viewer, False)):
        assert ("1 dự thảo chờ duyệt" in text_of(as_(user).get("/law/"))) is shown


def test_a_document_tells_its_status_of_the_day_with_reasons(as_, viewer):
    page = text_of(as_(viewer).get("/law/documents/45-2012-nd-cp/?day=2026-01-01"))
    assert "Hết hiệu lực một phần" in page
    assert "Một phần văn bản được sửa đổi, bổ sung bởi 235/2025/NĐ-CP từ 15/10/2025" in page
    assert "Tóm tắt của phần mềm, không phải nguyên văn" in page
    early = text_of(as_(viewer).get("/law/documents/45-2012-nd-cp/?day=2012-06-01"))
    assert "Chưa có hiệu lực" in early and "nội dung khi văn bản bắt đầu có hiệu lực" in early


def test_a_day_that_cannot_be_read_is_told(as_, viewer):
    page = text_of(as_(viewer).get("/law/documents/45-2012-nd-cp/?day=ngay+mai"))
    assert "Không đọc được ngày “ngay mai”" in page


@pytest.mark.parametrize("tab", ["text", "relations", "resting", "nonsense"])
def test_every_tab_of_every_document_of_the_library_opens(as_, viewer, tab):
    page = as_(viewer)
    for code in LegalDocument.objects.values_list("code", flat=True):
        assert page.get(f"/law/documents/{code}/?tab={tab}&day=2024-06-01").status_code == 200


def test_an_uncertain_day_is_marked_and_a_year_is_not_made_a_day(as_, viewer):
    page = text_of(as_(viewer).get("/law/documents/17-2018-tt-bct/"))
    assert '<span class="unverified">trong năm 2018 (chưa rõ ngày)</span>' in page
    assert "31/12/2018" not in page
    page = text_of(as_(viewer).get("/law/documents/28-2018-tt-btc/"))
    assert "11/05/2018" in page
    assert "sửa đổi, bổ sung bởi 64/2024/TT-BTC từ năm 2024 (chưa rõ ngày)" in page
    assert "<strong>Năm 2024</strong>" in page
    assert "từ năm 2024 (chưa rõ ngày)" in text_of(as_(viewer).get("/law/documents/64-2024-tt-btc/?tab=relations"))


def test_history_is_for_those_who_may_see_it(as_, officer, viewer):
    actions.copy_edition(officer, adopted())
    url = "/law/documents/45-2012-nd-cp/"
    assert f"{officer} đã soạn dự thảo Nghị định 45/2012/NĐ-CP" in text_of(as_(officer).get(url))
    assert "đã soạn dự thảo" not in text_of(as_(viewer).get(url))


def test_a_document_leads_to_its_exports_and_to_sending_it(as_, officer, viewer):
    page = text_of(as_(officer).get("/law/documents/45-2012-nd-cp/"))
    for part in ("json/", "akn/"):
        assert f"/law/documents/45-2012-nd-cp/{part}" in page
        assert as_(viewer).get(f"/law/documents/45-2012-nd-cp/{part}").status_code == 200
    assert 'value="45-2012-nd-cp"' in text_of(as_(officer).get("/law/dissemination/send/?document=45-2012-nd-cp"))
    assert "Gửi phổ biến" in page
    assert "Gửi phổ biến" not in text_of(as_(viewer).get("/law/documents/45-2012-nd-cp/"))


def test_a_document_that_is_only_a_draft(as_, officer, leader, viewer):
    draft = add(officer)
    url = f"/law/documents/{draft.document.code}/"
    assert as_(viewer).get(url).status_code == 404
    assert as_(leader).get(url).url == f"/law/editions/{draft.pk}/"
    assert as_(viewer).get(f"/law/editions/{draft.pk}/").status_code == 403
    assert "Duyệt" in text_of(as_(leader).get(f"/law/editions/{draft.pk}/"))


def test_a_relation_to_a_document_that_is_only_a_draft_is_named_without_a_link(as_, officer, leader, viewer):
    waiting = add(officer)
    draft = add(officer, number="98/2026/NĐ-CP")
    relations.add_relation(officer, draft.pk, relation(waiting.document))
    adopt(leader, Edition.objects.get(pk=draft.pk))
    page = text_of(as_(viewer).get("/law/documents/98-2026-nd-cp/?tab=relations"))
    assert "99/2026/NĐ-CP" in page and "(chưa duyệt)" in page
    assert "/law/documents/99-2026-nd-cp/" not in page


def test_an_officer_adds_a_document_with_its_file(as_, officer):
    page = as_(officer)
    response = page.post("/law/documents/add/", FORM | {"upload": upload(PDF, "nghị định.pdf")})
    draft = Edition.objects.get(state="draft")
    assert response.url == f"/law/editions/{draft.pk}/provisions/"
    assert (draft.number, draft.in_force_from, draft.file_name) == (
        "99/2026/NĐ-CP",
        dt.date(2026, 3, 1),
        "nghị định.pdf",
    )
    got = page.get(f"/law/editions/{draft.pk}/file/")
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "Ô này bắt buộc"),
        ({"number": "45/2012/ND-CP"}, "Thư viện đã có văn bản mang số này: Khuyến công"),
        ({"level": "provincial"}, "Văn bản cấp tỉnh: hãy chọn tỉnh"),
        ({"in_force_from": "31/02/2026"}, "Đọc được “31/02/2026”, cần một ngày dạng 15/10/2025"),
        ({"in_force_from": "01/01/2026"}, "không thể có hiệu lực trước ngày ký"),
        ({"expires": "01/02/2026"}, "phải sau ngày bắt đầu có hiệu lực"),
        ({"source": ""}, "cần ghi nguồn đã đọc"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(as_, officer, changes, told):
    page = text_of(as_(officer).post("/law/documents/add/", FORM | changes | {"note": "Điều đã gõ"}))
    assert told in page
    assert "Những gì bạn đã nhập vẫn còn nguyên" in page and "Điều đã gõ" in page
    assert not Edition.objects.filter(state="draft").exists()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"MZ\x90", "virus.pdf", "không phải văn bản Word (.docx) hay PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(64), "cu.doc", "tệp Word đời cũ"),
        (b'{"number": 1}', "ban-ghi.pdf", "không phải PDF hay DOCX"),
        (b"PK\x05\x06" + bytes(18), "rong.docx", "không có văn bản Word"),
        (b"PK\x03\x04", "hong.docx", "Tệp bị hỏng"),
        (b"", "rong.pdf", "trống"),
    ],
)
def test_a_file_of_another_kind_is_refused(as_, officer, content, name, told):
    page = text_of(as_(officer).post("/law/documents/add/", FORM | {"upload": upload(content, name)}))
    assert told in page
    assert not Edition.objects.filter(state="draft").exists()


def test_a_file_that_is_too_big_is_refused(as_, officer):
    page = as_(officer).post("/law/documents/add/", FORM | {"upload": upload(PDF + bytes(31 * 2**20), "to.pdf")})
    assert "Tệp nặng 31 MB; hệ thống nhận tệp tối đa 30 MB" in text_of(page)


def test_the_words_of_a_file_are_found_once_adopted(as_, officer, leader):
    as_(officer).post("/law/documents/add/", FORM | {"upload": upload(docx("Máy nghiền đá vôi"), "a.docx")})
    draft = Edition.objects.get(state="draft")
    assert draft.file.name.endswith(".docx") and draft.text == "Máy nghiền đá vôi"
    adopt(leader, draft)
    assert "99/2026/NĐ-CP" in text_of(as_(officer).get("/law/?q=may+nghien+da+voi"))


def test_a_file_without_words_is_kept_and_said_to_be_so(as_, officer):
    told = text_of(as_(officer).post("/law/documents/add/", FORM | {"upload": upload(PDF, "quet.pdf")}, follow=True))
    assert "Đã giữ tệp, nhưng chưa đọc được chữ trong tệp" in told
    draft = Edition.objects.get(state="draft")
    assert "Chưa đọc được chữ trong tệp" in text_of(as_(officer).get(f"/law/editions/{draft.pk}/"))


def test_a_long_file_is_read_beside_a_page_of_progress(as_, officer):
    page = as_(officer)
    words = " ".join(f"t{n:05}" for n in range(200_000))
    response = page.post("/law/documents/add/", FORM | {"upload": upload(docx(words), "dai.docx")})
    assert response.url.startswith("/jobs/")
    jobs.work_off()
    draft = Edition.objects.get(state="draft")
    assert page.get(response.url).url == f"/law/editions/{draft.pk}/provisions/"
    assert draft.text.endswith("t199999")


def test_only_the_year_is_known(as_, officer):
    as_(officer).post("/law/documents/add/", FORM | {"in_force_precision": "year", "in_force_from": "05/04/2026"})
    assert Edition.objects.get(state="draft").in_force_from == dt.date(2026, 12, 31)


def test_a_correction_is_begun_once(as_, officer):
    page = as_(officer)
    first = page.post("/law/documents/45-2012-nd-cp/correct/").url
    assert page.post("/law/documents/45-2012-nd-cp/correct/").url == first
    assert "Xem dự thảo" in text_of(page.get("/law/documents/45-2012-nd-cp/"))
    assert text_of(page.get(first)).count('value="45/2012/NĐ-CP"') == 1


def test_somebody_elses_words_are_not_overwritten_and_mine_are_kept(as_, officer):
    draft = actions.copy_edition(officer, adopted())
    page, url = as_(officer), f"/law/editions/{draft.pk}/edit/"
    opened = version_of(draft)
    said = FORM | {"number": "45/2012/NĐ-CP", "signed": "21/05/2012", "in_force_from": "05/07/2012"}
    assert page.post(url, said | {"version": opened, "title": "Của người khác"}).status_code == 302
    again = page.post(url, said | {"version": opened, "title": "Của tôi"})
    assert "Người khác vừa lưu bản này" in text_of(again) and "Của tôi" in text_of(again)
    assert Edition.objects.get(pk=draft.pk).title == "Của người khác"
    assert page.post(url, said | {"version": again.context["opened"].version, "title": "Của tôi"}).status_code == 302
    assert Edition.objects.get(pk=draft.pk).title == "Của tôi"


def test_the_pages_of_a_draft_refuse_once_it_is_adopted(as_, officer, leader):
    draft = add(officer)
    adopt(leader, draft)
    for part in ("edit/", "provisions/", "provisions/add/", "relations/"):
        response = as_(officer).get(f"/law/editions/{draft.pk}/{part}")
        assert response.status_code == 403
        assert "đã được duyệt nên không sửa được" in response.content.decode()


def test_provisions_are_worked_on_in_place_with_htmx_and_without(as_, officer):
    draft = add(officer)
    page, url = as_(officer), f"/law/editions/{draft.pk}/provisions/"
    assert "Chưa có điều khoản nào" in text_of(page.get(url))
    said = {"kind": "article", "label": "Điều 1"[-1], "heading": "Phạm vi", "text": ""}
    assert page.post(f"{url}add/", said).url == url
    first = draft.provisions.get()
    part = page.get(f"{url}add/?under={first.pk}", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith("<form") and "Thêm vào Điều 1" in text_of(part)
    wrong = page.post(f"{url}add/?under={first.pk}", {"kind": "clause", "label": "x"}, headers={"HX-Request": "true"})
    assert (wrong["HX-Retarget"], wrong["HX-Reswap"]) == (f"#slot-{first.pk}", "innerHTML")
    said = {"kind": "clause", "label": "1.", "text": "Quy định này"}
    saved = page.post(f"{url}add/?under={first.pk}", said, headers={"HX-Request": "true"})
    assert saved.content.decode().lstrip().startswith('<div id="outline"')
    assert "Đã lưu khoản 1 Điều 1." in text_of(saved)
    assert "Đã lưu dự thảo" not in text_of(saved)


def test_a_form_of_a_provision_that_is_gone_or_changed(as_, officer):
    draft = add(officer)
    made = provisions.add_provision(officer, draft.pk, provision(label="1"))
    page, url = as_(officer), f"/law/editions/{draft.pk}/provisions/{made.pk}/"
    said = {"kind": "article", "label": "1", "text": "Của tôi"}
    stale = page.post(url, said | {"version": "cũ"})
    assert "Người khác vừa lưu" in text_of(stale) and "Của tôi" in text_of(stale)
    assert page.post(url, said | {"version": stale.context["opened"].version}).status_code == 302
    provisions.remove_provision(officer, draft.pk, made.pk)
    assert page.get(url).status_code == 404


def test_an_amendment_names_a_document_of_the_library(as_, officer):
    draft = add(officer)
    made = provisions.add_provision(officer, draft.pk, provision(label="1"))
    page, url = as_(officer), f"/law/editions/{draft.pk}/provisions/{made.pk}/amend/"
    said = {"valid_from": "01/06/2026", "text": "Mới", "version": provisions.version_of(made)}
    assert "Không có văn bản nào mang số “1/1”" in text_of(page.post(url, said | {"amended_by": "1/1"}))
    assert page.post(url, said | {"amended_by": "235/2025/nd-cp"}).status_code == 302
    assert draft.provisions.get(text="Mới").amended_by.code == "235-2025-nd-cp"


def test_a_relation_in_words(as_, officer):
    draft = add(officer)
    page, url = as_(officer), f"/law/editions/{draft.pk}/relations/"
    said = {"kind": "amends", "target": "28/2018/TT-BTC", "target_path": "khoản 4 Điều 8", "certainty": "read"}
    assert page.post(url, said).url == url
    made = draft.relations.get()
    assert (made.target.code, made.target_path) == ("28-2018-tt-btc", "d8.k4")
    assert "Sửa đổi, bổ sung khoản 4 Điều 8 28/2018/TT-BTC" in text_of(page.get(url))
    assert "Quan hệ này đã được ghi rồi" in text_of(page.post(url, said))
    assert "khoản bốn" in text_of(page.post(url, said | {"target_path": "khoản bốn"}))
    form = text_of(page.get(f"{url}{made.pk}/"))
    assert 'value="khoản 4 Điều 8"' in form and 'value="28/2018/TT-BTC"' in form
    assert page.post(f"{url}{made.pk}/remove/").url == url
    assert not draft.relations.exists()


def test_adopting_from_the_page(as_, officer, leader, person, province):
    draft = actions.copy_edition(officer, adopted())
    url = f"/law/editions/{draft.pk}/"
    assert 'name="mark"' not in text_of(as_(officer).get(url)), "who drafts does not adopt"
    mark = as_(leader).get(url).context["mark"]
    provisions.add_provision(officer, draft.pk, provision(label="99"))
    told = as_(leader).post(f"{url}adopt/", {"mark": mark}, follow=True)
    assert "Dự thảo vừa được sửa trong lúc bạn đang xem" in text_of(told)
    mark = content_mark(draft)
    assert as_(leader).post(f"{url}adopt/", {"mark": mark}).url == "/law/documents/45-2012-nd-cp/"
    second = as_(person("leader", province, username="pho-2")).post(f"{url}adopt/", {"mark": mark}, follow=True)
    assert f"{leader} đã duyệt bản này trước bạn" in text_of(second)
    history = text_of(as_(officer).get("/law/documents/45-2012-nd-cp/"))
    assert "đã duyệt Nghị định 45/2012/NĐ-CP" in history and "lần 1" in history


def test_a_draft_that_was_thrown_away_cannot_be_adopted(as_, officer, leader):
    draft = add(officer)
    assert as_(officer).post(f"/law/editions/{draft.pk}/discard/").url == "/law/"
    told = as_(leader).post(f"/law/editions/{draft.pk}/adopt/", {"mark": ""}, follow=True)
    assert "người soạn đã bỏ nó" in text_of(told)


def test_comparing_with_the_article(as_, officer, person, province):
    url = "/law/documents/46-2012-tt-bct/"
    page = as_(person("officer", province, username="dong-nghiep"))
    assert "Tôi đã đối chiếu với văn bản" in text_of(page.get(url))
    told = text_of(page.post(f"/law/editions/{adopted('46-2012-tt-bct').pk}/verify/", follow=True))
    assert "đã xác minh" in told and "Tôi đã đối chiếu với văn bản" not in told
    draft = add(officer)
    own = as_(officer).post(f"/law/editions/{draft.pk}/verify/", follow=True)
    assert "Người soạn không tự xác minh" in text_of(own)


def test_lookup_offers_documents_while_one_types(as_, officer):
    found = text_of(as_(officer).get(reverse("law:document_lookup"), {"target": "binh chon"}))
    assert '<option value="26/2014/TT-BCT">' in found


def test_checked_never_stands_beside_amended_without_saying_that_it_was_before(as_, viewer, officer):
    decree = Edition.objects.get(document__code="45-2012-nd-cp")
    page, card = as_(viewer), "/law/documents/45-2012-nd-cp/"
    assert "đã xác minh theo lời văn trước khi được sửa đổi từ 15/10/2025" in text_of(page.get(card))
    assert "trước khi được sửa đổi" not in text_of(page.get(f"{card}?day=2020-01-01"))
    for day, before in ((dt.date(2020, 3, 2), True), (dt.date(2026, 3, 2), False)):
        moment = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
        Edition.objects.filter(pk=decree.pk).update(verified_by=officer, verified_at=moment)
        told = "đã xác minh ngày 02/03/2020, trước khi được sửa đổi từ 15/10/2025"
        assert (told in text_of(page.get(card))) is before
    norm = SupportNorm.objects.get(content__code="machinery", valid_to=None)
    for address in (f"/law/norms/{norm.pk}/", "/ceiling/?content=machinery&cost=1000000&date=2026-01-01"):
        shown = text_of(page.get(address))
        assert "đã xác minh theo lời văn trước khi được sửa đổi từ năm 2024" in shown, address


def test_a_document_says_where_the_official_text_is_and_that_ours_is_a_summary(as_, viewer, officer):
    page = text_of(as_(viewer).get("/law/documents/36-2013-tt-bct/"))
    assert 'href="https://vbpl.vn/"' in page and "Nội dung ở đây là tóm tắt" in page and "Chưa có tệp" in page
    Edition.objects.filter(document__code="36-2013-tt-bct").update(address="https://vbpl.vn/bocongthuong/36")
    assert 'href="https://vbpl.vn/bocongthuong/36"' in text_of(as_(viewer).get("/law/documents/36-2013-tt-bct/"))
    assert "Phụ lục 1: biểu mẫu" in page
