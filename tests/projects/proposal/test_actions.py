"""Writing and changing a proposal: who may, what is kept, what is told, what the other one who saves is told."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuyencong.core import audit, clock
from khuyencong.core.models import AuditRecord
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.models import ActivityType
from khuyencong.people.models import RoleGrant
from khuyencong.projects.lifecycle.table import EDITABLE, State
from khuyencong.projects.models import BlendedFunding, CostLine, Project, Survey
from khuyencong.projects.proposal.actions import Blended, Content, Line, change_proposal, propose, version_of
from tests.factories.establishments import make_establishment

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

YEAR = clock.today().year


@pytest.fixture
def home(commune):
    return make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001")


@pytest.fixture
def abroad(other_commune):
    return make_establishment(other_commune, "Mộc Thục Phán", "CB-00002")


@pytest.fixture
def content(home):
    values = {
        "title": "Hỗ trợ máy sấy miến dong",
        "activity": ActivityType.objects.get(code="machinery"),
        "fund": "local",
        "support_amount": 150_000_000,
        "counterpart": 130_000_000,
    }
    lines = (
        Line("Máy sấy", "cái", Decimal(1), 280_000_000, "Báo giá 12/3"),
        Line("Lắp đặt", "gói", Decimal("1.5"), 20_000_000),
    )
    return Content(values, (home,), lines, (Blended("new-rural", 30_000_000, "nhà xưởng"),))


def subjects():
    return [(one.action, one.object_type, one.subject_type) for one in AuditRecord.objects.order_by("seq")]


def test_a_proposal_begins_as_a_draft_under_the_next_number_with_the_sum_of_its_sources(commune_officer, content, home):
    made = propose(commune_officer, content)
    made.refresh_from_db()
    assert (made.code, made.state, made.drafted_by) == (f"DA-{YEAR}-0001", "draft", commune_officer)
    assert (made.blended, made.total_cost) == (30_000_000, 310_000_000)
    assert [(one.name, one.quantity, one.amount) for one in made.cost_lines.all()] == [
        ("Máy sấy", Decimal(1), 280_000_000),
        ("Lắp đặt", Decimal("1.500"), 30_000_000),
    ]
    assert [(one.programme_id, one.name, one.amount) for one in made.blended_funding.all()] == [
        ("new-rural", "nhà xưởng", 30_000_000)
    ]
    assert subjects() == [
        ("create", "projects.project", "projects.project"),
        ("create", "projects.project", "establishments.establishment"),
        ("create", "projects.costline", "projects.project"),
        ("create", "projects.costline", "projects.project"),
        ("create", "projects.blendedfunding", "projects.project"),
    ]
    assert audit.verify().broken is None


def test_numbers_go_on_from_the_highest_of_the_year_whatever_else_is_there(officer, content):
    for code in (f"DA-{YEAR}-0041", f"da-{YEAR}-0007", f"DA-{YEAR}-cũ", f"DA-{YEAR - 1}-0900", f"DA-{YEAR}-9999999"):
        Project.objects.create(
            code=code, title=code, fund="local", activity=content.values["activity"], support_amount=0, counterpart=0,
            total_cost=0,
        )  # fmt: skip
    assert [propose(officer, content).code for _ in range(2)] == [f"DA-{YEAR}-0042", f"DA-{YEAR}-0043"]


def test_a_change_keeps_the_rows_that_stay_and_tells_what_changed(officer, content):
    made = propose(officer, content)
    keys = list(made.cost_lines.values_list("pk", flat=True))
    before = AuditRecord.objects.count()
    wanted = replace(
        content,
        values=content.values | {"goals": "Sấy được cả mùa mưa."},
        lines=(
            content.lines[0],
            Line("Lắp đặt", "gói", Decimal(2), 15_000_000),
            Line("Vận chuyển", "lần", Decimal(1), 1),
        ),
        blended=(),
    )
    change_proposal(officer, made.pk, wanted, version_of(made))
    made.refresh_from_db()
    assert list(made.cost_lines.values_list("pk", flat=True))[:2] == keys
    assert [one.amount for one in made.cost_lines.all()] == [280_000_000, 30_000_000, 1]
    assert (made.blended, made.total_cost, made.goals) == (0, 280_000_000, "Sấy được cả mùa mưa.")
    assert [subject for subject in subjects()[before:] if subject[2] == "projects.project"] == [
        ("update", "projects.project", "projects.project"),
        ("update", "projects.costline", "projects.project"),
        ("create", "projects.costline", "projects.project"),
        ("delete", "projects.blendedfunding", "projects.project"),
    ]
    entry = AuditRecord.objects.get(object_type="projects.costline", action="update")
    assert (json.loads(entry.before)["quantity"], json.loads(entry.after)["quantity"]) == ("1.5", "2")


def test_saving_the_same_again_changes_and_tells_nothing(officer, content):
    made = propose(officer, content)
    before = AuditRecord.objects.count()
    change_proposal(officer, made.pk, content, version_of(made))
    assert AuditRecord.objects.count() == before
    assert CostLine.objects.count() == 2
    assert BlendedFunding.objects.count() == 1


def test_who_saves_second_is_told_even_when_only_a_line_was_changed(officer, content):
    made = propose(officer, content)
    opened = version_of(made)
    renamed = replace(content, lines=(replace(content.lines[0], name="Máy sấy loại khác"), content.lines[1]))
    change_proposal(officer, made.pk, renamed, opened)
    with pytest.raises(ChangedMeanwhile):
        change_proposal(officer, made.pk, replace(content, lines=()), opened)
    assert made.cost_lines.first().name == "Máy sấy loại khác"


@pytest.mark.parametrize("state", State)
def test_the_content_is_open_only_while_the_table_says_so(officer, content, state):
    made = propose(officer, content)
    Project.objects.filter(pk=made.pk).update(state=state.value)
    made.refresh_from_db()
    wanted = replace(content, values=content.values | {"goals": "Khác"})
    if state in EDITABLE:
        change_proposal(officer, made.pk, wanted, version_of(made))
    else:
        with pytest.raises(ValidationError, match="không sửa được nội dung"):
            change_proposal(officer, made.pk, wanted, version_of(made))
    made.refresh_from_db()
    assert made.goals == ("Khác" if state in EDITABLE else "")


def test_an_adjustment_is_the_province_s_and_leaves_the_contract_s_ground_alone(
    officer, commune_officer, content, abroad
):
    made = propose(commune_officer, content)
    Project.objects.filter(pk=made.pk).update(state="adjusted")
    made.refresh_from_db()
    dearer = replace(content, values=content.values | {"counterpart": 140_000_000})
    with pytest.raises(PermissionDenied):
        change_proposal(commune_officer, made.pk, dearer, version_of(made))
    for wrong, field in (
        (replace(content, values=content.values | {"fund": "national"}), "fund"),
        (
            replace(content, values=content.values | {"activity": ActivityType.objects.get(code="trademark")}),
            "activity",
        ),
        (replace(content, establishments=(*content.establishments, abroad)), "beneficiaries"),
    ):
        with pytest.raises(ValidationError) as refused:
            change_proposal(officer, made.pk, wrong, version_of(made))
        assert set(refused.value.message_dict) == {field}
    change_proposal(officer, made.pk, dearer, version_of(made))
    assert Project.objects.get().total_cost == 320_000_000


@pytest.mark.parametrize("role", ["leader", "analyst", "viewer", "inspector", "administrator"])
def test_only_officers_write(person, province, officer, content, role):
    made = propose(officer, content)
    user = person(role, province, "other")
    with pytest.raises(PermissionDenied):
        propose(user, content)
    with pytest.raises(PermissionDenied):
        change_proposal(user, made.pk, replace(content, lines=()), version_of(made))
    assert CostLine.objects.count() == 2


def test_who_works_in_a_commune_takes_in_and_leaves_out_only_its_own(commune_officer, officer, content, home, abroad):
    with pytest.raises(PermissionDenied):
        propose(commune_officer, replace(content, establishments=(abroad,)))
    with pytest.raises(PermissionDenied):
        propose(commune_officer, replace(content, establishments=(home, abroad)))
    made = propose(officer, replace(content, establishments=(home, abroad)))
    both = replace(content, values=content.values | {"goals": "Cả hai"}, establishments=(home, abroad))
    change_proposal(commune_officer, made.pk, both, version_of(made))
    made.refresh_from_db()
    with pytest.raises(PermissionDenied):
        change_proposal(commune_officer, made.pk, content, version_of(made))
    assert set(made.establishments.all()) == {home, abroad}
    change_proposal(commune_officer, made.pk, replace(both, establishments=(abroad,)), version_of(made))
    assert set(made.establishments.all()) == {abroad}
    made.refresh_from_db()
    with pytest.raises(PermissionDenied):
        change_proposal(commune_officer, made.pk, replace(both, establishments=(abroad,)), version_of(made))


def test_who_may_decide_writes_in_no_draft_of_somebody_else(person, province, officer, content):
    """Four eyes: otherwise they would approve what they wrote themselves."""
    both = person("officer", province, "hai-vai")
    RoleGrant.objects.create(user=both, role="leader", unit=province, valid_from=dt.date(2020, 1, 1))
    theirs, own = propose(officer, content), propose(both, content)
    wanted = replace(content, values=content.values | {"goals": "Của người có quyền duyệt"})
    with pytest.raises(PermissionDenied):
        change_proposal(both, theirs.pk, wanted, version_of(theirs))
    change_proposal(both, own.pk, wanted, version_of(own))
    own.refresh_from_db()
    assert own.drafted_by == both, "and the table keeps its drafter from approving it"
    Project.objects.filter(pk=theirs.pk).update(drafted_by=None)
    theirs.refresh_from_db()
    change_proposal(both, theirs.pk, wanted, version_of(theirs))
    theirs.refresh_from_db()
    assert theirs.drafted_by == both


def test_a_survey_starts_one_proposal(officer, content, home):
    survey = Survey.objects.create(
        establishment=home, surveyed_on=dt.date(2026, 3, 1), surveyed_by=officer, need="Máy sấy", verdict="propose"
    )
    made = propose(officer, content, survey.pk)
    survey.refresh_from_db()
    assert survey.project == made
    with pytest.raises(ValidationError, match="đã có đề án"):
        propose(officer, content, survey.pk)
    assert Project.objects.count() == 1, "nothing is half-written"
    assert CostLine.objects.count() == 2


def test_a_survey_of_another_commune_starts_nothing(commune_officer, officer, content, abroad):
    survey = Survey.objects.create(
        establishment=abroad, surveyed_on=dt.date(2026, 3, 1), surveyed_by=officer, need="Xưởng", verdict="propose"
    )
    with pytest.raises(PermissionDenied):
        propose(commune_officer, content, survey.pk)
    assert not Project.objects.exists()


def test_the_database_itself_refuses_what_the_sources_do_not_make(officer, content):
    made = propose(officer, content)
    for wrong in ({"total_cost": made.total_cost + 1}, {"blended": 0}, {"counterpart": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=made.pk).update(**wrong)


def test_nothing_is_written_when_the_record_cannot_be(officer, content):
    AuditRecord.objects.create(seq=1, at=clock.now(), previous_hash="x", hash="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        propose(officer, content)
    assert not Project.objects.exists()
    assert not CostLine.objects.exists()
