"""The pages of the review and its report, opened with python-docx."""

import datetime as dt
import io

import pytest
from docx import Document

from khuyencong.core import clock
from khuyencong.law.models import LocalDuty, ReviewItem
from tests.factories.library import make_local

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

PAST = clock.today() - dt.timedelta(days=3)
FORM = {"proposal": "amend", "note": "Theo Thông tư mới", "owner": "", "deadline": f"{PAST:%d/%m/%Y}"}


@pytest.fixture
def norms(province):
    """A resolution of the province on norms, signed before the circular was amended."""
    return make_local(province, "12-2019-nq-hdnd", number="12/2019/NQ-HĐND", bases=[("28-2018-tt-btc", "d8")])


def text(response):
    assert response.status_code in (200, 409)
    return response.content.decode()


def propose_address(client, day="2026-03-01"):
    rows = client.get("/law/review/", {"day": day}).context["documents"][0][1]
    return rows[0]["add"]


def test_the_overview_tells_what_changed_since_when_and_by_what(as_, viewer, norms):
    page = text(as_(viewer).get("/law/review/", {"day": "2026-03-01"}))
    assert "12/2019/NQ-HĐND" in page
    assert "đã được 64/2024/TT-BTC sửa đổi, bổ sung từ năm 2024 (chưa rõ ngày)" in page
    assert "Xây dựng chương trình hoặc kế hoạch khuyến công của địa phương giai đoạn 2026-2030" in page
    assert "Đề xuất xử lý" not in page, "who only reads is not offered to propose"


def test_before_the_change_there_is_nothing_to_find(as_, viewer, norms):
    page = as_(viewer).get("/law/review/", {"day": "2024-12-30"})
    assert [edition.document.code for edition, _ in page.context["documents"]] == []
    assert "12/2019/NQ-HĐND" in text(page).split("không có phát hiện")[-1]


def test_proposing_giving_to_somebody_and_marking_done(as_, officer, leader, norms):
    client = as_(officer)
    address = propose_address(client)
    page = text(client.get(address))
    assert "Ban hành mới" not in page and "Thay thế" in page
    sent = client.post(address, {**FORM, "owner": officer.pk})
    item = ReviewItem.objects.get()
    assert sent.url == f"/law/review/items/{item.pk}/"
    assert (item.owner, item.deadline, item.basis.code, item.by) == (
        officer, PAST, "28-2018-tt-btc", "64/2024/TT-BTC",
    )  # fmt: skip
    assert client.get(address).url == sent.url, "the finding has its proposal already"
    late = text(as_(leader).get("/law/review/", {"day": "2026-03-01"}))
    assert "quá hạn 3 ngày" in late
    client.post(f"{sent.url}edit/", {**FORM, "status": "done"})
    item.refresh_from_db()
    assert item.status == "done"
    assert "hệ thống vẫn thấy phát hiện này" in text(client.get(sent.url))
    history = text(as_(leader).get(sent.url)).split("Lịch sử")[-1]
    assert "Tình trạng: từ Chưa làm thành Đã xong" in history


def test_keeping_needs_a_reason_and_nothing_typed_is_lost(as_, officer, norms):
    client = as_(officer)
    page = text(client.post(propose_address(client), {**FORM, "proposal": "keep", "note": "", "deadline": "hôm qua"}))
    assert "Giữ nguyên thì cần ghi lý do." in page
    assert "Đọc được “hôm qua”" in page
    assert not ReviewItem.objects.exists()


def test_a_change_meanwhile_is_told(as_, officer, norms):
    client = as_(officer)
    client.post(propose_address(client), FORM)
    item = ReviewItem.objects.get()
    version = client.get(f"/law/review/items/{item.pk}/edit/").context["opened"].version
    item.note = "Người khác sửa"
    item.save()
    page = text(client.post(f"/law/review/items/{item.pk}/edit/", {**FORM, "status": "open", "version": version}))
    assert "Người khác vừa ghi" in page and "Theo Thông tư mới" in page
    item.refresh_from_db()
    assert item.note == "Người khác sửa"


@pytest.mark.parametrize("query", ["", "?finding=missing-local-document&duty=99999&basis=x&by=&document="])
def test_a_finding_that_is_none_cannot_be_proposed_about(as_, officer, query):
    assert as_(officer).get(f"/law/review/items/add/{query}").status_code == 404


def test_duties_are_drafted_adopted_and_marked_when_late(as_, officer, leader, viewer):
    data = {"document": "2646/QĐ-BCT", "path": "Điều 3", "asks": "Bố trí kinh phí hằng năm",
            "issuer": "Hội đồng nhân dân tỉnh", "deadline": "31/12/2025", "source": ""}  # fmt: skip
    sent = as_(officer).post("/law/review/duties/add/", data)
    duty = LocalDuty.objects.get(state="draft")
    assert "Bố trí kinh phí" not in text(as_(viewer).get("/law/review/duties/"))
    assert as_(viewer).get(sent.url).status_code == 403
    assert as_(officer).post(sent.url, {"do": "adopt"}).status_code == 403
    as_(leader).post(sent.url, {"do": "adopt"})
    duty.refresh_from_db()
    assert duty.state == "adopted"
    assert "Điều 3" in text(as_(viewer).get("/law/review/duties/"))
    review = text(as_(viewer).get("/law/review/", {"day": "2026-03-01"}))
    assert "quá hạn 31/12/2025" in review
    assert "quá hạn 31/12/2025" not in text(as_(viewer).get("/law/review/", {"day": "2025-12-01"}))


def test_correcting_a_duty_drafts_its_heir(as_, officer):
    old = LocalDuty.objects.get(path="d8")
    data = {"document": "28/2018/TT-BTC", "path": "Điều 8", "asks": "Quy định mức chi", "issuer": "", "deadline": ""}
    as_(officer).post(f"/law/review/duties/{old.pk}/edit/", data)
    heir = LocalDuty.objects.get(state="draft")
    assert heir.replaces == old
    assert as_(officer).get(f"/law/review/duties/{old.pk}/edit/").url == f"/law/review/duties/{heir.pk}/edit/"
    as_(officer).post(f"/law/review/duties/{heir.pk}/", {"do": "discard"})
    assert not LocalDuty.objects.filter(state="draft").exists()


def read(response):
    assert response["Content-Type"].endswith("wordprocessingml.document")
    return Document(io.BytesIO(response.content))


def test_the_report_has_the_form_of_an_official_paper(as_, leader, norms):
    paper = read(as_(leader).get("/law/review/report/", {"day": "2026-03-01"}))
    page = paper.sections[0]
    margins = (page.left_margin, page.right_margin, page.top_margin, page.bottom_margin)
    assert [round(size.mm) for size in (page.page_width, page.page_height, *margins)] == [210, 297, 30, 15, 20, 20]
    assert (paper.styles["Normal"].font.name, paper.styles["Normal"].font.size.pt) == ("Times New Roman", 13)
    head = paper.tables[0]
    left, right = head.rows[0].cells
    assert left.text.strip() == "UBND TỈNH CAO BẰNG\nSỞ CÔNG THƯƠNG"
    assert right.text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert head.rows[1].cells[0].text.startswith("Số:")
    assert head.rows[1].cells[1].text.startswith("Cao Bằng, ngày ")
    shown = [paragraph.text for paragraph in paper.paragraphs]
    assert "BÁO CÁO" in shown
    assert any(line.endswith("tính đến ngày 01/03/2026") for line in shown)
    assert paper.tables[-1].rows[0].cells[0].text.startswith("Nơi nhận:")
    assert paper.tables[-1].rows[0].cells[1].text.startswith("GIÁM ĐỐC")


def test_the_report_lists_findings_with_proposals_owners_and_deadlines(as_, officer, norms):
    client = as_(officer)
    client.post(propose_address(client), {**FORM, "owner": officer.pk})
    paper = read(client.get("/law/review/report/", {"day": "2026-03-01"}))
    table = next(one for one in paper.tables if one.rows[0].cells[0].text == "TT")
    cells = [cell.text for cell in table.rows[1].cells]
    assert cells[0] == "1"
    assert cells[1] == "Nghị quyết 12/2019/NQ-HĐND\nVăn bản thử 12-2019-nq-hdnd"
    assert "đã được 64/2024/TT-BTC sửa đổi, bổ sung từ năm 2024 (chưa rõ ngày)" in cells[2]
    assert cells[3] == "Sửa đổi, bổ sung\nTheo Thông tư mới"
    assert cells[4] == f"{officer}\n{PAST:%d/%m/%Y}"
    assert cells[5] == "Chưa làm, quá hạn 3 ngày"
    missing = next(one for one in paper.tables if one.rows[0].cells[1].text == "Yêu cầu")
    assert len(missing.rows) == 3
    assert "(*)" in missing.rows[1].cells[2].text, "the duty was not verified"
    shown = " ".join(paragraph.text for paragraph in paper.paragraphs)
    assert "có 3 phát hiện, trong đó 2 yêu cầu".casefold() in shown.casefold()
    assert "Sửa đổi, bổ sung: 12/2019/NQ-HĐND." in shown
    assert "Còn 2 phát hiện cần giao người xem xét, đề xuất." in shown


def test_the_report_stays_vietnamese_on_an_english_screen(as_, leader):
    client = as_(leader)
    client.cookies["django_language"] = "en"
    shown = [paragraph.text for paragraph in read(client.get("/law/review/report/")).paragraphs]
    assert "BÁO CÁO" in shown
    assert "I. Phạm vi rà soát" in shown


def test_when_nothing_is_found_the_report_says_so(as_, leader):
    LocalDuty.objects.all().delete()
    paper = read(as_(leader).get("/law/review/report/", {"day": "2026-03-01"}))
    shown = [paragraph.text for paragraph in paper.paragraphs]
    assert "Không có văn bản nào." in shown and "Không có yêu cầu nào." in shown and "Không có kiến nghị." in shown
