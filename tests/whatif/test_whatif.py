"""What a draft would change: projects, money, establishments; and that looking changes nothing."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from khuyencong.core.models import AuditHead
from khuyencong.law.models import (
    ActivityType,
    AreaStatus,
    Edition,
    EligibilityRule,
    EligibleGroup,
    LegalDocument,
    NormMultiplier,
    Relation,
    SupportNorm,
)
from khuyencong.law.norms import actions as norm_actions
from khuyencong.planning.actions.money import commit_to_line
from khuyencong.projects.models import Project
from khuyencong.whatif import documents, eligibility, lines, projects
from tests.factories.establishments import make_establishment
from tests.factories.law import leave_groups_out, make_norm_draft, make_rule_draft
from tests.factories.plans import make_line
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db

MILLION = 1_000_000
TODAY = dt.date(2026, 6, 1)
CHANGE = dt.date(2027, 1, 1)


@pytest.fixture
def leader(person, province):
    """A leader of the province."""
    return person("leader", province)


@pytest.fixture
def machinery():
    """The content most projects are about."""
    return ActivityType.objects.get(code="machinery")


def project(content, *firms, cost, asked, year=None, **fields):
    """A saved project whose cost and support are told in million VND."""
    made = make_project(*firms, year=year, support=asked * MILLION, activity=content, **fields)
    made.counterpart, made.total_cost = (cost - asked) * MILLION, cost * MILLION
    made.save()
    return made


@pytest.fixture
def province_of_projects(commune, other_commune, machinery):
    """Three projects that wait, three of the last years, one of long ago, one of another content."""
    one = make_establishment(commune, code="CB-1", name="Cơ sở một")
    two = make_establishment(other_commune, code="CB-2", name="Cơ sở hai")
    trademark = ActivityType.objects.get(code="trademark")
    return {
        "capped": project(machinery, one, cost=900, asked=300, code="ĐP-1"),
        "shared": project(machinery, one, two, cost=1700, asked=600, code="QG-2", fund="national"),
        "small": project(machinery, two, cost=400, asked=150, code="ĐP-3"),
        "other": project(trademark, two, cost=80, asked=35, code="ĐP-4"),
        "past": project(machinery, one, cost=800, asked=240, code="ĐP-5", year=2023),
        "last": project(machinery, two, cost=500, asked=200, code="ĐP-6", year=2025),
        "long ago": project(machinery, two, cost=2000, asked=300, code="ĐP-7", year=2020),
    }


def told(draft, user, today=TODAY):
    day = projects.effect_day(draft, today)
    return {
        one.project.code: (one.before.amount // MILLION, one.after.amount // MILLION)
        for one in projects.effects(draft, projects.pending(user), day)
    }


# Norms


def test_the_ceilings_of_projects_that_wait_without_and_with_the_draft(officer, province_of_projects):
    draft = make_norm_draft(officer)
    assert told(draft, officer) == {"ĐP-1": (300, 400), "QG-2": (600, 800), "ĐP-3": (200, 200)}
    found = projects.effects(draft, projects.pending(officer), CHANGE)
    sums = projects.Sums.of(found)
    assert (sums.count, sums.changed, sums.asked) == (3, 2, 1050 * MILLION)
    assert (sums.before, sums.after, sums.difference) == (1100 * MILLION, 1400 * MILLION, 300 * MILLION)
    assert [one.project.code for one in found] == ["QG-2", "ĐP-1", "ĐP-3"]  # what changes comes first


def test_the_lines_of_the_plan_that_pay_for_what_changes(officer, officer_client, province_of_projects):
    draft = make_norm_draft(officer)
    line = make_line(name="Máy móc", amount=350 * MILLION)
    capped = province_of_projects["capped"]
    Project.objects.filter(pk=capped.pk).update(plan_line=line)
    with transaction.atomic():
        commit_to_line(officer, line.pk, capped.pk, 300 * MILLION)
    found = projects.effects(draft, projects.pending(officer), CHANGE)
    tied, free = lines.shares(
        (one.project for one in found if one.changed), {o.project.pk: o.after.amount for o in found}
    )
    assert (tied.line, tied.count, tied.held, tied.line.left) == (line, 1, 300 * MILLION, 50 * MILLION)
    assert (tied.most, tied.missing) == (400 * MILLION, 50 * MILLION)
    assert (free.line, free.count, free.missing) == (None, 1, 0)
    page = officer_client.get(f"/law/what-if/norms/{draft.pk}/").content.decode()
    assert "Máy móc (2026)" in page
    assert "thiếu 50 triệu" in page


def test_what_was_given_up_does_not_wait(officer, province_of_projects):
    Project.objects.filter(pk=province_of_projects["capped"].pk).update(state="terminated")
    assert "ĐP-1" not in {one.code for one in projects.pending(officer)}


def test_a_lower_norm_tells_which_projects_ask_for_too_much(officer, province_of_projects):
    draft = make_norm_draft(officer, cap=200 * MILLION)
    above = [one.project.code for one in projects.effects(draft, projects.pending(officer), CHANGE) if one.above]
    assert above == ["QG-2", "ĐP-1"]


def test_before_the_draft_is_in_force_the_present_norms_hold(officer, province_of_projects):
    draft = make_norm_draft(officer)
    assert projects.effect_day(draft, TODAY) == CHANGE
    assert projects.effect_day(draft, dt.date(2028, 1, 1)) == dt.date(2028, 1, 1)


def test_a_draft_for_one_fund_leaves_the_other_alone(officer, province_of_projects):
    draft = make_norm_draft(officer, fund="local", cap=250 * MILLION, replaces=None)
    assert told(draft, officer) == {"ĐP-1": (300, 250), "QG-2": (600, 600), "ĐP-3": (200, 200)}


def test_a_draft_for_an_area_touches_only_projects_that_lie_in_it_whole(officer, province_of_projects, commune):
    AreaStatus.objects.create(unit=commune, kind="difficult", valid_from=dt.date(2021, 1, 1), state="adopted")
    draft = make_norm_draft(officer, area="difficult", replaces=None)
    assert told(draft, officer) == {"ĐP-1": (300, 400), "QG-2": (600, 600), "ĐP-3": (200, 200)}


def test_foreseen_is_what_comes(officer, leader, province_of_projects):
    draft = make_norm_draft(officer)
    NormMultiplier.objects.create(norm=draft, condition="whole-line", name="cả dây chuyền công nghệ", factor="1.5")
    foreseen = {code: after for code, (_before, after) in told(draft, officer).items()}
    norm_actions.adopt_norm(leader, draft.pk)
    adopted = SupportNorm.objects.get(pk=draft.pk)
    later = SupportNorm.objects.create(
        content=adopted.content, level="national", cap=1, per="establishment", valid_from=dt.date(2030, 1, 1),
        document=adopted.document, replaces=adopted, drafted_by=officer,
    )  # fmt: skip
    found = projects.effects(later, projects.pending(officer), CHANGE)
    assert {one.project.code: one.before.amount // MILLION for one in found} == foreseen


def test_the_last_three_years_are_the_yardstick(officer, province_of_projects):
    draft = make_norm_draft(officer)
    found = projects.yardstick(draft, officer, CHANGE, TODAY)
    assert [(year, one.count, one.difference // MILLION) for year, one in found.by_year] == [
        (2023, 1, 100),
        (2024, 0, 0),
        (2025, 1, 0),
    ]
    assert found.yearly == round(100 * MILLION / 3)
    assert found.used == pytest.approx(440 / 550)
    assert found.expected == round(found.yearly * 440 / 550)


def test_without_projects_nothing_is_divided_by_nothing(officer):
    found = projects.yardstick(make_norm_draft(officer), officer, CHANGE, TODAY)
    assert (found.yearly, found.used, found.expected, found.used_percent) == (0, None, None, None)


def test_the_page_of_a_norm(officer_client, officer, province_of_projects):
    draft = make_norm_draft(officer)
    page = officer_client.get(f"/law/what-if/norms/{draft.pk}/").content.decode()
    for said in ("2/3", "+300 triệu", "từ 1,1 tỷ thành 1,4 tỷ", "Đề án thử ĐP-1", "không đổi", "Dòng kế hoạch"):
        assert said in page
    assert "Đề án thử ĐP-4" not in page
    assert "Không có gì thay đổi cho đến khi dự thảo được duyệt." in page


def test_a_content_in_several_cases_says_what_it_assumes(officer_client, officer, province_of_projects):
    draft = make_norm_draft(officer, variant="first-time", variant_name="Lần đầu", replaces=None)
    assert "chia thành nhiều trường hợp" in officer_client.get(f"/law/what-if/norms/{draft.pk}/").content.decode()


# Rules


@pytest.fixture
def firms(commune):
    """An establishment of each legal form, with an industry that may be supported."""
    group = EligibleGroup.objects.get(code="agro-processing")
    leave_groups_out()
    forms = ("household", "enterprise", "cooperative", "cooperative-group")
    return {
        form: make_establishment(commune, form, f"CB-{n}", legal_form=form, eligible_group=group)
        for n, form in enumerate(forms)
    }


def test_who_stops_being_eligible_and_who_becomes_so(officer, firms):
    draft = make_rule_draft(officer, values=["enterprise", "cooperative", "cooperative-group"])
    found = eligibility.outcome(draft, officer, TODAY)
    assert found.lost == (firms["household"],)
    assert found.gained == (firms["cooperative-group"],)
    by_content = {one.content.code: one for one in found.changes}
    assert (by_content["machinery"].before, by_content["machinery"].after) == (3, 3)
    assert by_content["machinery"].lost == (firms["household"].pk,)
    assert "information" not in by_content  # no establishment is supported with it


def test_a_rule_for_one_content_is_held_against_that_one(officer, firms):
    old = EligibilityRule.objects.get(code="active-2012")
    EligibilityRule.objects.filter(code="area-2025").update(contents=["machinery"])
    draft = EligibilityRule.objects.create(
        code="area-2027", kind="area", name="Chỉ ở phường", values=["ward"], contents=["machinery"],
        valid_from=CHANGE, drafted_by=officer, document=old.document,
        replaces=EligibilityRule.objects.get(code="area-2025"),
    )  # fmt: skip
    found = eligibility.outcome(draft, officer, TODAY)
    assert [one.content.code for one in found.changes] == ["machinery"]
    assert len(found.lost) == 3  # the cooperative group was not eligible before either


def test_the_money_of_projects_that_hang_on_a_rule(officer, firms, machinery):
    waits = project(machinery, firms["household"], cost=500, asked=200, code="ĐP-1")
    shared = project(machinery, firms["household"], firms["enterprise"], cost=900, asked=400, code="ĐP-2")
    project(machinery, firms["enterprise"], cost=500, asked=100, code="ĐP-3")
    past = project(machinery, firms["household"], cost=500, asked=150, code="ĐP-4", year=2024)
    draft = make_rule_draft(officer)
    found = eligibility.outcome(draft, officer, TODAY)
    # The household was supported with machinery in 2024, so its new projects were not eligible before either.
    assert found.projects_lost == ()
    assert found.past_lost == (past,)
    past.accepted_year = None
    past.save()
    found = eligibility.outcome(draft, officer, TODAY)
    assert set(found.projects_lost) == {waits, shared, past}
    assert eligibility.asked(found.projects_lost) == 750 * MILLION


def test_the_page_of_a_rule(officer_client, officer, firms, machinery):
    project(machinery, firms["household"], cost=500, asked=200, code="ĐP-1")
    draft = make_rule_draft(officer)
    page = officer_client.get(f"/law/what-if/rules/{draft.pk}/").content.decode()
    for said in ("Cơ sở không còn đủ điều kiện", "đang đề nghị 200 triệu", "household", "Dòng kế hoạch"):
        assert said in page


# Documents


@pytest.fixture
def circular(officer):
    """The draft of a circular that amends article 8 of circular 28/2018/TT-BTC from 2027 on."""
    document = LegalDocument.objects.create(code="9-2026-tt-btc", number="9/2026/TT-BTC")
    edition = Edition(document=document, kind="circular", issuer="Bộ Tài chính", title="Sửa Thông tư 28",
                      in_force_from=CHANGE, drafted_by=officer)  # fmt: skip
    edition.fold()
    edition.save()
    target = LegalDocument.objects.get(code="28-2018-tt-btc")
    Relation.objects.create(edition=edition, kind="amends", target=target, target_path="d8.k4")
    return edition


def test_the_norms_on_the_part_that_is_changed(circular, officer, province_of_projects):
    (one,) = documents.shaken(circular, TODAY)
    assert str(one.document) == "28/2018/TT-BTC"
    assert one.since == CHANGE
    # Those on clause 4, and those of which only article 8 is known.
    assert "machinery" in {norm.content.code for norm in one.norms}
    assert "demonstration-model" not in {norm.content.code for norm in one.norms}
    assert "trademark" in {norm.content.code for norm in one.norms}
    money = documents.money([one], officer, TODAY)
    assert {project.code for project in money.waiting} == {"ĐP-1", "QG-2", "ĐP-3", "ĐP-4"}
    assert (money.asked, money.paid) == (1085 * MILLION, 440 * MILLION)


def test_a_document_that_replaces_another_shakes_everything_on_it(circular):
    circular.relations.update(kind="replaces", target_path="")
    (one,) = documents.shaken(circular, TODAY)
    assert one.before.holds and not one.after.holds
    assert len(one.norms) == SupportNorm.objects.filter(valid_to=None, state="adopted").count()
    assert [edition.document.code for edition in one.local] == ["ke-hoach-2021-2025-cao-bang"]
    assert one.duties


def test_a_document_without_a_day_says_so(circular, officer_client):
    circular.in_force_from = None
    circular.save()
    page = officer_client.get(f"/law/what-if/editions/{circular.pk}/").content.decode()
    assert "chưa biết sẽ thay đổi từ ngày nào" in page


def test_the_page_of_a_document(circular, officer_client, officer, province_of_projects):
    drafted = make_norm_draft(officer, document=circular.document)
    page = officer_client.get(f"/law/what-if/editions/{circular.pk}/").content.decode()
    for said in ("28/2018/TT-BTC", "Mức hỗ trợ dựa trên phần bị thay đổi", "1.085.000.000 ₫", "Dòng kế hoạch"):
        assert said in page
    assert f"/law/what-if/norms/{drafted.pk}/" in page


def test_a_document_that_changes_nothing(circular, officer_client):
    circular.relations.all().delete()
    page = officer_client.get(f"/law/what-if/editions/{circular.pk}/").content.decode()
    assert "Dự thảo không làm thay đổi văn bản nào" in page


# Who may look, and that looking writes nothing


@pytest.fixture
def addresses(officer, circular, province_of_projects):
    """The three pages."""
    drafts = {"norms": make_norm_draft(officer), "rules": make_rule_draft(officer), "editions": circular}
    return [f"/law/what-if/{kind}/{draft.pk}/" for kind, draft in drafts.items()]


def test_looking_writes_nothing(addresses, officer_client):
    head = AuditHead.objects.values_list("seq", "hash").first()
    officer_client.get("/home/")  # whatever a session writes is written
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert officer_client.get(address).status_code == 200
        verbs = {query["sql"].lstrip().split()[0] for query in asked.captured_queries}
        assert verbs == {"SELECT"}
    assert AuditHead.objects.values_list("seq", "hash").first() == head


def test_drafts_are_for_those_who_draft_and_adopt(addresses, leader, person, province, commune):
    for user, status in (
        (leader, 200),
        (person("viewer", province), 404),
        (person("analyst", province), 404),
        (person("officer", commune), 404),
        (person("administrator", province), 403),
    ):
        client = Client()
        client.force_login(user)
        assert [client.get(address).status_code for address in addresses] == [status] * 3, user


def test_what_is_adopted_has_no_such_page(officer_client):
    norm = SupportNorm.objects.get(content__code="machinery", valid_to=None, state="adopted")
    rule = EligibilityRule.objects.get(code="beneficiary-2025")
    edition = Edition.objects.get(document__code="28-2018-tt-btc")
    for address in (f"norms/{norm.pk}", f"rules/{rule.pk}", f"editions/{edition.pk}"):
        assert officer_client.get(f"/law/what-if/{address}/").status_code == 404
