"""Rules and criteria are drafted by one person, adopted by another, and superseded, never edited."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.establishments.models import Establishment
from khuyencong.law.eligibility import actions, wording
from khuyencong.law.eligibility.queries import criteria, rules
from khuyencong.law.eligibility.rules import LEGAL_FORMS, Facts, judge
from khuyencong.law.models import EligibilityRule, EligibleGroup, LegalDocument, PriorityCriterion
from tests.factories.law import leave_groups_out

pytestmark = pytest.mark.django_db

GROUP = Facts("cooperative-group", "agro-processing", "commune", True)


@pytest.fixture(autouse=True)
def _without_groups(db):
    leave_groups_out()


def heir(**fields):
    """A draft in place of the beneficiary rule of 2025 that names cooperative groups again."""
    old = EligibilityRule.objects.get(code="beneficiary-2025", state="adopted")
    values = {
        "kind": "beneficiary", "name": "Thêm tổ hợp tác", "values": [*old.values, "cooperative-group"],
        "valid_from": dt.date(2026, 7, 1), "document": old.document, "path": "d1", "replaces": old,
    }  # fmt: skip
    return EligibilityRule(**{**values, **fields})


def open_to_groups(day, drafts=()):
    return judge(rules(drafts), GROUP, "information", day).eligible


def test_the_legal_forms_are_those_of_the_registry():
    assert tuple(Establishment.LegalForm.values) == LEGAL_FORMS
    assert wording.legal_forms() == {str(code): str(label) for code, label in Establishment.LegalForm.choices}


def test_every_reference_rule_passes_the_check_of_a_draft():
    for record in (*EligibilityRule.objects.all(), *PriorityCriterion.objects.all()):
        actions.check(record)


def test_a_draft_changes_nothing_until_it_is_adopted(officer, leader):
    day = dt.date(2026, 8, 1)
    draft = actions.draft(officer, heir())
    assert open_to_groups(day) is False
    assert open_to_groups(day, [draft]) is True
    actions.adopt(leader, EligibilityRule, draft.pk)
    assert open_to_groups(day) is True


def test_when_the_law_changes_the_old_rule_stays_true_for_the_days_before(officer, leader):
    old = EligibilityRule.objects.get(code="beneficiary-2025")
    draft = actions.draft(officer, heir())
    as_if = sorted(map(repr, rules([draft])))
    actions.adopt(leader, EligibilityRule, draft.pk)
    old.refresh_from_db()
    assert old.state == "superseded"
    rest = EligibilityRule.objects.get(replaces=old, state="adopted", valid_to=dt.date(2026, 6, 30))
    assert (rest.values, rest.valid_from, rest.code, rest.verified) == (old.values, old.valid_from, old.code, True)
    assert open_to_groups(dt.date(2026, 6, 30)) is False
    assert open_to_groups(dt.date(2026, 7, 1)) is True
    kept = [one for one in map(repr, rules()) if "verified=True" in one or "2026, 7, 1" in one]
    assert [one for one in as_if if one in kept] == sorted(kept), "what was shown as if is what came"
    assert audit.verify().broken is None


def test_when_our_record_was_wrong_nothing_of_it_remains(officer, leader):
    draft = actions.draft(officer, heir(takes_over=False))
    actions.adopt(leader, EligibilityRule, draft.pk)
    holding = [one for one in rules() if one.kind == "beneficiary" and one.holds("fair", dt.date(2026, 1, 1))]
    assert holding == []


def test_nobody_adopts_their_own_draft_nor_without_the_right(officer, leader, person, province):
    draft = actions.draft(officer, heir())
    with pytest.raises(PermissionDenied):
        actions.adopt(officer, EligibilityRule, draft.pk)
    both = person("leader", province, username="both")
    both.role_grants.create(role="officer", unit=province, valid_from=dt.date(2020, 1, 1))
    own = actions.draft(both, heir(name="Của chính mình"))
    with pytest.raises(PermissionDenied):
        actions.adopt(both, EligibilityRule, own.pk)
    with pytest.raises(PermissionDenied):
        actions.draft(leader, heir())


def test_of_two_drafts_for_one_place_only_the_first_is_adopted(officer, leader):
    one, other = actions.draft(officer, heir()), actions.draft(officer, heir(name="Khác"))
    actions.adopt(leader, EligibilityRule, one.pk)
    with pytest.raises(ChangedMeanwhile):
        actions.adopt(leader, EligibilityRule, other.pk)
    with pytest.raises(ChangedMeanwhile):
        actions.adopt(leader, EligibilityRule, one.pk)
    assert EligibilityRule.objects.get(pk=other.pk).state == "draft"


def test_an_adopted_rule_cannot_be_edited_and_a_changed_draft_is_noticed(officer):
    adopted = EligibilityRule.objects.get(code="active-2012")
    adopted.name = "Sửa thẳng"
    with pytest.raises(PermissionDenied):
        actions.draft(officer, adopted)
    draft = actions.draft(officer, heir())
    version = version_of(draft)
    mine = EligibilityRule.objects.get(pk=draft.pk)
    draft.name = "Người khác sửa"
    actions.draft(officer, draft, version)
    mine.name = "Tôi sửa"
    with pytest.raises(ChangedMeanwhile):
        actions.draft(officer, mine, version)
    assert EligibilityRule.objects.get(pk=draft.pk).name == "Người khác sửa"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"values": ["enterprise", "guild"]}, "values"),
        ({"values": []}, "values"),
        ({"kind": "active"}, "values"),
        ({"contents": ["machinery", "rockets"]}, "contents"),
        ({"kind": "industry", "values": ["mechanical"]}, "kind"),
        ({"valid_to": dt.date(2026, 6, 30)}, "__all__"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_stand_is_refused_by_field(officer, fields, named):
    with pytest.raises(ValidationError) as refused:
        actions.draft(officer, heir(**fields))
    assert named in refused.value.message_dict
    assert not EligibilityRule.objects.filter(state="draft").exists()


def test_what_was_sound_when_drafted_is_looked_at_again_when_adopted(officer, leader):
    group = EligibleGroup.objects.create(code="toys", name="Đồ chơi", provision="Điều 5")
    draft = actions.draft(officer, EligibilityRule(kind="industry", name="Đồ chơi", values=["toys"],
                                                   valid_from=dt.date(2026, 1, 1)))  # fmt: skip
    group.delete()
    with pytest.raises(ValidationError):
        actions.adopt(leader, EligibilityRule, draft.pk)
    assert EligibilityRule.objects.get(pk=draft.pk).state == "draft"


def test_a_criterion_in_the_billions_is_kept_and_scored(officer, leader):
    draft = actions.draft(officer, PriorityCriterion(kind="export", name="Xuất khẩu nhiều", threshold=20_000_000_000,
                                                     points=30, valid_from=dt.date(2026, 1, 1)))  # fmt: skip
    actions.adopt(leader, PriorityCriterion, draft.pk)
    assert 20_000_000_000 in {one.threshold for one in criteria()}
    assert draft.code


def test_new_rules_get_codes_of_their_own(officer):
    document = LegalDocument.objects.get(code="45-2012-nd-cp")
    codes = {
        actions.draft(officer, EligibilityRule(kind="active", name="Đang hoạt động", valid_from=dt.date(2026, 1, 1),
                                               document=document)).code
        for _ in range(3)
    }  # fmt: skip
    assert len(codes) == 3
