"""The pages of eligibility: what is in force on a day, drafting, adopting, areas from a pasted list."""

import datetime as dt

import pytest

from khuyencong.law.eligibility import actions
from khuyencong.law.models import AreaStatus, EligibilityRule, PriorityCriterion

pytestmark = pytest.mark.django_db

FORM = {"name": "Nhà nghề truyền thống", "values": ["household"], "document": "45/2012/NĐ-CP",
        "path": "khoản 1 Điều 1", "valid_from": "01/07/2026", "valid_to": "", "source": "Công báo"}  # fmt: skip


def text(response):
    assert response.status_code in (200, 409)
    return response.content.decode()


@pytest.fixture
def draft(officer):
    """A draft of the officer's."""
    return actions.draft(officer, EligibilityRule(kind="beneficiary", name="Thêm nhà nghề", values=["household"],
                                                  valid_from=dt.date(2026, 7, 1)))  # fmt: skip


@pytest.mark.parametrize(("day", "shown", "hidden"), [
    ("2025-10-14", "nhỏ và vừa, hợp tác xã, tổ hợp tác, hộ kinh doanh", "hợp tác xã, liên hiệp hợp tác xã"),
    ("2025-10-15", "hợp tác xã, liên hiệp hợp tác xã", "nhỏ và vừa, hợp tác xã, tổ hợp tác, hộ kinh doanh"),
])  # fmt: skip
def test_the_overview_shows_the_rules_of_the_day(as_, viewer, day, shown, hidden):
    page = text(as_(viewer).get("/law/eligibility/", {"day": day}))
    in_force, elsewhere = page.split("Điều kiện của thời gian khác")
    assert shown in in_force and hidden not in in_force
    assert hidden in elsewhere
    assert "chưa xác minh" in in_force


def test_before_the_decree_the_overview_says_that_nothing_is_known(as_, viewer):
    page = text(as_(viewer).get("/law/eligibility/", {"day": "2010-01-01"}))
    assert "Chưa có điều kiện nào cho ngày này" in page
    assert "Chưa có tiêu chí nào cho ngày này" in page


def test_an_officer_drafts_a_leader_adopts_everybody_sees(as_, officer, leader, viewer):
    sent = as_(officer).post("/law/eligibility/rules/add/?kind=beneficiary", FORM)
    record = EligibilityRule.objects.get(state="draft")
    assert sent.url == f"/law/eligibility/rules/{record.pk}/"
    assert (record.kind, record.values, record.path) == ("beneficiary", ["household"], "d1.k1")
    assert record.document.number == "45/2012/NĐ-CP"
    assert "Nhà nghề" not in text(as_(viewer).get("/law/eligibility/", {"day": "2026-08-01"}))
    assert as_(viewer).get(sent.url).status_code == 403
    assert "Nhà nghề" in text(as_(leader).get("/law/eligibility/"))
    assert as_(officer).post(sent.url, {"do": "adopt"}).status_code == 403
    as_(leader).post(sent.url, {"do": "adopt"})
    page = text(as_(viewer).get(sent.url))
    assert "Đã duyệt" in page and "khoản 1 Điều 1" in page
    history = text(as_(leader).get(sent.url)).split("Lịch sử")[-1]
    assert "đã soạn dự thảo" in history and "đã duyệt" in history


def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(as_, officer):
    wrong = {**FORM, "values": [], "document": "99/2099/NĐ-CP", "path": "trang 3", "valid_to": "01/01/2026"}
    page = text(as_(officer).post("/law/eligibility/rules/add/?kind=beneficiary", wrong))
    for told in ("Không có văn bản nào mang số “99/2099/NĐ-CP”", "Đọc được “trang 3”", "Ngày hết ở trước ngày bắt đầu"):
        assert told in page
    assert "Nhà nghề truyền thống" in page and 'value="trang 3"' in page
    assert not EligibilityRule.objects.filter(state="draft").exists()


def test_editing_an_adopted_rule_drafts_its_heir(as_, officer):
    old = EligibilityRule.objects.get(code="beneficiary-2025")
    page = text(as_(officer).get(f"/law/eligibility/rules/{old.pk}/edit/"))
    assert "Soạn bản thay thế" in page and "Điều 1" in page
    as_(officer).post(f"/law/eligibility/rules/{old.pk}/edit/", {**FORM, "takes_over": "yes"})
    heir = EligibilityRule.objects.get(state="draft")
    assert (heir.replaces, heir.code, heir.takes_over, heir.verified) == (old, old.code, True, False)
    card = text(as_(officer).get(f"/law/eligibility/rules/{heir.pk}/"))
    assert "bản cũ vẫn đúng đến hết 30/06/2026" in card
    again = as_(officer).get(f"/law/eligibility/rules/{old.pk}/edit/")
    assert again.url == f"/law/eligibility/rules/{heir.pk}/edit/"


def test_a_draft_that_changed_meanwhile_keeps_what_was_typed(as_, officer, draft):
    page = as_(officer).get(f"/law/eligibility/rules/{draft.pk}/edit/")
    version = page.context["opened"].version
    draft.name = "Người khác sửa"
    actions.draft(officer, draft)
    page = text(as_(officer).post(f"/law/eligibility/rules/{draft.pk}/edit/", {**FORM, "version": version}))
    assert "Người khác vừa lưu" in page and "Nhà nghề truyền thống" in page
    draft.refresh_from_db()
    assert draft.name == "Người khác sửa"


def test_verifying_needs_another_person_while_it_is_a_draft(as_, officer, person, province, draft):
    address = f"/law/eligibility/rules/{draft.pk}/"
    assert "Đã đối chiếu" not in text(as_(officer).get(address))
    assert as_(officer).post(address, {"do": "verify"}).status_code == 403
    colleague = person("officer", province, username="colleague")
    assert "Đã đối chiếu, xác minh" in text(as_(colleague).get(address))
    as_(colleague).post(address, {"do": "verify"})
    draft.refresh_from_db()
    assert draft.verified_by == colleague


def test_discarding_a_draft(as_, officer, leader, draft):
    address = f"/law/eligibility/rules/{draft.pk}/"
    assert as_(leader).post(address, {"do": "discard"}).status_code == 403
    as_(officer).post(address, {"do": "discard"})
    assert not EligibilityRule.objects.filter(pk=draft.pk).exists()


def test_a_criterion_is_drafted_with_a_threshold_written_with_dots(as_, officer):
    data = {"name": "Xuất khẩu từ 5 tỷ", "threshold": "5.000.000.000", "points": "30", "valid_from": "01/01/2027"}
    as_(officer).post("/law/eligibility/criteria/add/?kind=export", data)
    record = PriorityCriterion.objects.get(state="draft")
    assert (record.threshold, record.points) == (5_000_000_000, 30)
    assert "Xuất khẩu từ 5.000.000.000" in text(as_(officer).get(f"/law/eligibility/criteria/{record.pk}/"))


@pytest.mark.parametrize("address", ["/law/eligibility/decrees/add/", "/law/eligibility/rules/999999/"])
def test_what_is_not_there_is_not_found(as_, officer, address):
    assert as_(officer).get(address).status_code == 404


AREAS = {"kind": "difficult", "valid_from": "01/01/2026", "valid_to": "", "document": "", "source": "861/QĐ-TTg"}


def test_a_pasted_list_of_old_and_new_names_becomes_drafts(as_, officer, leader, viewer, commune, other_commune):
    pasted = "1. Thị trấn Trùng Khánh, huyện Trùng Khánh\nPhường Thục Phán\n\n- xa trung khanh"
    pasted = pasted.replace("1. ", "")
    as_(officer).post("/law/areas/add/", {**AREAS, "pasted": pasted})
    drafts = AreaStatus.objects.filter(state="draft")
    assert {one.unit for one in drafts} == {commune, other_commune}
    page = text(as_(leader).get("/law/areas/"))
    assert "Duyệt các dòng đã chọn" in page
    assert "Dự thảo chờ duyệt" not in text(as_(viewer).get("/law/areas/"))
    as_(leader).post("/law/areas/", {"do": "adopt", "status": [one.pk for one in drafts]})
    assert not AreaStatus.objects.filter(state="draft").exists()
    shown = as_(viewer).get("/law/areas/", {"day": "2026-01-01", "kind": "difficult"})
    assert [one.unit for one in shown.context["list"].page.rows] == [other_commune, commune]
    assert as_(viewer).get("/law/areas/", {"day": "2025-12-31", "kind": "difficult"}).context["list"].page.rows == []
    assert [one.unit for one in as_(viewer).get("/law/areas/", {"q": "trung khanh"}).context["list"].page.rows] == [
        commune
    ]


def test_names_that_are_not_understood_are_told_by_line(as_, officer):
    pasted = "Xã Trùng Khánh\nXã Trùng Khanhh\nPhường Hoàn Kiếm, Hà Nội"
    page = text(as_(officer).post("/law/areas/add/", {**AREAS, "pasted": pasted}))
    assert "Dòng 2: không có xã, phường “Xã Trùng Khanhh”. Gần giống: Xã Trùng Khánh" in page
    assert "Dòng 3: “Phường Hoàn Kiếm, Hà Nội” thuộc tỉnh khác." in page
    assert "Phường Hoàn Kiếm, Hà Nội</textarea>" in page
    assert not AreaStatus.objects.exists()


def test_boxes_and_refusals_of_the_area_form(as_, officer, commune):
    address = "/law/areas/add/"
    assert "Hãy chọn ít nhất một xã, phường" in text(as_(officer).post(address, AREAS))
    as_(officer).post(address, {**AREAS, "units": [commune.code]})
    assert AreaStatus.objects.get().unit == commune
    assert "Đang có dự thảo cùng diện của: Xã Trùng Khánh." in text(
        as_(officer).post(address, {**AREAS, "units": [commune.code]})
    )


def test_the_overview_counts_the_communes_of_each_kind(as_, officer, leader, viewer, commune, other_commune):
    made = actions.draft_areas(officer, "difficult", [commune, other_commune], dt.date(2026, 1, 1))
    actions.adopt_areas(leader, [one.pk for one in made])
    assert "2 xã, phường" in text(as_(viewer).get("/law/eligibility/", {"day": "2026-01-01"}))
    page = text(as_(viewer).get("/law/eligibility/", {"day": "2025-12-31"}))
    assert "2 xã, phường" not in page and "chưa nhập danh sách" in page


def test_verifying_and_ending_from_the_list(as_, officer, leader, person, province, commune):
    made = actions.draft_areas(officer, "difficult", [commune], dt.date(2021, 6, 4))
    actions.adopt_areas(leader, [made[0].pk])
    as_(officer).post("/law/areas/", {"do": "verify", "status": made[0].pk})
    made[0].refresh_from_db()
    assert not made[0].verified, "who drafted it does not verify it"
    another = person("officer", province, "nguoi.doi.chieu")
    as_(another).post("/law/areas/", {"do": "verify", "status": made[0].pk})
    as_(officer).post("/law/areas/", {"do": "end", "status": made[0].pk, "last": "31/12/2025"})
    made[0].refresh_from_db()
    assert made[0].verified
    assert AreaStatus.objects.get(state="draft").valid_to == dt.date(2025, 12, 31)
    for told, data in (
        ("Chưa chọn dòng nào", {"do": "adopt"}),
        ("vừa được người khác", {"do": "end", "last": "31/12/2025", "status": made[0].pk}),
    ):
        assert told in text(as_(officer).post("/law/areas/", data, follow=True))
