"""Eligible or not: alternatives, order, what is missing, what time does."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.eligibility.rules import Earlier, Facts, Kind, Outcome, Rule, judge
from tests.law import strategies as some

pytestmark = pytest.mark.database_free

DAY = dt.date(2024, 6, 1)
ALTERNATIVES = (Kind.BENEFICIARY, Kind.INDUSTRY, Kind.AREA)
HOUSEHOLD = Facts("household", "agro-processing", "commune", True)


def rule(kind, *values, contents=(), key="", since=dt.date(2012, 7, 5), until=None):
    return Rule(key or kind, kind, "quy định", frozenset(values), frozenset(contents), since, until)


BENEFICIARY = rule(Kind.BENEFICIARY, "household", "cooperative")


def test_one_beneficiary_rule_that_passes_is_enough():
    other = rule(Kind.BENEFICIARY, "enterprise", key="other")
    assert judge([other, BENEFICIARY], HOUSEHOLD, "machinery", DAY).eligible is True
    assert judge([other], HOUSEHOLD, "machinery", DAY).eligible is False


def test_kinds_must_pass_each_by_itself():
    ward = rule(Kind.AREA, "ward")
    answer = judge([BENEFICIARY, ward], HOUSEHOLD, "machinery", DAY)
    assert answer.eligible is False
    assert [finding.outcome for finding in answer.findings] == [Outcome.PASSES, Outcome.FAILS]


def test_the_same_content_is_not_funded_twice_but_another_may_be():
    once = replace(HOUSEHOLD, earlier=(Earlier("machinery", 2019, "Máy sấy (năm 2019)"),))
    rules = [BENEFICIARY, rule(Kind.NO_DOUBLE_FUNDING)]
    refused = judge(rules, once, "machinery", DAY)
    assert refused.eligible is False
    assert refused.findings[-1].fact == "Máy sấy (năm 2019)"
    assert judge(rules, once, "trademark", DAY).eligible is True


def test_without_a_rule_on_beneficiaries_nothing_can_be_said():
    assert judge([], HOUSEHOLD, "machinery", DAY).eligible is None
    assert judge([rule(Kind.ACTIVE)], HOUSEHOLD, "machinery", DAY).eligible is None


def test_a_missing_fact_leaves_the_answer_open_unless_another_rule_refuses():
    nameless = replace(HOUSEHOLD, industry="")
    rules = [BENEFICIARY, rule(Kind.INDUSTRY, "agro-processing"), rule(Kind.ACTIVE)]
    assert judge(rules, nameless, "machinery", DAY).eligible is None
    assert judge(rules, replace(nameless, active=False), "machinery", DAY).eligible is False


def test_from_15_october_2025_cooperative_groups_are_named_no_more():
    before = rule(Kind.BENEFICIARY, "household", "cooperative-group", until=dt.date(2025, 10, 14), key="2012")
    after = rule(Kind.BENEFICIARY, "household", since=dt.date(2025, 10, 15), key="2025")
    group = replace(HOUSEHOLD, legal_form="cooperative-group")
    assert judge([before, after], group, "machinery", dt.date(2025, 10, 14)).eligible is True
    assert judge([before, after], group, "machinery", dt.date(2025, 10, 15)).eligible is False


@given(st.lists(some.rules(), max_size=6).flatmap(lambda r: st.tuples(st.just(r), st.permutations(r))), some.FACTS,
       st.sampled_from(some.CONTENTS), some.DAYS)  # fmt: skip
def test_the_order_of_the_rules_plays_no_part(pair, facts, content, day):
    rules, shuffled = pair
    one, other = judge(rules, facts, content, day), judge(shuffled, facts, content, day)
    assert one.eligible == other.eligible
    assert sorted(map(repr, one.findings)) == sorted(map(repr, other.findings))


@given(st.lists(some.rules(), max_size=6), some.FACTS, st.sampled_from(some.CONTENTS), some.DAYS)
def test_the_answer_follows_from_the_findings(rules, facts, content, day):
    """An answer is told apart from its reasons by an independent count of the groups."""
    answer = judge(rules, facts, content, day)
    assert {finding.rule for finding in answer.findings} == {r for r in rules if r.holds(content, day)}
    groups = []
    for kind in Kind:
        outcomes = [finding.outcome for finding in answer.findings if finding.rule.kind is kind]
        if kind in ALTERNATIVES and outcomes:
            best = next(o for o in (Outcome.PASSES, Outcome.UNKNOWN, Outcome.FAILS) if o in outcomes)
            groups.append(best)
        elif kind not in ALTERNATIVES:
            groups += outcomes
    if not any(finding.rule.kind is Kind.BENEFICIARY for finding in answer.findings):
        assert answer.eligible is None
    elif Outcome.FAILS in groups:
        assert answer.eligible is False
    else:
        assert answer.eligible is (None if Outcome.UNKNOWN in groups else True)


@given(st.lists(some.rules(), max_size=5), some.rules(ALTERNATIVES), some.COMPLETE, st.sampled_from(some.CONTENTS),
       some.DAYS)  # fmt: skip
def test_another_way_in_never_shuts_out_where_that_kind_was_asked_already(rules, added, facts, content, day):
    asked = any(r.kind is added.kind and r.holds(content, day) for r in rules)
    if asked and judge(rules, facts, content, day).eligible is True:
        assert judge([*rules, added], facts, content, day).eligible is True


@given(st.lists(some.rules(), max_size=5), some.COMPLETE, st.sampled_from(some.CONTENTS), some.DAYS)
def test_with_every_fact_known_only_the_want_of_rules_leaves_it_open(rules, facts, content, day):
    answer = judge(rules, facts, content, day)
    assert not any(finding.outcome is Outcome.UNKNOWN for finding in answer.findings)
    has_rule = any(r.kind is Kind.BENEFICIARY and r.holds(content, day) for r in rules)
    assert (answer.eligible is None) == (not has_rule)


@given(st.lists(some.rules(), max_size=5), some.FACTS, some.COMPLETE, st.sampled_from(some.CONTENTS), some.DAYS)
def test_learning_a_fact_may_settle_an_open_answer_but_never_turns_a_settled_one(rules, facts, full, content, day):
    learned = Facts(facts.legal_form or full.legal_form, facts.industry or full.industry, facts.area or full.area,
                    facts.active, facts.earlier)  # fmt: skip
    before, after = judge(rules, facts, content, day), judge(rules, learned, content, day)
    if before.eligible is not None:
        assert after.eligible == before.eligible


@given(st.lists(some.rules(), max_size=5), some.COMPLETE, st.sampled_from(some.CONTENTS), some.DAYS,
       st.lists(some.EARLIER, max_size=2))  # fmt: skip
def test_more_support_before_never_makes_eligible(rules, facts, content, day, more):
    poorer = replace(facts, earlier=(*facts.earlier, *more))
    if judge(rules, facts, content, day).eligible is False:
        assert judge(rules, poorer, content, day).eligible is False
