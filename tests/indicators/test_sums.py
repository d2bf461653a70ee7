"""What the kept sums tell is what all the facts tell, one by one."""

import datetime as dt

import pytest

from khuyencong.core import clock
from khuyencong.core.periods import Window
from khuyencong.indicators.asked import Asked
from khuyencong.indicators.compute import Store
from khuyencong.indicators.facts.load import load
from khuyencong.indicators.sums import sums
from khuyencong.law.models import ActivityType
from khuyencong.planning.indicators import INDICATORS, Frequency
from khuyencong.projects.models import Contract, Payment
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db
# What sums cannot tell: steps other than acceptance, single establishments, visits.
TOLD = [
    "support_accepted", "projects_accepted", "investment_accepted", "leverage", "disbursed", "recovered",
    "workers", "workers_supported", "revenue_supported", "results_reported", "results_reported_supported",
    "establishments", "never_supported", "plan_amount",
]  # fmt: skip


@pytest.fixture
def programme(commune, other_commune):
    """Projects of one establishment and of several, in one commune and across two; money paid and given back."""
    activities = list(ActivityType.objects.all()[:2])
    here = [make_establishment(commune, code=f"A{n}") for n in range(3)]
    there = [make_establishment(other_commune, code=f"B{n}") for n in range(2)]
    for code, year, activity, members in (
        ("1", 2021, 0, here[:1]), ("2", 2022, 1, [here[1], there[0]]), ("3", 2022, 0, [there[1], *here]),
        ("4", None, 0, here[2:]), ("5", 2021, 1, there[:1]),
    ):  # fmt: skip
        project = make_project(*members, code=code, year=year, support=1000 + int(code), activity=activities[activity])
        contract = Contract.objects.create(project=project, number=code, signed_on=dt.date(2022, 1, 1), amount=1001)
        for kind, amount, day in (("advance", 700, dt.date(2022, 3, 1)), ("payment", 301, dt.date(2023, 1, 2)),
                                  ("recovery", 7, dt.date(2022, 12, 31))):  # fmt: skip
            Payment.objects.create(contract=contract, kind=kind, fund=project.fund, amount=amount, paid_on=day,
                                   made_at=clock.now(), reason="thử")  # fmt: skip
    for one in (*here[:2], *there):
        for year in (2021, 2022):
            make_result(one, year, workers=year % 7, revenue=None if year == 2021 else 10)


@pytest.mark.parametrize("by", [(), ("commune",), ("content",), ("year",), ("province", "fund")])
def test_both_tell_the_same(officer, commune_officer, programme, by):
    for user in (officer, commune_officer):
        kept = sums(user, 2022)
        windows = (Window(2022), Window(2021), Window(2022, 1, 6))
        asked = [
            Asked(code, window, where)
            for code in TOLD
            for window in windows
            for where in ((), (("commune", ("01477",)),), (("content", (ActivityType.objects.all()[1].code,)),))
            if not (code in ("disbursed", "recovered") and window.year != 2022)
            and (window.whole_year or INDICATORS[code].frequency is not Frequency.MONTH or code in ("disbursed",))
        ]
        with Store(load(user)) as store:
            whole = store.figures(asked, by)
        found = kept.figures(asked, by)
        for member in whole.members:
            for one in asked:
                assert found.value(one, member) == whole.value(one, member), (one, member)
        assert any(whole.value(one, member) for one in asked for member in whole.members)
