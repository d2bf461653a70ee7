"""The review over the stored library: findings with their proposals, one proposal a finding, duties superseded."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.models import LegalDocument, LocalDuty, Relation, ReviewItem
from khuyencong.law.review import actions, queries
from tests.factories.library import make_local

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

DAY = dt.date(2026, 3, 1)
VALUES = {"proposal": "amend", "status": "open", "owner": None, "deadline": None, "note": "Theo mức mới"}


@pytest.fixture
def norms(province):
    """A resolution of the province on norms, signed before the circular was amended."""
    return make_local(province, "12-2019-nq-hdnd", bases=[("28-2018-tt-btc", "d8")])


def found_on(province, day=DAY):
    return queries.review(province, day)


def kinds(review):
    return sorted((row.finding.kind.value, row.finding.local or row.finding.duty) for row in review.rows)


def test_the_reference_library_as_it_ships(province):
    """In 2026 both plans have run out: nothing to amend, three duties without a document."""
    review = found_on(province)
    assert review.by_document() == []
    assert {row.duty.issuer for row in review.missing()} == {"Hội đồng nhân dân tỉnh", "Ủy ban nhân dân tỉnh"}
    assert len(review.missing()) == 3
    last_year = found_on(province, dt.date(2025, 11, 1))
    assert [edition.document.code for edition, _rows in last_year.by_document()] == ["ke-hoach-2021-2025-cao-bang"]
    assert {row.finding.by for row in last_year.rows if row.local} == {"64/2024/TT-BTC", "235/2025/NĐ-CP"}


def test_a_resolution_answers_its_duty_and_is_itself_out_of_date(province, norms):
    review = found_on(province)
    assert ("basis-amended", "12-2019-nq-hdnd") in kinds(review)
    assert not [row for row in review.missing() if row.duty.issuer == "Hội đồng nhân dân tỉnh"]


def test_documents_of_another_province_are_not_ours(province):
    review = found_on(province)
    assert "23-2025-nq-hdnd-phu-tho" not in {edition.document.code for edition in review.locals}


def test_drafts_change_nothing(province, norms):
    norms.state = "draft"
    norms.save()
    assert "12-2019-nq-hdnd" not in {row.finding.local for row in found_on(province).rows}


def test_a_finding_that_rests_on_an_unverified_relation_says_so(province, norms):
    relation = Relation.objects.get(edition__document__code="64-2024-tt-btc", kind="amends")
    row = next(row for row in found_on(province).rows if row.local)
    assert row.verified is relation.verified is True
    Relation.objects.filter(pk=relation.pk).update(certainty="to-check")
    assert next(row for row in found_on(province).rows if row.local).verified is False


def test_a_proposal_meets_its_finding_again_on_another_day(officer, province, norms):
    row = next(row for row in found_on(province).rows if row.local)
    item = actions.propose(officer, province, row, VALUES)
    again = next(row for row in found_on(province, dt.date(2026, 9, 9)).rows if row.local)
    assert again.item == item
    assert audit.history(item).first().action == "create"


def test_one_finding_has_one_live_proposal(officer, province, norms):
    row = next(row for row in found_on(province).rows if row.local)
    item = actions.propose(officer, province, row, VALUES)
    with pytest.raises(ChangedMeanwhile):
        actions.propose(officer, province, row, VALUES)
    actions.change(officer, item.pk, {**VALUES, "status": "dropped"}, version_of(item))
    second = actions.propose(officer, province, row, VALUES)
    assert next(row for row in found_on(province).rows if row.local).item == second


def test_when_the_resolution_is_replaced_the_proposal_is_settled(officer, province, norms):
    row = next(row for row in found_on(province).rows if row.local)
    item = actions.propose(officer, province, row, VALUES)
    newer = make_local(province, "5-2026-nq-hdnd", signed=dt.date(2026, 2, 1), bases=[("28-2018-tt-btc", "d8")])
    Relation.objects.create(edition=newer, kind="replaces", target=norms.document)
    review = found_on(province)
    assert review.by_document() == []
    assert review.settled == [item]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"proposal": "issue"}, "proposal"),
        ({"proposal": "keep", "note": "  "}, "note"),
        ({"status": "later"}, "status"),
    ],
)
def test_what_does_not_fit_the_finding_is_refused(officer, province, norms, values, field):
    row = next(row for row in found_on(province).rows if row.local)
    with pytest.raises(ValidationError) as refused:
        actions.propose(officer, province, row, {**VALUES, **values})
    assert field in refused.value.message_dict
    assert not ReviewItem.objects.exists()


def test_the_work_is_given_to_somebody_of_the_province(officer, province, norms, django_user_model):
    stranger = django_user_model.objects.create_user(username="nobody")
    row = next(row for row in found_on(province).rows if row.local)
    with pytest.raises(ValidationError):
        actions.propose(officer, province, row, {**VALUES, "owner": stranger})
    item = actions.propose(officer, province, row, {**VALUES, "owner": officer})
    assert item.owner == officer


def test_only_officers_of_the_province_propose(leader, viewer, commune_officer, province, norms):
    row = next(row for row in found_on(province).rows if row.local)
    for user in (leader, viewer, commune_officer):
        with pytest.raises(PermissionDenied):
            actions.propose(user, province, row, VALUES)


@pytest.mark.parametrize(
    ("deadline", "status", "late"),
    [("2026-02-28", "open", True), ("2026-03-01", "open", False), ("2026-02-28", "done", False),
     ("2026-02-28", "in-progress", True), (None, "open", False), ("2026-02-28", "dropped", False)],
)  # fmt: skip
def test_overdue_is_work_not_done_after_its_day(deadline, status, late):
    item = ReviewItem(status=status, deadline=deadline and dt.date.fromisoformat(deadline))
    assert queries.overdue(item, DAY) is late


def test_a_proposal_about_a_duty_outlives_the_correction_of_the_duty(officer, leader, province):
    row = next(row for row in found_on(province).missing() if row.duty.path == "d8")
    item = actions.propose(officer, province, row, {**VALUES, "proposal": "issue"})
    old = row.duty
    better = LocalDuty(document=old.document, path="d8", asks="Quy định mức chi", issuer=old.issuer,
                       deadline=dt.date(2026, 1, 1), replaces=old)  # fmt: skip
    actions.draft_duty(officer, better)
    assert next(row for row in found_on(province).missing() if row.duty.path == "d8").duty == old
    actions.adopt_duty(leader, better.pk)
    now = next(row for row in found_on(province).missing() if row.duty.path == "d8")
    assert (now.duty, now.item) == (better, item)
    with pytest.raises(ChangedMeanwhile):
        actions.propose(officer, province, now, {**VALUES, "proposal": "issue"})


def test_a_duty_needs_its_document_and_what_it_asks(officer):
    document = LegalDocument.objects.get(code="45-2012-nd-cp")
    with pytest.raises(ValidationError):
        actions.draft_duty(officer, LocalDuty(document=document, asks=""))
    assert LocalDuty.objects.filter(state="draft").count() == 0


def test_many_documents_cost_no_more_queries_than_one(province, norms, django_assert_max_num_queries):
    for n in range(10):
        make_local(province, f"van-ban-{n}", bases=[("28-2018-tt-btc", ""), ("45-2012-nd-cp", "")])
    with django_assert_max_num_queries(12):
        assert len(found_on(province).by_document()) == 11
