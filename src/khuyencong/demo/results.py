"""Invented yearly results, with the gaps and mixed sources that real ones have. The effect is in truth.py."""

from dataclasses import dataclass

import numpy as np

from khuyencong.demo import truth
from khuyencong.demo.registry import FIRST_YEAR, LAST_YEAR, Firm

_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

# One path of the years for all, as growth of log revenue: prices and markets; the epidemic in 2020 and 2021.
_GROWTH = {2013: 0.06, 2014: 0.07, 2015: 0.06, 2016: 0.07, 2017: 0.08, 2018: 0.08, 2019: 0.07, 2020: -0.03,
           2021: 0.01, 2022: 0.09, 2023: 0.06, 2024: 0.07, 2025: 0.07}  # fmt: skip
_MEMORY, _SHOCK, _MISREAD = 0.55, 0.16, 0.06
_FULL_COUNTS = {2012, 2015, 2020}  # years in which the province went to everybody
_ASKED = {"household": 0.66, "cooperative": 0.86, "cooperative-group": 0.7, "enterprise": 0.96}
_SOURCES = ("survey", "tax", "estimate")
_SOURCE_WEIGHTS = {
    "household": (0.74, 0.06, 0.20),
    "cooperative": (0.62, 0.26, 0.12),
    "cooperative-group": (0.78, 0.02, 0.20),
    "enterprise": (0.22, 0.74, 0.04),
}


@dataclass(frozen=True)
class Result:
    """What is known of one year. None is what nobody wrote down. Money in VND."""

    firm: Firm
    year: int
    source: str
    revenue: int | None
    output_value: int | None
    value_added: int | None
    workers: int | None
    women: int | None
    ethnic_minority: int | None
    average_wage: int | None
    tax_paid: int | None
    export_value: int | None
    profit: int | None
    investment: int | None


def invent(rng: np.random.Generator, firms: list[Firm], first_support: dict[int, int]) -> list[Result]:
    """The panel, by establishment and year."""
    common = np.cumsum([_GROWTH.get(year, 0.0) for year in _YEARS])
    common -= common[2015 - FIRST_YEAR]
    panel: list[Result] = []
    for firm in firms:
        # Every establishment draws the same amount of chance, so that one more or less moves no other.
        shocks, misread, seen = (
            rng.normal(size=len(_YEARS)),
            rng.normal(size=len(_YEARS)),
            rng.random(len(_YEARS)),
        )
        details, staff = rng.random((len(_YEARS), 12)), rng.normal(size=len(_YEARS))
        noise = _SHOCK / np.sqrt(1 - _MEMORY**2) * shocks[0]
        support = first_support.get(firm.number)
        for at, year in enumerate(_YEARS):
            noise = _MEMORY * noise + _SHOCK * shocks[at] if at else noise
            if not _counted(firm, year, support, seen[at]):
                continue
            since = -1 if support is None else year - support
            log_revenue = firm.log_level + common[at] + noise + _MISREAD * misread[at]
            log_revenue += np.log1p(truth.effect(truth.REVENUE, since))
            workers = firm.base_workers * np.exp(0.012 * (year - 2015) + 0.08 * staff[at] + 0.2 * noise)
            workers *= 1 + truth.effect(truth.WORKERS, since)
            panel.append(_result(firm, year, float(np.exp(log_revenue)), float(workers), details[at], support))
    return panel


def _counted(firm: Firm, year: int, support: int | None, draw: float) -> bool:
    if year < firm.started or (firm.closed is not None and year >= firm.closed):
        return False
    asked = _ASKED[firm.form]
    if support is not None:  # followed up; and they had to show their figures when they applied
        asked = max(asked, 0.97)
        if year in (support - 2, support - 1, support):
            return True
    if year in _FULL_COUNTS:
        asked = max(asked, 0.9)
    if year == LAST_YEAR:
        asked *= 0.8  # not all have reported yet
    if firm.paused and year >= LAST_YEAR - 1:
        return False
    return draw < asked


def _result(firm: Firm, year: int, revenue: float, workers: float, chance: np.ndarray, support: int | None) -> Result:
    weights = np.cumsum(_SOURCE_WEIGHTS[firm.form])
    source = _SOURCES[min(int(np.searchsorted(weights, chance[0] * weights[-1])), 2)]
    people = max(1, round(workers))
    household = firm.form == "household"
    kept = support is not None  # those who are followed up leave fewer gaps
    wage = 3.1e6 * 1.058 ** (year - 2012) * (0.8 + 0.5 * chance[8]) * (1.0 if household else 1.2)
    profit = revenue * (-0.02 + 0.16 * chance[9] ** 1.3)
    return Result(
        firm=firm,
        year=year,
        source=source,
        revenue=_unless(chance[1] < (0.01 if kept else 0.05), _money(revenue)),
        output_value=_unless(chance[2] < 0.12, _money(revenue * (0.97 + 0.09 * chance[10]))),
        value_added=_unless(chance[3] < 0.5, _money(revenue * (0.22 + 0.2 * chance[10]))),
        workers=_unless(chance[4] < 0.04, people),
        women=_unless(chance[4] < 0.22, min(people, round(people * (0.25 + 0.4 * chance[11])))),
        ethnic_minority=_unless(chance[4] < 0.28, min(people, round(people * (0.7 + 0.3 * chance[10])))),
        average_wage=_unless(chance[5] < 0.2, int(round(wage, -4))),
        tax_paid=_unless(chance[6] < 0.3, _money(revenue * (0.008 if household else 0.028) * (0.5 + chance[9]))),
        export_value=_money(revenue * 0.3 * chance[11]) if chance[7] < firm.trade.export else None,
        profit=_unless(chance[5] < (0.5 if household else 0.15), _money(profit)),
        investment=_money(revenue * 0.12 * chance[11]) if chance[7] > 0.7 else None,
    )


def _unless(missing: bool, value: int) -> int | None:
    return None if missing else value


def _money(amount: float) -> int:
    """To three significant digits and whole thousands: as people report it."""
    if amount == 0:
        return 0
    digits = len(str(int(abs(amount))))
    step = 10 ** max(3, digits - 3)
    return round(amount / step) * step
