"""Next year's plan from approved proposals: proposed by priority, kept as lines, adopted with all of them or not."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from docx import Document

from khuyencong.core import clock
from khuyencong.law.models import LegalDocument
from khuyencong.planning.actions.adopt import Decision
from khuyencong.planning.actions.plans import Content, Money, draft_plan
from khuyencong.planning.models import Commitment, PlanLine, PlanVersion
from khuyencong.projects.models import ProducedDocument, Project, Step
from khuyencong.projects.money.queries import imbalances
from khuyencong.projects.plan_lines import queries
from khuyencong.projects.plan_lines.actions import adopt, save_choice
from tests.conftest import PASSWORD
from tests.factories.live import SUPPORT, make_live

pytestmark = [pytest.mark.django_db, pytest.mark.clock]
TODAY = clock.today()
YEAR = TODAY.year


@pytest.fixture
def leader(person, province):
    return person("leader", province)


@pytest.fixture
def plan(officer):
    basis = tuple(LegalDocument.objects.filter(code="45-2012-nd-cp"))
    return draft_plan(officer, YEAR, Content(budgets=(Money("local", 2 * SUPPORT + 1),), basis=basis))


@pytest.fixture
def waiting(commune):
    """Three approved proposals of the local fund; the money is enough for two."""
    made = [make_live(commune, "approved", f"DA-2026-000{number}") for number in (1, 2, 3)]
    Project.objects.update(state_since=TODAY - dt.timedelta(days=9), ceiling=150_000_000)
    return made


def test_the_rule_proposes_what_fits_and_says_what_is_missing(plan, waiting, officer):
    found = queries.scored(queries.candidates(officer), TODAY)
    funds = queries.funds_of(plan)
    picked = queries.proposed(found, funds)
    assert picked == {waiting[0].pk, waiting[1].pk}, "equal scores and support: by the code"
    local = next(one for one in queries.table(found, funds, picked) if one.fund == "local")
    assert [row.running for row in local.chosen] == [SUPPORT, 2 * SUPPORT]
    assert [(row.scored.project.pk, row.missing) for row in local.outside] == [(waiting[2].pk, SUPPORT - 1)]
    assert local.left == 1


def test_the_choice_becomes_lines_by_fund_and_content(plan, waiting, officer):
    save_choice(officer, plan.pk, {waiting[0].pk, waiting[2].pk})
    line = PlanLine.objects.get()
    assert (line.amount, line.from_proposals, line.fund) == (2 * SUPPORT, True, "local")
    assert line.activity == waiting[0].activity
    tied = set(Project.objects.filter(plan_line=line).values_list("pk", flat=True))
    assert tied == {waiting[0].pk, waiting[2].pk}
    assert not Commitment.objects.exists(), "money is committed when the plan is adopted"
    save_choice(officer, plan.pk, {waiting[1].pk})
    assert PlanLine.objects.get().amount == SUPPORT
    save_choice(officer, plan.pk, set())
    assert not PlanLine.objects.exists()
    assert not Project.objects.exclude(plan_line=None).exists()


def test_a_choice_above_the_money_or_of_what_is_not_approved_is_refused(plan, waiting, officer, leader, commune):
    with pytest.raises(ValidationError, match="vượt kinh phí"):
        save_choice(officer, plan.pk, {one.pk for one in waiting})
    appraised = make_live(commune, "submitted", "DA-2026-0009")
    with pytest.raises(ValidationError, match="chọn lại"):
        save_choice(officer, plan.pk, {appraised.pk})
    national = make_live(commune, "approved", "DA-2026-0010", fund="national")
    with pytest.raises(ValidationError, match="Chưa ghi kinh phí"):
        save_choice(officer, plan.pk, {national.pk})
    with pytest.raises(PermissionDenied):
        save_choice(leader, plan.pk, set())
    assert not PlanLine.objects.exists()
    assert list(queries.later(officer)) == [appraised]


def test_adopting_takes_the_step_of_every_project(plan, waiting, officer, leader):
    save_choice(officer, plan.pk, {waiting[0].pk, waiting[1].pk})
    adopt(leader, plan.pk, Decision("12/QĐ-UBND", TODAY))
    assert set(Project.objects.filter(state="planned").values_list("pk", flat=True)) == {
        waiting[0].pk,
        waiting[1].pk,
    }
    assert set(Step.objects.values_list("taken_by", "transition")) == {(leader.pk, "plan")}
    assert PlanLine.objects.get().committed == 2 * SUPPORT
    assert ProducedDocument.objects.filter(kind="assignment").count() == 2
    assert [one["code"] for one in PlanVersion.objects.get().content["projects"]] == ["DA-2026-0001", "DA-2026-0002"]
    assert imbalances() == []
    assert list(queries.candidates(officer)) == [waiting[2]], "the plan holds the others now"


def test_one_project_that_cannot_come_leaves_everything_as_it_was(plan, waiting, officer, leader):
    save_choice(officer, plan.pk, {waiting[0].pk, waiting[1].pk})
    Project.objects.filter(pk=waiting[1].pk).update(state_since=TODAY)
    with pytest.raises(ValidationError, match="DA-2026-0002"):
        adopt(leader, plan.pk, Decision("12/QĐ-UBND", TODAY - dt.timedelta(days=1)))
    plan.refresh_from_db()
    assert plan.state == "draft"
    assert not Step.objects.exists()
    assert not PlanVersion.objects.exists()
    assert not Commitment.objects.exists()
    assert not ProducedDocument.objects.exists()
    with pytest.raises(PermissionDenied):
        adopt(officer, plan.pk, Decision("12/QĐ-UBND", TODAY))


def test_a_project_on_a_draft_line_is_not_planned_by_itself(plan, waiting, officer, leader):
    from khuyencong.projects.steps.actions import Refused, take_step

    save_choice(officer, plan.pk, {waiting[0].pk})
    with pytest.raises(Refused, match="chưa được ban hành"):
        take_step(leader, waiting[0].pk, "plan")


def test_the_page_previews_and_saves(plan, waiting, officer_client, client):
    address = f"/plan/{YEAR}/build/"
    page = officer_client.get(address).content.decode()
    assert page.count("checked") == 2
    assert "còn thiếu" in page
    preview = officer_client.get(address, {"shown": "yes", "pick": waiting[2].pk}, headers={"HX-Request": "true"})
    assert preview.content.decode().count("checked") == 1
    assert "<html" not in preview.content.decode()
    refused = officer_client.post(address, {"shown": "yes", "pick": [one.pk for one in waiting]})
    assert refused.status_code == 200
    assert refused.content.decode().count("checked") == 3, "what was chosen is kept"
    saved = officer_client.post(address, {"shown": "yes", "pick": [waiting[0].pk]}, follow=True)
    assert saved.redirect_chain[0][0] == f"/plan/{YEAR}/"
    assert PlanLine.objects.get().amount == SUPPORT


def test_the_annex_names_lines_projects_and_sums(plan, waiting, officer, officer_client):
    save_choice(officer, plan.pk, {waiting[0].pk, waiting[1].pk})
    answer = officer_client.get(f"/plan/{YEAR}/annex/")
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("DA-2026-0001" in text and "DA-2026-0002" in text for text in cells)
    assert cells.count("200.000.000 ₫") == 2
    assert any(f"NĂM {YEAR}" in one.text for one in document.paragraphs)


def test_the_leader_adopts_on_the_page(plan, waiting, officer, leader, client):
    save_choice(officer, plan.pk, {waiting[0].pk})
    assert client.login(username=leader.username, password=PASSWORD)
    address = f"/plan/{YEAR}/adopt/"
    day = TODAY - dt.timedelta(days=10)
    refused = client.post(address, {"decision": "12/QĐ", "decided_on": day.strftime("%d/%m/%Y")})
    assert refused.status_code == 200
    assert "DA-2026-0001" in refused.content.decode()
    done = client.post(address, {"decision": "12/QĐ", "decided_on": TODAY.strftime("%d/%m/%Y")})
    assert done.status_code == 302
    assert Project.objects.get(pk=waiting[0].pk).state == "planned"
