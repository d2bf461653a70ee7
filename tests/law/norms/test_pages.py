"""The pages of norms: the table of a day, time lines, the card, the form with its checks, adopting."""

import datetime as dt

import pytest

from khuyencong.core.changed_meanwhile import version_of
from khuyencong.law.models import SupportNorm
from khuyencong.law.norms import actions
from tests.factories.law import make_norm_draft
from tests.law.norms.test_actions import heir, provincial

pytestmark = pytest.mark.django_db

GAP = "Chưa có mức nào được nhập cho thời gian này"


def text(response):
    assert response.status_code in (200, 409), response
    return response.content.decode()


@pytest.fixture
def old():
    """The national norm for machinery."""
    return SupportNorm.objects.get(content__code="machinery", valid_to=None, state="adopted")


def form(old, **fields):
    """What an officer types for a norm that takes over from the old one."""
    values = {
        "content": old.content_id, "variant_name": "", "level": "national", "replaces": old.pk, "takes_over": "yes",
        "percent": "50", "cap": "400.000.000", "per": "establishment", "area": "any", "fund": "any",
        "valid_from": "01/01/2027", "valid_to": "", "document": "28/2018/TT-BTC", "path": "khoản 4 Điều 8",
        "source": "", "note": "", "m-TOTAL_FORMS": 1, "m-INITIAL_FORMS": 0, "m-0-name": "cả dây chuyền công nghệ",
        "m-0-factor": "1,5", "m-0-path": "",
    }  # fmt: skip
    return values | fields


def own(old, **fields):
    """What an officer types for a norm of the province."""
    values = {"level": "provincial", "replaces": "", "document": "23/2025/NQ-HĐND", "path": "", "m-0-name": ""}
    return form(old, **(values | {"m-0-factor": ""} | fields))


# The list


def test_the_norms_of_a_day_with_their_articles(as_, viewer):
    page = text(as_(viewer).get("/law/norms/", {"date": "2023-06-01"}))
    assert "300.000.000 ₫" in page
    assert "nhân 1,5: cả dây chuyền công nghệ" in page
    assert "khoản 4 Điều 8 Thông tư 28/2018/TT-BTC" in page
    assert "chưa xác minh" in page  # the trademark was not compared with the article by anybody
    assert GAP in page  # vocational training has no norm
    assert "Nội dung này được hỗ trợ từ 15/10/2025." in page
    assert "Soạn mức mới" not in page


def test_before_any_norm_every_content_shows_its_gap(as_, viewer):
    page = text(as_(viewer).get("/law/norms/", {"date": "2015-06-01"}))
    assert "28/2018/TT-BTC" not in page
    assert GAP in page


def test_the_table_narrows_to_a_content_and_a_level(as_, viewer):
    page = text(as_(viewer).get("/law/norms/", {"content": "machinery", "level": "provincial"}))
    assert "300.000.000" not in page and GAP in page
    assert "1.000.000.000" not in text(as_(viewer).get("/law/norms/", {"content": "machinery"}))


def test_a_day_that_is_none_is_today(as_, viewer):
    assert "300.000.000 ₫" in text(as_(viewer).get("/law/norms/", {"date": "31/31/2020"}))


def test_gaps_and_overlaps_stand_in_the_time_line(as_, viewer, officer, leader, old):
    page = text(as_(viewer).get("/law/norms/", {"view": "time", "content": "machinery"}))
    assert 'class="gap"' in page and 'class="overlap"' not in page
    assert "từ 05/07/2012 đến hết 07/04/2014" in page
    twin = actions.save_norm(officer, heir(old, replaces=None, cap=200_000_000), [])
    actions.adopt_norm(leader, twin.pk, overlap_seen=True)
    page = text(as_(viewer).get("/law/norms/", {"view": "time", "content": "machinery"}))
    assert 'class="overlap"' in page and "Các mức trùng thời gian" in page


def test_where_the_province_has_none_of_its_own_the_national_one_is_told(as_, viewer, officer, leader, province, old):
    for start, end in ((dt.date(2022, 1, 1), dt.date(2022, 12, 31)), (dt.date(2024, 1, 1), None)):
        draft = provincial(old, province, valid_from=start, valid_to=end)
        actions.adopt_norm(leader, actions.save_norm(officer, draft, []).pk)
    page = text(as_(viewer).get("/law/norms/", {"view": "time", "content": "machinery", "level": "provincial"}))
    assert page.count('class="norm"') == 2
    assert "từ 01/01/2023 đến hết 31/12/2023" in page and "Áp dụng mức chung" in page
    assert 'class="gap"' not in page


def test_drafts_are_listed_for_those_who_work_on_them(as_, officer, leader, viewer):
    make_norm_draft(officer)
    assert "Chờ bạn duyệt" in text(as_(leader).get("/law/norms/"))
    assert "Dự thảo đang chờ duyệt" in text(as_(officer).get("/law/norms/"))
    assert "Dự thảo đang chờ duyệt" not in text(as_(viewer).get("/law/norms/"))


# The card


def test_the_card_tells_the_norm_its_source_and_what_is_in_doubt(as_, viewer, officer, old):
    page = text(as_(viewer).get(f"/law/norms/{old.pk}/"))
    assert "50 % chi phí, tối đa 300.000.000 ₫ một cơ sở" in page
    assert "từ 11/05/2018" in page
    assert "đã được sửa bởi 64/2024/TT-BTC từ năm 2024 (chưa rõ ngày)" in page
    assert "Lịch sử" not in page and "Soạn mức mới" not in page
    assert "Lịch sử" in text(as_(officer).get(f"/law/norms/{old.pk}/"))


def test_a_draft_is_not_for_everybody(as_, viewer, commune_officer, officer):
    draft = make_norm_draft(officer)
    for user in (viewer, commune_officer):
        assert as_(user).get(f"/law/norms/{draft.pk}/").status_code == 404


def test_the_draft_tells_what_adopting_does_to_the_old_norm(as_, leader, officer):
    page = text(as_(leader).get(f"/law/norms/{make_norm_draft(officer).pk}/"))
    assert "Mức cũ (50 % chi phí, tối đa 300.000.000 ₫ một cơ sở) được ghi là áp dụng đến hết 31/12/2026." in page
    assert "Duyệt mức này" in page
    correction = make_norm_draft(officer, takes_over=False)
    assert "bị coi là ghi sai" in text(as_(leader).get(f"/law/norms/{correction.pk}/"))


def test_a_superseded_norm_leads_to_the_one_in_use(as_, viewer, officer, leader, old):
    adopted = actions.adopt_norm(leader, make_norm_draft(officer).pk)
    page = text(as_(viewer).get(f"/law/norms/{old.pk}/"))
    copy = SupportNorm.objects.get(replaces=old, valid_from=old.valid_from)
    assert "Đã được thay" in page and f'href="/law/norms/{copy.pk}/"' in page
    assert f'href="/law/norms/{old.pk}/"' in text(as_(viewer).get(f"/law/norms/{adopted.pk}/"))


# Drafting


def test_the_form_begins_with_a_copy_of_what_it_replaces(as_, officer, old):
    page = text(as_(officer).get("/law/norms/new/", {"replaces": old.pk}))
    for value in (
        'value="50"',
        'value="300.000.000"',
        'value="28/2018/TT-BTC"',
        'value="khoản 4 Điều 8"',
        'value="1,5"',
    ):
        assert value in page
    assert 'name="valid_from" value=' not in page
    corrected = text(as_(officer).get("/law/norms/new/", {"replaces": old.pk, "takes_over": "no"}))
    assert 'value="2018-05-11"' in corrected
    assert '<option value="no" selected>' in corrected


def test_an_officer_drafts_and_a_leader_adopts(as_, officer, leader, old):
    sent = as_(officer).post("/law/norms/new/", form(old))
    draft = SupportNorm.objects.get(state="draft")
    assert sent.url == f"/law/norms/{draft.pk}/"
    assert (draft.cap, draft.percent, draft.path, draft.valid_from) == (400_000_000, 50, "d8.k4", dt.date(2027, 1, 1))
    assert [(one.condition, str(one.factor)) for one in draft.multipliers.all()] == [("whole-line", "1.50")]
    assert not draft.verified
    as_(leader).post(f"/law/norms/{draft.pk}/adopt/", {"version": version_of(draft)})
    draft.refresh_from_db()
    assert (draft.state, draft.adopted_by) == ("adopted", leader)
    history = text(as_(leader).get(sent.url)).split("Lịch sử")[-1]
    assert "đã soạn dự thảo" in history and "đã duyệt" in history


def test_above_the_national_norm_is_told_beside_the_field_and_nothing_is_lost(as_, officer, old):
    page = text(as_(officer).post("/law/norms/new/", own(old, percent="60", cap="350 triệu", note="Ghi chú của tôi")))
    assert "Tỷ lệ 60 % cao hơn mức của Trung ương là 50 % theo khoản 4 Điều 8 Thông tư 28/2018/TT-BTC" in page
    assert "Mức tối đa 350.000.000 ₫ cao hơn mức của Trung ương là 300.000.000 ₫" in page
    assert 'value="350 triệu"' in page and "Ghi chú của tôi" in page
    assert not SupportNorm.objects.filter(state="draft").exists()


def test_a_norm_of_the_province_belongs_to_the_officers_province(as_, officer, province, old):
    as_(officer).post("/law/norms/new/", own(old, percent="40", cap="200 triệu"))
    draft = SupportNorm.objects.get(state="draft")
    assert (draft.province, draft.cap) == (province, 200_000_000)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"percent": "", "cap": ""}, "Ghi tỷ lệ, mức tối đa, hoặc cả hai."),
        ({"percent": "0"}, "Tỷ lệ phải lớn hơn 0."),
        ({"percent": "101"}, "Số này nhiều nhất là 100"),
        ({"cap": "ba trăm triệu"}, "Đọc được “ba trăm triệu”"),
        ({"valid_to": "31/12/2026"}, "Ngày hết áp dụng đứng trước ngày bắt đầu."),
        ({"valid_from": "01/01/2018"}, "mức mới phải bắt đầu sau đó"),
        ({"valid_from": "ngày mai"}, "Đọc được “ngày mai”"),
        ({"document": "99/2099/TT-BTC"}, "Không có văn bản nào mang số “99/2099/TT-BTC”"),
        ({"path": "trang 3"}, "Đọc được “trang 3”"),
        ({"variant_name": "Trường hợp khác"}, "Mức được thay phải cùng nội dung"),
        ({"m-0-factor": ""}, "Ghi hệ số"),
        ({"m-0-name": ""}, "Ghi điều kiện để được nhân"),
        ({"m-0-factor": "0,5"}, "Số này phải từ 1 trở lên"),
    ],
)
def test_what_is_wrong_is_told(as_, officer, old, fields, told):
    page = text(as_(officer).post("/law/norms/new/", form(old, **fields)))
    assert told in page
    assert "field-error" in page and "Chưa lưu được" in page
    assert not SupportNorm.objects.filter(state="draft").exists()


def test_a_condition_is_named_once(as_, officer, old):
    twice = {"m-TOTAL_FORMS": 2, "m-1-name": "Cả dây chuyền công nghệ", "m-1-factor": "2", "m-1-path": ""}
    assert "Điều kiện này đã ghi ở trên." in text(as_(officer).post("/law/norms/new/", form(old, **twice)))


def test_only_the_year_is_known(as_, officer, old):
    as_(officer).post("/law/norms/new/", form(old, valid_from="15/05/2027", by_year="on"))
    draft = SupportNorm.objects.get(state="draft")
    assert (draft.valid_from, draft.valid_from_precision) == (dt.date(2027, 12, 31), "year")


def test_while_one_types(as_, officer, old):
    def told(fields):
        return text(as_(officer).post("/law/norms/check/", fields))

    assert "hệ thống đối chiếu ngay" in told(form(old, valid_from=""))
    fine = told(form(old, document=""))  # the document may come last
    assert "Khi duyệt, mức cũ (50 % chi phí, tối đa 300.000.000 ₫ một cơ sở) áp dụng đến hết 31/12/2026." in fine
    assert "từ 01/01/2027" in fine
    assert "Không lưu được mức này" in told(own(old, percent="60"))
    assert "Không cao hơn mức của Trung ương." in told(own(old, percent="40", cap="200 triệu"))
    overlap = told(form(old, replaces=""))
    assert "Trùng thời gian với mức đang có" in overlap and 'class="overlap"' in overlap
    wrong = told(form(old, level="provincial", cap="350 triệu", valid_to="tháng sau"))
    assert "Mức được thay phải cùng nội dung" in wrong and "Đọc được “tháng sau”" in wrong
    both = told(form(old, level="provincial", cap="350 triệu"))
    assert "Mức được thay phải cùng nội dung" in both and "cao hơn mức của Trung ương" in both
    assert not SupportNorm.objects.filter(state="draft").exists()


def test_lowering_the_national_norm_tells_which_provincial_one_is_left_above(as_, officer, leader, province, old):
    actions.adopt_norm(leader, actions.save_norm(officer, provincial(old, province), []).pk)
    page = text(as_(officer).post("/law/norms/check/", form(old, cap="100 triệu")))
    assert "Mức của tỉnh (50 % chi phí, tối đa 200.000.000 ₫ một cơ sở) sẽ cao hơn mức này" in page


def test_a_draft_changed_meanwhile_keeps_what_was_typed(as_, officer, person, province, old):
    draft = make_norm_draft(officer)
    version = as_(officer).get(f"/law/norms/{draft.pk}/edit/").context["opened"].version
    draft.cap = 390_000_000
    actions.save_norm(person("officer", province, username="colleague"), draft, [])
    address = f"/law/norms/{draft.pk}/edit/"
    page = text(as_(officer).post(address, form(old, cap="380.000.000", version=version)))
    assert "Người khác vừa lưu dự thảo này" in page and 'value="380.000.000"' in page
    draft.refresh_from_db()
    assert draft.cap == 390_000_000
    again = as_(officer).get(address).context["opened"].version
    as_(officer).post(address, form(old, cap="380.000.000", version=again))
    draft.refresh_from_db()
    assert draft.cap == 380_000_000


def test_an_adopted_norm_is_not_edited(as_, officer, old):
    assert as_(officer).get(f"/law/norms/{old.pk}/edit/").url == f"/law/norms/{old.pk}/"


# Adopting


def test_what_changed_since_the_leader_looked_is_not_adopted(as_, officer, leader, old):
    draft = make_norm_draft(officer)
    seen = as_(leader).get(f"/law/norms/{draft.pk}/").context["version"]
    draft.cap = 900_000_000
    actions.save_norm(officer, draft, [])
    told = text(as_(leader).post(f"/law/norms/{draft.pk}/adopt/", {"version": seen}, follow=True))
    assert "Chưa duyệt: dự thảo" in told
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_draft_whose_place_was_taken_says_so(as_, officer, leader, old):
    late = make_norm_draft(officer, cap=500_000_000)
    actions.adopt_norm(leader, make_norm_draft(officer).pk)
    page = text(as_(leader).get(f"/law/norms/{late.pk}/"))
    assert "đã được thay trong lúc chờ duyệt" in page and "Duyệt mức này" not in page


def test_opened_again_it_names_what_stands_there_now(as_, officer, leader, old):
    late = make_norm_draft(officer, cap=500_000_000)
    actions.adopt_norm(leader, make_norm_draft(officer).pk)
    closed = SupportNorm.objects.get(replaces=old, valid_from=old.valid_from)
    page = text(as_(officer).get(f"/law/norms/{late.pk}/edit/"))
    assert f'<option value="{closed.pk}" selected>' in page


def test_a_new_case_gets_a_code_of_its_own(as_, officer, old):
    long = "Trường hợp rất dài mà hai lần chỉ khác nhau ở cuối"
    for number, name in enumerate((f"{long} một", f"{long} hai")):
        as_(officer).post("/law/norms/new/", form(old, replaces="", variant_name=name))
        draft = SupportNorm.objects.filter(state="draft").latest("pk")
        draft.state = "adopted"
        draft.save()
        assert SupportNorm.objects.filter(variant=draft.variant).count() == 1, number
    as_(officer).post("/law/norms/new/", form(old, replaces="", variant_name=f"{long} một", **{"m-0-name": "???"}))
    again = SupportNorm.objects.get(state="draft")
    assert again.variant == SupportNorm.objects.get(variant_name=f"{long} một", state="adopted").variant
    assert again.multipliers.get().condition


def test_an_overlap_is_adopted_with_open_eyes(as_, officer, leader):
    draft = make_norm_draft(officer, replaces=None)
    address = f"/law/norms/{draft.pk}/adopt/"
    assert 'name="overlap_seen"' in text(as_(leader).get(f"/law/norms/{draft.pk}/"))
    assert "Trùng thời gian" in text(as_(leader).post(address, follow=True))
    as_(leader).post(address, {"overlap_seen": "1"})
    draft.refresh_from_db()
    assert draft.state == "adopted"


def test_a_colleague_verifies(as_, officer, person, province):
    draft = make_norm_draft(officer)
    assert "Tôi đã đối chiếu" not in text(as_(officer).get(f"/law/norms/{draft.pk}/"))
    colleague = person("officer", province, username="colleague")
    as_(colleague).post(f"/law/norms/{draft.pk}/verify/")
    draft.refresh_from_db()
    assert draft.verified_by == colleague
    assert "không tự xác minh" in text(as_(officer).post(f"/law/norms/{draft.pk}/verify/", follow=True))


def test_a_draft_is_thrown_away(as_, officer):
    draft = make_norm_draft(officer)
    assert as_(officer).post(f"/law/norms/{draft.pk}/discard/").url == "/law/norms/"
    assert not SupportNorm.objects.filter(pk=draft.pk).exists()
