"""An officer brings in a Word file, corrects what was read, and has a draft with everything in it."""

from khuyencong.law.models import Edition
from tests.factories.law import LAW_TEXT, docx_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_from_a_word_file_to_a_draft(page, sign_in, officer):
    sign_in(officer)
    page.goto("/law/")
    page.get_by_role("link", name="Nhập từ tệp").click()
    page.get_by_label("Tệp văn bản").set_input_files({"name": "tt.docx", "mimeType": WORD, "buffer": docx_of(LAW_TEXT)})
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_url("**/law/import/*-*/")
    assert page.get_by_label("Số, ký hiệu").input_value() == "77/2031/TT-BCT"
    assert "sau Điều 1 là Điều 3" in page.locator(".import-told").inner_text().replace("Sau", "sau")

    # Point b was split off by mistake; article 3 was read with a wrong number.
    page.get_by_role("group", name="điểm b khoản 2 Điều 1").get_by_role("button", name="Gộp lên").click()
    page.wait_for_url("**#row-*")
    merged = page.get_by_role("group", name="điểm a khoản 2 Điều 1").get_by_label("Nội dung")
    assert merged.input_value() == "Thử một lần;\nb) Thử hai lần."
    label = page.get_by_role("group", name="Điều 3").get_by_label("Số thứ tự")
    label.fill("hai")
    page.locator("form#import").get_by_role("button", name="Lưu thành dự thảo").click()
    problem = page.get_by_role("alert")
    assert "cần một số như 8" in problem.inner_text()
    page.get_by_label("Số thứ tự").last.fill("2")
    page.locator("form#import").get_by_role("button", name="Lưu thành dự thảo").click()
    page.wait_for_url("**/law/editions/*/")

    draft = Edition.objects.get(document__number="77/2031/TT-BCT")
    assert [one.path for one in draft.provisions.exclude(path="")] == ["d1", "d1.k1", "d1.k2", "d1.k2.a", "d2"]
    assert {one.target.number for one in draft.relations.all()} == {"45/2012/NĐ-CP", "76/2030/TT-BCT"}
    assert "77/2031/TT-BCT" in page.locator("h1").inner_text()
