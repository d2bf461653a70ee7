"""What the invented province has told and measured so far: a signed report, one to be signed, an answer on revenue."""

import datetime as dt

from khuyencong.core.periods import Kind, Period, last_ended
from khuyencong.impact.actions import answer, ask_registry
from khuyencong.impact.estimation.question import Question
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.reports.official import actions
from khuyencong.reports.official.models import ReportDefinition

_DRAWS = 199  # enough to show a p-value; whoever works with it asks again with more


def report(people: dict[str, User], home: Unit, today: dt.date) -> None:
    """Last year's report to the People's Committee is signed; that of the last quarter waits for the signature."""
    kind = ReportDefinition.objects.get(sort=ReportDefinition.Sort.KIND, code="department")
    officer, leader = people["can.bo"], people["lanh.dao"]
    year = actions.draft(officer, kind, home, Period(Kind.YEAR, today.year - 1))
    actions.send(officer, year.pk)
    actions.sign(leader, year.pk, "08/BC-SCT")
    quarter = actions.draft(officer, kind, home, last_ended(Kind.QUARTER, today))
    actions.send(officer, quarter.pk)


def measure(people: dict[str, User]) -> None:
    """What support did to revenue, as the analyst asked."""
    question = Question("unit", "year", "revenue", first_support="first_support", log=True, permutations=_DRAWS)
    answer(people["phan.tich"], ask_registry(people["phan.tich"], question), question, lambda share, words="": None)
