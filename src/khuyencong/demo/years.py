"""The invented years, moved to the day of loading: what is invented ends in 2025, what is shown ends last year.

Whenever it is loaded, the province has the same establishments, projects and sums: the years of its founding, support
and results move together. What was decided in truth stays where it was: the law, the reform of the communes, the
plans of periods.
"""

import datetime as dt
from dataclasses import replace

from khuyencong.demo.province import Province
from khuyencong.demo.registry import LAST_YEAR
from khuyencong.demo.support import Support


def years_since(today: dt.date) -> int:
    """By how many years what was invented moves to end with the year before today's; it never moves back."""
    return max(0, today.year - 1 - LAST_YEAR)


def moved(invented: Province, years: int) -> Province:
    """The same province, so many years later."""
    return Province(
        firms=[replace(one, founded=one.founded + years if one.founded else None) for one in invented.firms],
        projects=[_later(one, years) for one in invented.projects],
        pending=[_later(one, years) for one in invented.pending],
        results=[replace(one, year=one.year + years) for one in invented.results],
    )


def _later(one: Support, years: int) -> Support:
    code = one.code.replace(f"-{one.year}-", f"-{one.year + years}-")
    return replace(one, year=one.year + years, code=code)
