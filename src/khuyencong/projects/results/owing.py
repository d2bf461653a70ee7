"""The rule of how many years of results are owed after acceptance, as conditions that the database judges."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from khuyencong.core.validity import holds
from khuyencong.establishments.models import YearlyResult
from khuyencong.law.documents.models import Parameter
from khuyencong.law.documents.queries.parameters import periods
from khuyencong.projects.record.models import Project

_NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Rule:
    """The periods of the rule, the newest first; which one holds is told by the day of acceptance."""

    periods: tuple[Parameter, ...]

    @classmethod
    def read(cls) -> "Rule":
        """As adopted."""
        return cls(tuple(periods("results-years")))

    def years(self, day: dt.date) -> int | None:
        """How many years are owed after an acceptance on the day; None where no period holds."""
        return next((one.whole for one in self.periods if holds(one, day)), None)

    @property
    def offsets(self) -> range:
        """How many years after acceptance something may be owed for: 1, 2, ..."""
        return range(1, max((one.whole for one in self.periods), default=0) + 1)

    def asks_from(self, year: int) -> Q:
        """The projects that ask for the results of this year or of a later one."""
        return _any(Q(accepted_year__gte=year - one.whole) & self._under(one) for one in self.periods if one.whole > 0)

    def lacks_any(self) -> Q:
        """The projects with an establishment that works and has not told of some year asked for."""
        beneficiaries = Project.establishments.through.objects.filter(
            project=OuterRef("pk"), establishment__standing__active=True
        )
        return _any(
            _any(self._under(one) for one in self.periods if one.whole >= after)
            & Q(Exists(beneficiaries.exclude(told(after, "establishment", "project__accepted_year"))))
            for after in self.offsets
        )

    def _under(self, period: Parameter) -> Q:
        """Accepted while this period held and no newer one."""
        newer = self.periods[: self.periods.index(period)]
        return _accepted_within(period) & ~_any(_accepted_within(one) for one in newer)


def told(after: int, establishment: str, accepted: str) -> Exists:
    """Whether the result so many years after acceptance is there; both as paths from the row outside."""
    year = OuterRef(accepted) + after
    return Exists(YearlyResult.objects.filter(establishment=OuterRef(establishment), year=year))


def _accepted_within(period: Parameter) -> Q:
    """Accepted while a period held: by the day where it is known, else by the last day of the year."""
    known = Q(accepted_on__gte=period.valid_from)
    unknown = Q(accepted_on=None, accepted_year__gte=period.valid_from.year)
    if period.valid_to is not None:
        known &= Q(accepted_on__lte=period.valid_to)
        unknown &= Q(accepted_year__lt=(period.valid_to + dt.timedelta(days=1)).year)
    return known | unknown


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, _NOBODY)
