"""Norms are drafted by one person, adopted by another, and superseded, never edited."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditRecord
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.models import NormMultiplier, SupportNorm
from khuyencong.law.norms import actions, queries
from khuyencong.law.norms.ceiling import Case

pytestmark = pytest.mark.django_db

MILLION = 1_000_000
CHANGE = dt.date(2027, 1, 1)


@pytest.fixture
def old():
    """The national norm for machinery: 50 per cent, 300 million, 1.5 times for a whole line."""
    return SupportNorm.objects.get(content__code="machinery", valid_to=None, state="adopted")


def heir(old, **fields):
    """An unsaved norm in the place of the old one, with a cap of 400 million."""
    values = {
        name: getattr(old, name) for name in ("content", "level", "province", "percent", "per", "document", "path")
    }
    return SupportNorm(**(values | {"cap": 400 * MILLION, "valid_from": CHANGE, "replaces": old} | fields))


def provincial(old, province, **fields):
    """An unsaved norm of the province beside the national one."""
    values = {"level": "provincial", "province": province, "replaces": None, "cap": 200 * MILLION}
    return heir(old, **(values | fields))


def whole_line(factor="1.5"):
    return NormMultiplier(condition="whole-line", name="cả dây chuyền công nghệ", factor=Decimal(factor))


def most(day, **fields):
    values = {"content": "machinery", "cost": 2000 * MILLION, "day": day, "province": "04"}
    return queries.ceiling(Case(**(values | fields))).amount


def test_a_draft_changes_nothing_until_a_leader_adopts_it(officer, leader, old):
    draft = actions.save_norm(officer, heir(old), [whole_line()])
    assert most(CHANGE) == 300 * MILLION
    actions.adopt_norm(leader, draft.pk)
    assert most(CHANGE) == 400 * MILLION
    assert most(CHANGE, conditions=frozenset({"whole-line"})) == 600 * MILLION
    assert most(CHANGE - dt.timedelta(days=1)) == 300 * MILLION


def test_what_takes_over_closes_the_old_norm_as_a_copy(officer, leader, old):
    before = audit.snapshot(old)
    draft = actions.save_norm(officer, heir(old), [])
    adopted = actions.adopt_norm(leader, draft.pk)
    old.refresh_from_db()
    assert audit.snapshot(old) == before | {"state": "superseded"}  # nothing else of it was touched
    copy = SupportNorm.objects.get(replaces=old, valid_from=old.valid_from)
    assert (copy.state, copy.valid_to) == ("adopted", dt.date(2026, 12, 31))
    assert (copy.drafted_by, copy.adopted_by, copy.takes_over) == (officer, leader, False)
    same = ("percent", "cap", "per", "path", "document_id", "certainty", "source", "valid_from_precision")
    assert all(getattr(copy, name) == getattr(old, name) for name in same)
    assert [(one.condition, one.factor) for one in copy.multipliers.all()] == [("whole-line", Decimal("1.50"))]
    assert queries.current_of(old) == copy
    assert queries.current_of(adopted) == adopted
    told = [entry.action for entry in audit.history(copy)]
    assert sorted(told) == ["adopt", "create"]
    assert "supersede" in [entry.action for entry in audit.history(old)]
    assert audit.verify().broken is None


def test_the_rules_foresee_exactly_what_adopting_brings(officer, leader, old):
    draft = actions.save_norm(officer, heir(old), [whole_line()])

    def without_keys(norms):
        return sorted(str((n.content, n.variant, n.cap, n.valid_from, n.valid_to, n.multipliers)) for n in norms)

    foreseen = without_keys(queries.norm_set([draft]))
    actions.adopt_norm(leader, draft.pk)
    assert without_keys(queries.norm_set()) == foreseen


def test_a_correction_replaces_the_old_record_for_every_day(officer, leader, old):
    fixed = heir(old, cap=250 * MILLION, valid_from=dt.date(2018, 5, 15), takes_over=False)
    draft = actions.save_norm(officer, fixed, [])
    adopted = actions.adopt_norm(leader, draft.pk)
    assert SupportNorm.objects.filter(content=old.content, valid_to=None, state="adopted").get() == adopted
    assert most(dt.date(2018, 6, 1)) == 250 * MILLION
    assert most(dt.date(2023, 6, 1)) == 250 * MILLION
    old.refresh_from_db()
    assert queries.current_of(old) == adopted


def test_two_changes_in_a_row(officer, leader, old):
    first = actions.adopt_norm(leader, actions.save_norm(officer, heir(old), []).pk)
    second = heir(first, cap=500 * MILLION, valid_from=dt.date(2030, 1, 1), replaces=first)
    actions.adopt_norm(leader, actions.save_norm(officer, second, []).pk)
    days = (dt.date(2026, 12, 31), CHANGE, dt.date(2029, 12, 31), dt.date(2030, 1, 1))
    assert [most(day) // MILLION for day in days] == [300, 400, 400, 500]


def test_a_provincial_norm_above_the_national_one_is_refused_with_the_reason(officer, province, old):
    with pytest.raises(ValidationError) as refused:
        actions.save_norm(officer, provincial(old, province, percent=60, cap=350 * MILLION), [])
    told = " ".join(refused.value.messages)
    assert "Tỷ lệ 60 % cao hơn mức của Trung ương là 50 %" in told
    assert "350.000.000 ₫ cao hơn mức của Trung ương là 300.000.000 ₫" in told
    assert "khoản 4 Điều 8 Thông tư 28/2018/TT-BTC" in told
    assert not SupportNorm.objects.filter(state="draft").exists()
    assert not AuditRecord.objects.exists()


def test_a_provincial_norm_within_the_bound_holds_in_its_province(officer, leader, province, old):
    draft = actions.save_norm(officer, provincial(old, province, percent=40), [])
    actions.adopt_norm(leader, draft.pk)
    assert most(CHANGE) == 200 * MILLION
    assert most(CHANGE, province="25") == 300 * MILLION
    old.refresh_from_db()
    assert old.state == "adopted"


def test_the_bound_is_held_once_more_when_it_is_adopted(officer, leader, province, old):
    draft = actions.save_norm(officer, provincial(old, province, cap=280 * MILLION), [])
    lower = actions.save_norm(officer, heir(old, cap=100 * MILLION, valid_from=dt.date(2026, 1, 1)), [])
    actions.adopt_norm(leader, lower.pk)
    with pytest.raises(ValidationError, match="cao hơn mức của Trung ương là 100"):
        actions.adopt_norm(leader, draft.pk)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_national_norm_tells_which_provincial_ones_it_leaves_above(officer, leader, province, old):
    own = actions.adopt_norm(leader, actions.save_norm(officer, provincial(old, province), []).pk)
    draft = actions.save_norm(officer, heir(old, cap=100 * MILLION), [])
    above = queries.put_above(queries.as_rule(draft), queries.beside(draft))
    assert [norm.key for norm in above] == [str(own.pk)]


def test_an_overlap_is_adopted_only_by_somebody_who_saw_it(officer, leader, old):
    draft = actions.save_norm(officer, heir(old, replaces=None, cap=200 * MILLION), [])
    with pytest.raises(ValidationError, match="Trùng thời gian"):
        actions.adopt_norm(leader, draft.pk)
    actions.adopt_norm(leader, draft.pk, overlap_seen=True)
    assert most(CHANGE) == 200 * MILLION  # of two at once the lower


def test_four_eyes(officer, person, province, old):
    draft = actions.save_norm(officer, heir(old), [])
    with pytest.raises(PermissionDenied):
        actions.adopt_norm(officer, draft.pk)
    with pytest.raises(PermissionDenied, match="không tự xác minh"):
        actions.verify_norm(officer, draft.pk)
    colleague = person("officer", province, username="colleague")
    assert actions.verify_norm(colleague, draft.pk).verified


def test_one_who_drafts_and_leads_does_not_adopt_their_own(officer, province, old):
    from khuyencong.people.models import RoleGrant, User

    RoleGrant.objects.create(user=officer, role="leader", unit=province, valid_from=dt.date(2020, 1, 1))
    both = User.objects.get(pk=officer.pk)
    draft = actions.save_norm(both, heir(old), [])
    with pytest.raises(PermissionDenied, match="không được tự duyệt"):
        actions.adopt_norm(both, draft.pk)


def test_those_below_the_province_and_readers_do_not_draft(commune_officer, viewer, leader, old):
    for user in (commune_officer, viewer, leader):
        with pytest.raises(PermissionDenied):
            actions.save_norm(user, heir(old), [])


def test_the_norm_of_another_province_is_out_of_reach(officer, old):
    from khuyencong.places.models import Unit

    other = Unit.objects.get(code="25", kind="province", valid_to=None)
    with pytest.raises(PermissionDenied, match="ngoài phạm vi"):
        actions.save_norm(officer, provincial(old, other), [])


def test_a_change_takes_the_verification_away(officer, person, province, old):
    draft = actions.save_norm(officer, heir(old), [])
    actions.verify_norm(person("officer", province, username="colleague"), draft.pk)
    draft.refresh_from_db()
    assert draft.verified
    draft.cap = 390 * MILLION
    assert not actions.save_norm(officer, draft, []).verified


def test_multipliers_are_written_changed_and_dropped_with_their_trail(officer, old):
    draft = actions.save_norm(officer, heir(old), [whole_line()])
    actions.save_norm(officer, draft, [whole_line("1.2"), NormMultiplier(condition="x", name="lần đầu", factor=1)])
    actions.save_norm(officer, draft, [whole_line("1.2")])
    assert [(one.condition, one.factor) for one in draft.multipliers.all()] == [("whole-line", Decimal("1.20"))]
    trail = [(entry.action, entry.object_type) for entry in audit.history(draft) if "multiplier" in entry.object_type]
    assert [action for action, _type in trail] == ["delete", "create", "update", "create"]


def test_an_adopted_norm_is_not_edited(officer, old):
    old.cap = 1
    with pytest.raises(PermissionDenied, match="không sửa được"):
        actions.save_norm(officer, old, [])
    assert SupportNorm.objects.get(pk=old.pk).cap == 300 * MILLION


def test_a_draft_changed_meanwhile_is_noticed(officer, leader, person, province, old):
    draft = actions.save_norm(officer, heir(old), [])
    seen = version_of(SupportNorm.objects.get(pk=draft.pk))
    draft.cap = 390 * MILLION
    actions.save_norm(person("officer", province, username="colleague"), draft, [])
    with pytest.raises(ChangedMeanwhile):
        actions.save_norm(officer, draft, [], seen)
    with pytest.raises(ChangedMeanwhile):
        actions.adopt_norm(leader, draft.pk, seen)


def test_of_two_drafts_for_one_place_only_the_first_takes_it(officer, leader, old):
    one, two = (actions.save_norm(officer, heir(old, cap=cap * MILLION), []) for cap in (400, 500))
    actions.adopt_norm(leader, one.pk)
    with pytest.raises(ChangedMeanwhile):
        actions.adopt_norm(leader, two.pk)
    with pytest.raises(ChangedMeanwhile):
        actions.adopt_norm(leader, one.pk)
    assert most(CHANGE) == 400 * MILLION


def test_a_discarded_draft_stays_in_the_trail_with_its_conditions(officer, old):
    draft = actions.save_norm(officer, heir(old), [whole_line()])
    pk = draft.pk
    actions.discard_norm(officer, pk)
    assert not SupportNorm.objects.filter(pk=pk).exists()
    gone = AuditRecord.objects.filter(action="delete", subject_id=str(pk))
    assert {entry.object_type for entry in gone} == {"law.supportnorm", "law.normmultiplier"}
    assert all('"None"' not in entry.before and entry.object_id != "None" for entry in gone)


def test_an_adopted_norm_is_not_discarded(officer, old):
    with pytest.raises(ValidationError, match="Chỉ bỏ được bản dự thảo"):
        actions.discard_norm(officer, old.pk)
    assert old.multipliers.exists()
    assert not AuditRecord.objects.exists()
