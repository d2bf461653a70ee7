"""Writing down projects that ran before this system, by form and from a file: state, days, contract, payment."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditRecord
from khuyencong.core.tables.planning import Decision
from khuyencong.imports import actions as importing
from khuyencong.imports.batches.actions import bring as bring_in
from khuyencong.law.models import ActivityType
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Contract, Payment, Project, Step
from khuyencong.projects.past.actions import records as actions
from khuyencong.projects.past.actions.writing import Told
from khuyencong.projects.past.rules import Event
from tests.factories.establishments import make_establishment
from tests.factories.sheets import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

MACHINERY = "Ứng dụng máy móc, thiết bị tiên tiến; chuyển giao công nghệ"
ROW = {
    "Số đề án": "DA-1",
    "Tên đề án": "Máy sấy miến dong",
    "Cơ sở thụ hưởng": "CB-00001",
    "Nội dung hỗ trợ": MACHINERY,
    "Nguồn kinh phí": "Khuyến công địa phương",
    "Năm nghiệm thu": 2019,
    "Kinh phí hỗ trợ": 150_000_000,
    "Vốn đối ứng": 250_000_000,
    "Tổng kinh phí": 420_000_000,
}
PAST = {
    "Ngày phê duyệt": "12/03/2019",
    "Ngày ký hợp đồng": dt.date(2019, 4, 5),
    "Ngày nghiệm thu": "20/9/2019",
    "Ngày quyết toán": "15/12/2019",
    "Vốn lồng ghép": 20_000_000,
    "Số hợp đồng": "03/HĐKC-2019",
    "Số tiền đã chi": 150_000_000,
}
DAYS = {
    Event.APPROVED: dt.date(2019, 3, 12),
    Event.CONTRACTED: dt.date(2019, 4, 5),
    Event.ACCEPTED: dt.date(2019, 9, 20),
    Event.SETTLED: dt.date(2019, 12, 15),
}


@pytest.fixture
def home(commune):
    return make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001")


@pytest.fixture
def bring(tmp_path, officer, home):
    """Plan one row, or bring it in."""

    def do(confirm=True, **cells):
        row = ROW | cells
        path = tmp_path / "de-an.xlsx"
        path.write_bytes(xlsx(tuple(row), tuple(row.values())))
        if confirm:
            return bring_in("projects", path, officer, importing.Choice(default=Decision.SKIP), lambda *_: None)
        return importing.plan_file("projects", path, officer).rows[0]

    return do


def told(planned):
    return {problem.column: problem.message for problem in planned.problems}


def test_a_row_with_its_days_becomes_steps_contract_and_payment(bring, officer):
    bring(**PAST)
    made = Project.objects.get()
    assert (made.state, made.accepted_on, made.blended) == ("archived", DAYS[Event.ACCEPTED], 20_000_000)
    assert [(step.transition, step.day, step.recorded) for step in made.steps.all()] == [
        ("approve", DAYS[Event.APPROVED], True),
        ("contract", DAYS[Event.CONTRACTED], True),
        ("accept", DAYS[Event.ACCEPTED], True),
        ("settle", DAYS[Event.SETTLED], True),
    ]
    contract = made.contract
    assert (contract.number, contract.signed_on, contract.amount) == ("03/HĐKC-2019", dt.date(2019, 4, 5), 150_000_000)
    payment = contract.payments.get()
    assert (payment.amount, payment.paid_on, contract.paid) == (150_000_000, DAYS[Event.SETTLED], 150_000_000)
    assert made.blended_funding.get().amount == 20_000_000
    assert {entry.subject_type for entry in AuditRecord.objects.all()} == {
        "projects.project",
        "establishments.establishment",
        "projects.step",
        "reports.importbatch",
    }
    assert audit.verify().broken is None


def test_the_same_row_again_changes_nothing_and_a_new_day_is_told_and_written(bring):
    bring(**PAST)
    records = AuditRecord.objects.count()
    again = bring(confirm=False, **PAST)
    assert (again.fate.value, again.changes) == ("unchanged", [])
    assert AuditRecord.objects.count() == records
    later = PAST | {"Ngày quyết toán": "20/12/2019"}
    assert bring(confirm=False, **later).changes == [("Ngày quyết toán", "15/12/2019", "20/12/2019")]
    bring(**later)
    assert Project.objects.get().steps.get(transition="settle").day == dt.date(2019, 12, 20)
    assert Step.objects.count() == 4
    assert Payment.objects.count() == 1
    assert audit.verify().broken is None


def test_what_a_later_file_leaves_blank_stays(bring):
    bring(**PAST)
    bring(**{"Tên đề án": "Máy sấy miến dong, đổi tên"})
    made = Project.objects.get()
    assert made.title == "Máy sấy miến dong, đổi tên"
    assert (made.steps.count(), made.contract.paid, made.blended) == (4, 150_000_000, 20_000_000)


def test_more_paid_is_one_more_payment_and_less_is_refused(bring):
    bring(**PAST | {"Số tiền đã chi": 100_000_000})
    bring(**PAST)
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [50_000_000, 100_000_000]
    assert Contract.objects.get().paid == 150_000_000
    refused = bring(confirm=False, **PAST | {"Số tiền đã chi": 90_000_000})
    assert told(refused) == {"Số tiền đã chi": "cần ít nhất 150.000.000 ₫ đã ghi; muốn giảm thì ghi thu hồi"}


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({}, "archived"),
        ({"Năm nghiệm thu": clock.today().year}, "monitored"),
        ({"Năm nghiệm thu": ""}, "draft"),
        ({"Năm nghiệm thu": "", "Ngày phê duyệt": "12/03/2019"}, "approved"),
        ({"Năm nghiệm thu": "", "Ngày ký hợp đồng": "12/03/2019"}, "contracted"),
        ({"Năm nghiệm thu": "", "Ngày nghiệm thu": "20/09/2019"}, "archived"),
        ({"Trạng thái": "Đã quyết toán"}, "settled"),
        ({"Trạng thái": "terminated", "Năm nghiệm thu": ""}, "terminated"),
    ],
)
def test_the_state_is_told_or_follows_from_the_days(bring, cells, state):
    bring(**cells)
    made = Project.objects.get()
    assert made.state == state
    assert made.due_on is None


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"Ngày phê duyệt": "hôm qua"}, "Ngày phê duyệt", "một ngày, ví dụ 15/10/2025"),
        ({"Ngày quyết toán": "31/12/2190"}, "Ngày quyết toán", "cần một ngày đã đến"),
        ({"Ngày phê duyệt": "12/03/2019", "Ngày ký hợp đồng": "11/03/2019"}, "Ngày ký hợp đồng", "không sớm hơn"),
        ({"Ngày nghiệm thu": "20/09/2018"}, "Năm nghiệm thu", "năm của ngày nghiệm thu"),
        ({"Trạng thái": "Đã giao kế hoạch"}, "Năm nghiệm thu", "chưa nghiệm thu"),
        ({"Trạng thái": "Đã nghiệm thu", "Năm nghiệm thu": ""}, "Năm nghiệm thu", "cần năm nghiệm thu"),
        ({"Vốn lồng ghép": 1_000_000}, "Vốn lồng ghép", "cần bằng tổng kinh phí trừ"),
        ({"Số hợp đồng": "3"}, "Ngày ký hợp đồng", "cần ngày ký"),
        ({"Số tiền đã chi": 5_000_000}, "Số hợp đồng", "cần số hợp đồng"),
        ({"Số hợp đồng": "X" * 61}, "Số hợp đồng", "nhiều nhất 60"),
        (PAST | {"Số tiền đã chi": 150_000_001}, "Số tiền đã chi", "không quá kinh phí hỗ trợ"),
    ],
)
def test_what_cannot_be_is_told_by_its_cell(bring, cells, column, message):
    planned = bring(confirm=False, **cells)
    assert planned.fate.value == "error"
    assert message in told(planned)[column]


def test_a_project_that_runs_here_is_not_rewritten_from_a_file(bring, officer):
    bring(**{"Năm nghiệm thu": ""})
    Project.objects.update(drafted_by=officer)
    refused = bring(confirm=False, **{"Năm nghiệm thu": "", "Kinh phí hỗ trợ": 1_000_000, "Tổng kinh phí": 251_000_000})
    assert set(told(refused)) == {"Kinh phí hỗ trợ", "Tổng kinh phí"}
    noted = {"Năm nghiệm thu": "", "Ghi chú": "hồ sơ giấy ở kho 2"}
    assert bring(confirm=False, **noted).fate.value == "changed"
    bring(**noted)
    assert Project.objects.get().note == "hồ sơ giấy ở kho 2"


@pytest.fixture
def values():
    return {
        "code": "DA-1",
        "title": "Máy sấy",
        "activity": ActivityType.objects.get(code="machinery"),
        "fund": "national",
        "accepted_year": None,
        "support_amount": 150,
        "counterpart": 250,
        "total_cost": 420,
    }


def test_a_national_project_was_approved_by_the_ministry(officer, home, values):
    made = actions.add_project(officer, values, [home], Told(None, DAYS, None, "3", 150))
    assert made.steps.first().transition == "approve-national"
    assert (made.accepted_year, made.blended, made.contract.paid) == (2019, 20, 150)


def test_a_form_that_leaves_a_day_empty_takes_it_back_and_a_contract_stays(officer, home, values):
    made = actions.add_project(officer, values, [home], Told(None, DAYS, None, "3", 150))
    fewer = {event: day for event, day in DAYS.items() if event is not Event.SETTLED}
    actions.change_project(officer, made.pk, values, [home], version_of(made), Told(None, fewer))
    made.refresh_from_db()
    assert [step.transition for step in made.steps.all()] == ["approve-national", "contract", "accept"]
    assert (made.contract.number, made.contract.paid) == ("3", 150)


def test_refusals_name_the_field(officer, home, values):
    with pytest.raises(ValidationError) as refused:
        actions.add_project(officer, values, [home], Told(State.SETTLED, {}, 21, "3", 151))
    assert set(refused.value.message_dict) == {"accepted_year", "blended", "contracted_on", "paid"}
    assert not Project.objects.exists()


def test_the_form_keeps_what_was_typed_and_shows_what_is_known(officer_client, home):
    typed = {
        "code": "DA-1",
        "title": "Máy sấy",
        "activity": str(ActivityType.objects.get(code="machinery").pk),
        "fund": "local",
        "beneficiaries": "CB-00001",
        "support_amount": "150.000.000",
        "counterpart": "250.000.000",
        "total_cost": "420.000.000",
        "state": "",
        "approved_on": "2019-03-12",
        "contracted_on": "2019-03-11",
        "accepted_on": "2019-09-20",
        "contract_number": "03/HĐKC",
        "paid": "150 triệu",
    }
    response = officer_client.post("/projects/add/", typed)
    assert response.context["form"].errors == {"contracted_on": ["Cần một ngày không sớm hơn ngày của bước trước"]}
    assert "03/HĐKC" in response.content.decode()
    officer_client.post("/projects/add/", typed | {"contracted_on": "2019-04-05"})
    made = Project.objects.get()
    assert (made.accepted_year, made.state, made.contract.paid) == (2019, "archived", 150_000_000)
    address = f"/projects/{made.pk}/edit/"
    page = officer_client.get(address)
    form = page.context["form"]
    assert form["approved_on"].value() == dt.date(2019, 3, 12)
    assert 'value="150.000.000"' in page.content.decode()
    kept = typed | {"contracted_on": "2019-04-05", "state": "archived", "version": page.context["opened"].version}
    assert officer_client.post(address, kept).status_code == 302
    assert made.steps.count() == 3


def test_a_project_that_runs_here_is_not_rewritten_by_form(officer, officer_client, home, values):
    made = actions.add_project(officer, values, [home])
    Step.objects.create(
        project=made, position=1, transition="submit", source="draft", target="submitted",
        taken_by=officer, taken_at=clock.now(), day=clock.today(),
    )  # fmt: skip
    response = officer_client.get(f"/projects/{made.pk}/edit/", follow=True)
    assert "đang chạy trong hệ thống" in response.content.decode()
    with pytest.raises(ValidationError, match="đang chạy trong hệ thống"):
        actions.change_project(officer, made.pk, values, [home], version_of(made))
