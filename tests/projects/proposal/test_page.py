"""The page of a proposal: what the system says while one types, and without scripts; what is kept, what is refused."""

import datetime as dt

import pytest
from django.test import Client

from khuyencong.core import clock
from khuyencong.core.models import FormDraft
from khuyencong.law.models import ActivityType, EligibleGroup, Record, SupportNorm
from khuyencong.projects.lifecycle.table import BY_NAME, Guard
from khuyencong.projects.models import Attachment, CostLine, Project
from khuyencong.projects.proposal.actions import Content, change_proposal, version_of
from khuyencong.projects.proposal.asked import ceiling_of
from khuyencong.projects.proposal.forms.editor import Editor
from khuyencong.projects.steps.actions import take_step
from khuyencong.projects.steps.situation import obstacles
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

PROPOSE, CHECK, PICKS = "/projects/propose/", "/projects/propose/check/", "/projects/propose/picks/"


@pytest.fixture
def home(commune):
    group = EligibleGroup.objects.get(code="agro-processing")
    return make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", eligible_group=group)


@pytest.fixture
def second(commune):
    group = EligibleGroup.objects.get(code="agro-processing")
    return make_establishment(commune, "Miến dong Đàm Thủy", "CB-00002", eligible_group=group)


@pytest.fixture
def abroad(other_commune):
    return make_establishment(other_commune, "Mộc Thục Phán", "CB-00003")


@pytest.fixture
def client(commune_officer):
    client = Client()
    client.force_login(commune_officer)
    return client


@pytest.fixture
def province_client(officer):
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def typed(home):
    return {
        "title": "Hỗ trợ máy sấy  miến dong", "activity": ActivityType.objects.get(code="machinery").pk,
        "fund": "local", "beneficiaries": [home.pk], "goals": "Sấy được cả mùa mưa.", "scope": "Một máy sấy.",
        "starts_on": "01/04/2026", "ends_on": "30/09/2026", "support_amount": "140 triệu",
        "counterpart": "120.000.000", "expected_jobs": "1.200", "expected_revenue": "2 tỷ",
        "lines-0-name": "Máy sấy", "lines-0-unit": "cái", "lines-0-quantity": "1", "lines-0-unit_price": "260.000.000",
        "lines-4-name": "Lắp đặt", "lines-4-unit": "gói", "lines-4-quantity": "1,5",
        "lines-4-unit_price": "20.000.000", "blended-0-programme": "new-rural", "blended-0-amount": "30.000.000",
    }  # fmt: skip


def text(response):
    return response.content.decode()


def errors(response):
    return {name: " ".join(told) for name, told in response.context["form"].errors.items()}


def test_what_was_written_is_kept_as_it_was_written(client, typed):
    sent = typed | {"draft_key": "proposal:new", "draft_token": "t"}
    page = text(client.post(PROPOSE, sent, follow=True))
    made = Project.objects.get()
    assert (made.title, made.state) == ("Hỗ trợ máy sấy miến dong", "draft")
    assert (made.support_amount, made.counterpart, made.blended, made.total_cost) == (
        140_000_000, 120_000_000, 30_000_000, 290_000_000,
    )  # fmt: skip
    assert (made.expected_jobs, made.expected_revenue, made.expected_tax) == (1200, 2_000_000_000, None)
    assert (made.starts_on, made.ends_on) == (dt.date(2026, 4, 1), dt.date(2026, 9, 30))
    assert [one.amount for one in made.cost_lines.all()] == [260_000_000, 30_000_000]
    for shown in (
        f"Đã lập đề án số {made.code}.",
        "Máy sấy",
        "1,5",
        "290.000.000 ₫",
        "Lồng ghép: Xây dựng nông thôn mới",
    ):
        assert shown in page, shown
    assert FormDraft.objects.get(key="proposal:new").data == {"saved": "t"}


def test_an_unfinished_proposal_is_kept_too(client, home):
    activity = ActivityType.objects.get(code="machinery").pk
    sent = {"title": "Mới có tên", "activity": activity, "fund": "local", "beneficiaries": home.pk, "stay": "yes"}
    response = client.post(PROPOSE, sent)
    made = Project.objects.get()
    assert response.url == f"/projects/{made.pk}/proposal/"
    assert (made.support_amount, made.total_cost, made.cost_lines.count()) == (0, 0, 0)


WRONG = {
    "title": ("", "bắt buộc"),
    "activity": ("", "bắt buộc"),
    "fund": ("khac", "khac"),
    "support_amount": ("nhiều", "nhiều"),
    "ends_on": ("31/03/2026", "sớm hơn ngày bắt đầu (01/04/2026)"),
    "expected_jobs": ("-2", "0"),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_is_named_and_all_that_was_typed_stays(client, typed, field):
    value, told = WRONG[field]
    response = client.post(PROPOSE, typed | {field: value, "note": "ghi chú dài"})
    assert response.status_code == 200
    assert set(errors(response)) == {field}
    assert told in errors(response)[field]
    page = text(response)
    for stays in ("ghi chú dài", "Miến dong Hồng Ngự", 'value="260.000.000"', 'value="30.000.000"', "Lắp đặt"):
        assert stays in page, stays
    assert not Project.objects.exists()


def test_a_wrong_row_is_named_by_its_place(client, typed):
    page = text(client.post(PROPOSE, typed | {"lines-4-quantity": "nhiều", "blended-0-amount": ""}))
    assert "Dòng 2, Số lượng" in page
    assert "Dòng 1, Số tiền" in page
    assert 'value="nhiều"' in page
    assert not Project.objects.exists()


def test_a_proposal_is_for_somebody_within_reach(client, typed, abroad):
    assert "Cần ít nhất một cơ sở thụ hưởng." in text(client.post(PROPOSE, typed | {"beneficiaries": []}))
    for key in (abroad.pk, 999_999, "9" * 30, "x"):
        response = client.post(PROPOSE, typed | {"beneficiaries": [key]})
        assert not Project.objects.exists(), key
        assert response.status_code == 200
        assert "Mộc Thục Phán" not in text(response)


def test_the_page_says_while_one_types_what_the_law_says(client, typed, home):
    page = text(client.post(CHECK, typed))
    assert "Đủ điều kiện</strong>: Miến dong Hồng Ngự" in page
    assert "145.000.000 ₫" in page, "half of the estimate of 290 million"
    assert "Đề nghị 140.000.000 ₫, còn dưới mức tối đa 5.000.000 ₫." in page
    assert "khoản 4 Điều 8" in page
    assert "Không thấy đề án nào khác" in page
    assert "Dự toán và các nguồn đều là 290.000.000 ₫: khớp đến đồng." in page
    assert "Đơn đăng ký, cam kết đối ứng: chưa có, đưa lên sau khi lưu" in page
    assert "Tờ trình sẽ để trống" not in page
    for row, amount in (("lines-0-amount", "260.000.000 ₫"), ("lines-4-amount", "30.000.000 ₫")):
        assert f'<output id="{row}" hx-swap-oob="true">{amount}</output>' in page
    above = text(client.post(CHECK, typed | {"support_amount": "145.000.001", "counterpart": "114.999.998"}))
    assert "Đề nghị 145.000.001 ₫, vượt mức tối đa 1 ₫." in above
    assert "còn thiếu 1 ₫" in above
    assert not Project.objects.exists(), "nothing is saved by looking"


def test_what_the_page_says_is_what_the_step_will_say(client, officer, typed, home, second):
    """The live panel and the guards of the submission see one and the same."""
    cases = {
        "good": typed,
        "above": typed | {"support_amount": "200.000.000", "counterpart": "60.000.000"},
        "gap": typed | {"counterpart": "1"},
        "two": typed | {"beneficiaries": [home.pk, second.pk]},
    }
    today = clock.today()
    for name, sent in cases.items():
        told = client.post(CHECK, sent).context
        client.post(PROPOSE, sent)
        made = Project.objects.latest("pk")
        failing = {one.guard for one in obstacles(made, today, BY_NAME["submit"].guards)}
        assert told["check"].ceiling == ceiling_of(made, today) or name == "gap"
        assert (Guard.WITHIN_CEILING in failing) == (not told["check"].within) or name == "gap"
        assert (Guard.COSTS_ADD_UP in failing) == (not told["balanced"])
        assert Guard.ELIGIBLE not in failing
        made.delete()


def test_the_content_brings_its_questions_along(client, typed):
    first = client.post(CHECK, typed | {"options_of": "/"})
    assert 'id="norm-options" hx-swap-oob="true"' in text(first)
    assert "cả dây chuyền công nghệ" in text(first)
    mark = first.context["editor"].form.options_of
    again = text(client.post(CHECK, typed | {"options_of": mark}))
    assert 'id="norm-options"' not in again, "nobody who is typing there is disturbed"
    dear = {"lines-0-unit_price": "2.000.000.000", "support_amount": "1"}
    assert "300.000.000 ₫" in text(client.post(CHECK, typed | dear))
    assert "450.000.000 ₫" in text(client.post(CHECK, typed | dear | {"conditions": ["whole-line", "lạ"]}))
    client.post(PROPOSE, typed | {"conditions": ["whole-line", "lạ"]})
    assert Project.objects.get().conditions == ["whole-line"]
    model = ActivityType.objects.get(code="demonstration-model").pk
    asked = client.post(CHECK, typed | {"activity": model, "variant": "already-effective", "units": "2"})
    assert "Mô hình của cơ sở đang hoạt động có hiệu quả" in text(asked)
    assert asked.context["check"].ceiling.amount == 200_000_000, "two models of a hundred million each at most"
    client.post(PROPOSE, typed | {"activity": model, "variant": "lạ"})
    assert Project.objects.latest("pk").variant == "", "the first case where the one told is none"


def test_a_cap_for_each_establishment_counts_those_that_were_picked(client, typed, home, second):
    dear = {"lines-0-unit_price": "5 tỷ", "beneficiaries": [home.pk, second.pk], "units": "7"}
    assert client.post(CHECK, typed | dear).context["check"].ceiling.amount == 600_000_000
    client.post(PROPOSE, typed | dear)
    assert Project.objects.get().units == 2


def test_what_is_not_in_force_is_said_and_where_it_is(client, typed):
    SupportNorm.objects.filter(content__code="machinery").update(state=Record.State.DRAFT)
    page = text(client.post(CHECK, typed))
    assert "Hôm nay không có mức hỗ trợ nào đang có hiệu lực cho nội dung này." in page


def test_an_establishment_that_does_not_qualify_is_named_with_the_article(client, typed, home):
    home.status = "closed"
    home.save()
    page = text(client.post(CHECK, typed))
    assert "Không đủ điều kiện</strong>: Miến dong Hồng Ngự" in page
    assert "Đang tạm ngừng hoặc đã ngừng hoạt động" in page
    assert "45/2012/NĐ-CP" in page


def test_double_funding_is_seen_before_anything_is_saved(client, officer, typed, home, second):
    trademark = ActivityType.objects.get(code="trademark")
    for establishment, activity, state, seen in (
        (home, "machinery", "submitted", "Đề án trước (DA-2024-1)"),
        (home, trademark.code, "settled", "Máy sấy, trong đề án DA-2024-1"),
        (home, "machinery", "draft", ""),
        (home, "machinery", "terminated", ""),
        (second, "machinery", "settled", ""),
    ):
        kind = ActivityType.objects.get(code=activity)
        other = make_project(
            establishment, code="DA-2024-1", title="Đề án trước", year=None, activity=kind, state=state
        )
        CostLine.objects.create(project=other, name="MÁY SẤY", unit="cái", quantity=1, unit_price=1, amount=1)
        CostLine.objects.filter(project=other).update(name="Máy  sấy")
        page = text(client.post(CHECK, typed))
        assert ("Đã được hỗ trợ cùng nội dung" in page) == bool(seen), (activity, state)
        assert " ".join(seen.split()) in " ".join(page.split())
        other.delete()


def test_establishments_are_looked_for_without_marks_and_only_within_reach(
    client, province_client, home, second, abroad
):
    found = text(client.post(PICKS, {"words": "mien dong", "beneficiaries": [home.pk]}))
    assert f'name="pick" value="{second.pk}"' in found
    assert f'name="pick" value="{home.pk}"' not in found, "it is there already"
    assert f'name="pick" value="{abroad.pk}"' not in text(client.post(PICKS, {"words": "thuc phan"}))
    assert f'name="pick" value="{abroad.pk}"' in text(province_client.post(PICKS, {"words": "thuc phan"}))
    for words, shown in (("<i>zz", "&lt;i&gt;zz"), ("?!", "?!")):
        assert f"Không có cơ sở nào khớp với “{shown}”." in text(client.post(PICKS, {"words": words}))
    picked = text(client.post(PICKS, {"pick": second.pk, "beneficiaries": [home.pk]}))
    for one in (home, second):
        assert f'name="beneficiaries" value="{one.pk}"' in picked
    dropped = text(client.post(PICKS, {"drop": home.pk, "beneficiaries": [home.pk, second.pk]}))
    assert f'name="beneficiaries" value="{home.pk}"' not in dropped
    stolen = text(client.post(PICKS, {"pick": abroad.pk}))
    assert "Mộc Thục Phán" not in stolen


def test_without_scripts_the_same_buttons_work_and_save_nothing(client, typed, second):
    found = client.post(PROPOSE, typed | {"find": "yes", "words": "dam thuy"})
    assert f'name="pick" value="{second.pk}"' in text(found)
    assert "Đủ điều kiện</strong>: Miến dong Hồng Ngự" in text(found), "the checks stand on the page itself"
    picked = client.post(PROPOSE, typed | {"pick": second.pk})
    assert f'name="beneficiaries" value="{second.pk}"' in text(picked)
    rows = client.post(PROPOSE, {"rows": "lines", "lines-0-name": "Mới gõ tên"})
    assert text(rows).count('name="lines-1-name"') == 1, "one more row to write in"
    for response in (found, picked, rows):
        assert response.status_code == 200
        assert "Chưa lưu được" not in text(response)
    assert not Project.objects.exists()


def test_a_saved_proposal_opens_as_it_is_and_changes(client, typed):
    client.post(PROPOSE, typed)
    made = Project.objects.get()
    address = f"/projects/{made.pk}/proposal/"
    page = client.get(address)
    for shown in ('value="140.000.000"', 'value="1,5"', "Miến dong Hồng Ngự", "145.000.000 ₫", 'value="1.200"'):
        assert shown in text(page), shown
    sent = typed | {
        "version": page.context["opened"].version,
        "lines-4-name": "",
        "lines-4-unit": "",
        "lines-4-quantity": "",
    }
    sent |= {"lines-4-unit_price": "", "blended-0-programme": "", "blended-0-amount": "", "project": made.pk}
    assert client.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert (made.total_cost, made.cost_lines.count(), made.blended_funding.count()) == (260_000_000, 1, 0)


def test_who_comes_second_keeps_what_was_typed(client, officer, typed):
    client.post(PROPOSE, typed)
    made = Project.objects.get()
    address = f"/projects/{made.pk}/proposal/"
    version = client.get(address).context["opened"].version
    today = clock.today()
    content = Editor(officer, today, project=made)
    kept = content.form
    values = {name: kept.get_initial_for_field(field, name) for name, field in kept.fields.items()}
    values |= {"activity": made.activity, "responsible": None, "goals": "Của người trước"}
    change_proposal(officer, made.pk, Content(values, tuple(made.establishments.all())), version)
    response = client.post(address, typed | {"version": version, "note": "ghi chú dài"})
    assert response.status_code == 409
    assert "Người khác vừa lưu đề án này" in text(response)
    assert "ghi chú dài" in text(response)
    assert Project.objects.get().goals == "Của người trước"
    assert response.context["opened"].version == version_of(Project.objects.get())
    assert client.post(address, typed | {"version": response.context["opened"].version}).status_code == 302


def test_handed_in_while_somebody_was_typing(client, officer, commune_officer, typed):
    client.post(PROPOSE, typed)
    made = Project.objects.get()
    address = f"/projects/{made.pk}/proposal/"
    version = client.get(address).context["opened"].version
    Attachment.objects.create(
        project=made, kind="registration", file="x", name="don.pdf", content_type="application/pdf", size=1,
        sha256="0", uploaded_at=clock.now(),
    )  # fmt: skip
    take_step(commune_officer, made.pk, "submit")
    response = client.post(address, typed | {"version": version, "goals": "Gõ muộn"})
    assert "Những gì bạn gõ vẫn còn ở dưới." in text(response)
    assert "Gõ muộn" in text(response)
    assert Project.objects.get().goals == "Sấy được cả mùa mưa."
    opened = client.get(address, follow=True)
    assert opened.redirect_chain[-1][0] == f"/projects/{made.pk}/"
    assert "bạn không sửa được nội dung" in text(opened)


def test_an_adjustment_shows_what_is_fixed(province_client, client, typed):
    client.post(PROPOSE, typed)
    made = Project.objects.get()
    Project.objects.filter(pk=made.pk).update(state="adjusted")
    address = f"/projects/{made.pk}/proposal/"
    assert client.get(address).status_code == 302, "a change under a contract is the province's"
    page = province_client.get(address)
    assert "không đổi được cơ sở thụ hưởng" in text(page)
    assert page.context["form"].fields["fund"].disabled
    sent = typed | {"version": page.context["opened"].version, "fund": "national", "counterpart": "130.000.000"}
    assert province_client.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert (made.fund, made.counterpart) == ("local", 130_000_000)
