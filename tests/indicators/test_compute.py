"""Indicators computed by Ibis against the same sums in plain Python, on facts of chance."""

from collections import defaultdict

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong.core.periods import Window
from khuyencong.indicators.asked import Asked
from khuyencong.indicators.compute import Store
from khuyencong.indicators.facts.schema import SCHEMAS
from khuyencong.indicators.records import records
from khuyencong.planning.indicators import INDICATORS
from tests.examples import examples

pytestmark = pytest.mark.database_free

_money = st.integers(0, 10**12)
milestones = st.lists(
    st.fixed_dictionaries({
        "project": st.integers(1, 9), "establishment": st.integers(1, 6),
        "fund": st.sampled_from(["local", "national"]),
        "content": st.sampled_from(["machinery", "trademark"]), "commune": st.sampled_from(["01", "02", "03"]),
        "district": st.just("H"), "province": st.just("04"), "group": st.just(""), "form": st.just("household"),
        "year": st.sampled_from([2024, 2025]), "month": st.one_of(st.none(), st.integers(1, 12)),
        "event": st.sampled_from(["approved", "accepted"]), "lead": st.integers(0, 1), "support": _money,
        "counterpart": _money, "blended": _money, "investment": _money, "jobs": st.integers(0, 50),
    }), max_size=25,
)  # fmt: skip


def store_of(**rows):
    return Store({name: pa.Table.from_pylist(rows.get(name, []), schema=schema) for name, schema in SCHEMAS.items()})


def counts(row, window, where=()):
    inside = window.whole_year or (row["month"] is not None and window.first <= row["month"] <= window.last)
    return row["year"] == window.year and inside and all(row[name] in values for name, values in where)


windows = st.sampled_from([Window(2025), Window(2025, 1, 6), Window(2024, 7, 9)])


@settings(max_examples=examples(25))
@given(milestones, windows, st.sampled_from([(), (("fund", ("local",)),), (("commune", ("01", "03")),)]))
def test_sums_and_counts_are_those_of_the_rows(rows, window, where):
    accepted = [row for row in rows if row["event"] == "accepted" and counts(row, window, where)]
    asked = {
        code: Asked(code, window, where)
        for code in ("support_accepted", "projects_accepted", "establishments_supported", "leverage")
    }
    with store_of(milestones=rows) as store:
        figures = store.figures(asked.values())
        found = {code: figures.value(one) for code, one in asked.items()}
    support = sum(row["support"] for row in accepted)
    assert found["support_accepted"] == support
    assert found["projects_accepted"] == sum(row["lead"] for row in accepted)
    assert found["establishments_supported"] == len({row["establishment"] for row in accepted})
    investment = sum(row["investment"] for row in accepted)
    if support:
        assert float(found["leverage"]) == pytest.approx(investment / support)
    else:
        assert found["leverage"] is None


@settings(max_examples=examples(25))
@given(milestones, windows)
def test_a_breakdown_adds_up_to_the_whole(rows, window):
    asked = Asked("support_accepted", window)
    with store_of(milestones=rows) as store:
        whole, broken = store.figures([asked]), store.figures([asked], ("commune",))
        assert sum(broken.value(asked, member) for member in broken.members) == whole.value(asked)
    by_commune = defaultdict(int)
    for row in rows:
        if row["event"] == "accepted" and counts(row, window):
            by_commune[row["commune"],] += row["support"]
    assert {member: broken.value(asked, member) for member in broken.members if broken.value(asked, member)} == {
        member: amount for member, amount in by_commune.items() if amount
    }


@settings(max_examples=examples(25))
@given(milestones, windows, st.sampled_from(["support_accepted", "projects_approved", "establishments_supported"]))
def test_the_records_behind_a_number_add_up_to_it(rows, window, code):
    with store_of(milestones=rows) as store:
        behind, figures = records(store, Asked(code, window)), store.figures([Asked(code, window)])
    assert sum(1 if one.value is None else one.value for one in behind) == figures.value(Asked(code, window))


def test_what_nobody_reported_is_no_zero():
    row = dict.fromkeys(SCHEMAS["results"].names) | {"establishment": 1, "year": 2025, "supported": False, "workers": 5}
    with store_of(results=[row]) as store:
        figures = store.figures([Asked(code, Window(2025)) for code in ("workers", "revenue", "results_reported")])
        nothing = store.figures([Asked("support_accepted", Window(2025))])
    assert figures.value(Asked("workers", Window(2025))) == 5
    assert figures.value(Asked("revenue", Window(2025))) is None
    assert figures.value(Asked("results_reported", Window(2025))) == 1
    assert nothing.value(Asked("support_accepted", Window(2025))) == 0


def test_a_budget_cannot_be_told_by_commune():
    line = {"line": 1, "fund": "local", "content": "", "year": 2025, "amount": 7}
    asked = Asked("plan_amount", Window(2025))
    with store_of(plan=[line]) as store:
        assert store.figures([asked]).value(asked) == 7
        by_commune = store.figures([asked], ("commune",))
        assert by_commune.value(asked, ("01",)) is None
        narrowed = Asked("plan_amount", Window(2025), (("commune", ("01",)),))
        assert store.figures([narrowed]).value(narrowed) is None


def test_every_indicator_can_be_computed():
    asked = [Asked(code, Window(2025)) for code in INDICATORS]
    with store_of() as store:
        figures = store.figures(asked)
        for one in asked:
            assert figures.value(one) in (0, None), one.code
