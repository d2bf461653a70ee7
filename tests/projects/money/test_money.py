"""Money: nothing above contract, ceiling, plan line or advance; every sum agrees to the dong, whatever happens."""

import datetime as dt
import threading
import uuid
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import audit
from khuyencong.planning.models import PlanLine
from khuyencong.projects.models import Contract, Hold, Invoice, Payment, Project
from khuyencong.projects.money import actions as money
from khuyencong.projects.money.actions import choose_line
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.money.rules import Ledger, payment_refusal, recovery_refusal
from khuyencong.projects.proposal.rules import CostLine
from tests.examples import examples
from tests.factories.live import SUPPORT, make_live, with_contract
from tests.factories.plans import make_line

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def project(commune, officer):
    made = make_live(commune, "in-progress")
    with transaction.atomic():
        with_contract(made, officer)
    return made


def advance(user, project, amount, key=None):
    return money.pay(user, project.pk, "advance", amount, DAY, key or uuid.uuid4())


def invoice(user, project, amount=300_000_000, number="0000123"):
    values = {
        "seller_tax_code": "0100109106", "seller": "Công ty Thử", "number": number, "issued_on": DAY, "amount": amount,
    }  # fmt: skip
    return money.add_invoice(user, project.pk, values)


def test_an_advance_moves_every_sum_and_is_recorded(project, officer):
    advance(officer, project, 50_000_000)
    contract, line = Contract.objects.get(), PlanLine.objects.get()
    assert (contract.paid, contract.recovered, line.disbursed) == (50_000_000, 0, 50_000_000)
    assert imbalances() == []
    assert [record.action for record in audit.history(project)[:2]] == ["update", "create"]


@pytest.mark.parametrize(("amount", "told"), [
    (70_000_001, "Chỉ còn tạm ứng được 70.000.000"),
    (100_000_001, "Chỉ còn chi được 100.000.000"),
])  # fmt: skip
def test_too_much_is_refused_with_the_bound(project, officer, amount, told):
    with pytest.raises(ValidationError, match=told):
        advance(officer, project, amount)
    assert not Payment.objects.exists()


def test_the_plan_line_bounds_too(commune, officer):
    made = make_live(commune, "in-progress")
    with transaction.atomic():
        with_contract(made, officer, line_amount=SUPPORT)
        from khuyencong.planning.actions.money import commit_to_line

        commit_to_line(officer, made.plan_line_id, made.pk, 30_000_000)
    with pytest.raises(ValidationError, match="trong dòng kế hoạch"):
        advance(officer, made, 30_000_001)
    advance(officer, made, 30_000_000)


def test_a_payment_needs_invoices_that_cover_it(project, officer):
    with pytest.raises(ValidationError, match="ít nhất một hóa đơn"):
        money.pay(officer, project.pk, "payment", 10, DAY, uuid.uuid4())
    one = invoice(officer, project, 40_000_000)
    with pytest.raises(ValidationError, match=r"cộng lại chỉ có 40\.000\.000"):
        money.pay(officer, project.pk, "payment", 40_000_001, DAY, uuid.uuid4(), invoices=[one.pk])
    payment = money.pay(officer, project.pk, "payment", 40_000_000, DAY, uuid.uuid4(), invoices=[one.pk])
    assert Invoice.objects.get().payment == payment
    with pytest.raises(ValidationError, match="ít nhất một hóa đơn"):
        money.pay(officer, project.pk, "payment", 10, DAY, uuid.uuid4(), invoices=[one.pk])


def test_one_invoice_proves_one_cost_in_any_project(project, commune, officer):
    invoice(officer, project)
    other = make_live(commune, "in-progress", code="DA-2026-0002")
    with pytest.raises(ValidationError, match="đã ghi cho đề án DA-2026-0001"):
        invoice(officer, other)


def test_the_same_form_pays_once(project, officer):
    key = uuid.uuid4()
    assert advance(officer, project, 10_000_000, key) == advance(officer, project, 10_000_000, key)
    assert Contract.objects.get().paid == 10_000_000


def test_recovery_needs_a_reason_and_money_to_come_back(project, officer):
    advance(officer, project, 50_000_000)
    with pytest.raises(ValidationError, match="lý do"):
        money.recover(officer, project.pk, 10, DAY, uuid.uuid4(), " ")
    with pytest.raises(ValidationError, match=r"chỉ đang giữ 50\.000\.000"):
        money.recover(officer, project.pk, 50_000_001, DAY, uuid.uuid4(), "Sai mục đích")
    money.recover(officer, project.pk, 20_000_000, DAY, uuid.uuid4(), "Sai mục đích")
    assert PlanLine.objects.get().disbursed == 30_000_000
    assert imbalances() == []


def test_an_open_hold_stops_payment_until_it_is_lifted(project, officer):
    hold = Hold.objects.create(project=project, reason="Quá hạn khắc phục", blocks_from=DAY, source="finding:1")
    with pytest.raises(ValidationError, match="Quá hạn khắc phục"):
        advance(officer, project, 10)
    hold.lifted_at = "2026-03-11T00:00:00Z"
    hold.save()
    advance(officer, project, 10)


@pytest.mark.parametrize("state", ["draft", "approved", "planned", "suspended", "terminated", "settled", "archived"])
def test_no_money_in_states_where_none_may_flow(project, officer, state):
    Project.objects.filter(pk=project.pk).update(state=state)
    with pytest.raises(ValidationError, match="không chi được"):
        advance(officer, project, 10)


def test_who_may_not_is_refused(project, commune_officer, person, province):
    for user in (commune_officer, person("leader", province), person("viewer", province)):
        with pytest.raises(PermissionDenied):
            advance(user, project, 10)


@pytest.mark.parametrize("broken", [
    {"paid": 100_000_001},
    {"recovered": 1},
    {"paid": -1},
    {"amount": 0},
])  # fmt: skip
def test_the_database_refuses_what_got_past_the_rules(project, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(project=project).update(**broken)


@pytest.mark.parametrize("broken", [{"committed": 500_000_001}, {"disbursed": 100_000_001}, {"disbursed": -1}])
def test_the_database_holds_plan_lines(project, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanLine.objects.filter(pk=project.plan_line_id).update(**broken)


@pytest.mark.parametrize("broken", [
    {"support_amount": 150_000_001, "counterpart": 149_999_999},
    {"total_cost": 1},
    {"counterpart": -1, "total_cost": SUPPORT - 1},
])  # fmt: skip
def test_the_database_holds_the_sums_of_a_project(project, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(**broken)


def test_the_contract_stays_within_support_and_above_what_was_paid(project, officer):
    advance(officer, project, 60_000_000)
    values = {"number": "1", "signed_on": DAY, "advance_percent": 70}
    with pytest.raises(ValidationError, match=r"Nhiều nhất 100\.000\.000"):
        money.record_contract(officer, project.pk, values | {"amount": SUPPORT + 1})
    with pytest.raises(ValidationError, match="không thể thấp hơn"):
        money.record_contract(officer, project.pk, values | {"amount": 59_999_999})
    with pytest.raises(ValidationError, match="Nhiều nhất 70"):
        money.record_contract(officer, project.pk, values | {"amount": SUPPORT, "advance_percent": 71})
    assert money.record_contract(officer, project.pk, values | {"amount": 60_000_000}).paid == 60_000_000


def test_a_line_of_another_fund_or_content_is_refused(commune, officer):
    made = make_live(commune, "approved")
    wrong = make_line(fund="national", name="A", amount=1)
    with pytest.raises(ValidationError, match="không dành cho"):
        choose_line(officer, made.pk, wrong)
    right = make_line(name="B", amount=1)
    assert choose_line(officer, made.pk, right).plan_line == right


def test_balance_finds_a_sum_that_was_tampered_with(project, officer):
    advance(officer, project, 10_000_000)
    Contract.objects.update(paid=9_000_000)
    assert len(imbalances()) == 2
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("projects", "balance", stderr=told)
    assert "đã chi và đã thu hồi: ghi 9000000/0, cộng lại được 10000000/0" in told.getvalue()


def test_balance_says_how_many_contracts_it_compared(project, officer, capsys):
    advance(officer, project, 10_000_000)
    call_command("projects", "balance")
    assert "đã đối chiếu 1 hợp đồng" in capsys.readouterr().out


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["advance", "payment", "recover", "invoice"]), st.integers(1, 130_000_000)),
        max_size=12,
    )
)
def test_whatever_is_tried_the_money_balances(project, officer, tries):
    with transaction.atomic():
        for number, (what, amount) in enumerate(tries):
            try:
                if what == "advance":
                    advance(officer, project, amount)
                elif what == "recover":
                    money.recover(officer, project.pk, amount, DAY, uuid.uuid4(), "Thử")
                elif what == "invoice":
                    invoice(officer, project, amount, str(number))
                else:
                    open_ones = list(project.invoices.filter(payment=None).values_list("pk", flat=True))
                    money.pay(officer, project.pk, "payment", amount, DAY, uuid.uuid4(), invoices=open_ones)
            except ValidationError:
                pass
        contract = Contract.objects.get(project=project)
        assert 0 <= contract.recovered <= contract.paid
        assert contract.paid - contract.recovered <= contract.amount <= project.support_amount
        assert imbalances() == []
        transaction.set_rollback(True)


@pytest.mark.database_free
@given(
    st.builds(
        Ledger,
        contract=st.integers(1, 10**9),
        ceiling=st.none() | st.integers(0, 10**9),
        line_left=st.none() | st.integers(0, 10**9),
        paid=st.integers(0, 10**9),
        recovered=st.just(0),
    ),
    st.integers(-5, 10**9),
)
def test_what_may_be_paid_is_exactly_what_is_left(ledger, amount):
    allowed = payment_refusal(ledger, amount) is None
    assert allowed == (0 < amount <= ledger.left)
    assert (recovery_refusal(ledger, amount) is None) == (0 < amount <= ledger.net)


@pytest.mark.database_free
@pytest.mark.parametrize(
    ("thousandths", "price", "amount"), [(1000, 7, 7), (1500, 3, 5), (333, 1000, 333), (1, 499, 0)]
)
def test_a_cost_line_rounds_half_up(thousandths, price, amount):
    assert CostLine(thousandths, price).amount == amount


@pytest.mark.django_db(transaction=True)
def test_twenty_pay_at_once_and_the_contract_holds(commune, officer):
    project = make_live(commune, "in-progress")
    with transaction.atomic():
        with_contract(project, officer)
    same, told, paid = uuid.uuid4(), [], []

    def work(number):
        try:
            key = same if number % 2 else uuid.uuid4()
            paid.append(advance(officer, project, 30_000_000, key).pk)
        except ValidationError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(paid) + len(told) == 20
    assert Payment.objects.count() == 2 and Contract.objects.get().paid == 60_000_000
    assert all("Chỉ còn tạm ứng được" in one for one in told)
    assert imbalances() == [] and audit.verify().broken is None


def test_the_form_keeps_what_was_typed_and_tells_the_bound(project, officer_client):
    address = reverse("projects:payment", args=[project.pk])
    form = officer_client.get(address).context["form"]
    sent = {"kind": "advance", "amount": "80.000.000", "paid_on": "10/03/2026", "key": str(form["key"].value())}
    page = officer_client.post(address, sent).content.decode()
    assert "Chỉ còn tạm ứng được 70.000.000" in page and "80.000.000" in page
    sent["amount"] = "70 triệu"
    assert officer_client.post(address, sent).status_code == 302
    tab = officer_client.get(reverse("projects:card", args=[project.pk]) + "?tab=money").content.decode()
    assert "30.000.000" in tab


def test_a_viewer_sees_the_money_but_no_buttons(project, person, province):
    client = Client()
    client.force_login(person("viewer", province))
    page = client.get(reverse("projects:card", args=[project.pk]) + "?tab=money").content.decode()
    assert "05/HĐKC" in page and "Chi tiền" not in page
