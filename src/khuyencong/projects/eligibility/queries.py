"""The answers for one establishment, content by content."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from khuyencong.core.validity import valid_on
from khuyencong.establishments.eligibility import facts_of, priority_facts_of
from khuyencong.establishments.models import Establishment
from khuyencong.law.eligibility.priority import Score, score
from khuyencong.law.eligibility.queries import criteria, rules
from khuyencong.law.eligibility.rules import Answer, judge
from khuyencong.law.models import ActivityType
from khuyencong.projects.record.queries import earlier_support


@dataclass(frozen=True)
class Entitlement:
    """A content and whether the establishment may be supported with it."""

    content: ActivityType
    answer: Answer


def entitlements(establishment: Establishment, day: dt.date) -> list[Entitlement]:
    """Every content of the day with its answer: first what is open to the establishment, then the unknown."""
    support = earlier_support([establishment.pk], until=day.year)
    facts = facts_of([establishment], support)[establishment.pk]
    in_force = rules()
    found = [Entitlement(one, judge(in_force, facts, one.code, day)) for one in contents_on(day)]
    order = {True: 0, None: 1, False: 2}
    return sorted(found, key=lambda one: (order[one.answer.eligible], one.content.position))


def priority_of(establishment: Establishment, day: dt.date) -> Score:
    """The priority score of the establishment on the day."""
    return score(criteria(), priority_facts_of([establishment], day)[establishment.pk], day)


def contents_on(day: dt.date) -> QuerySet[ActivityType]:
    """What an establishment could be supported with on the day."""
    return ActivityType.objects.filter(valid_on(day), direct=True)
