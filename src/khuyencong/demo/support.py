"""Invented support: which establishments, which projects, how much. Sizes are those that were published.

2021-2025: 23 projects, 4.36 billion of support in 15.2 billion invested, 7 of them national, 2.55 billion for
8 establishments. Earlier: about 280 million a project. Machinery: at most half of the cost and 300 million
for an establishment; a demonstration model: 30 per cent and one billion; a trademark 35, a showroom 50. Before
circular 28/2018/TT-BTC: 200 and 500 million.
"""

from dataclasses import dataclass

import numpy as np

from khuyencong.demo.registry import Firm

MILLION = 1_000_000

# (kind of activity, fund, support in million VND, establishments); those of 2013-2020 and of 2021-2024.
_Line = tuple[str, str, int, int]
_EARLIER: list[_Line] = [
    *(("demonstration-model", "national", amount, 1) for amount in (800, 650, 500, 480, 450)),
    *(("machinery", "national", amount, 2) for amount in (600, 560, 400, 380)),
    *(("machinery", "national", amount, 1) for amount in (300, 300, 280, 200, 150)),
    *(("machinery", "local", amount, 1) for amount in (300, 300, 280, 260, 250, 240, 230, 220, 200, 200, 200)),
    *(("machinery", "local", amount, 1) for amount in (190, 180, 170, 160, 150, 140, 120, 100, 80)),
]
_LATER: list[_Line] = [
    *(("demonstration-model", "national", amount, 1) for amount in (400, 400)),
    ("machinery", "national", 550, 2),
    *(("machinery", "national", amount, 1) for amount in (300, 300, 300, 300)),
    *(("machinery", "local", amount, 1) for amount in (200, 180, 160, 150, 150, 140, 130, 120, 110, 100, 100)),
    *(("machinery", "local", amount, 1) for amount in (90, 80)),
    ("consulting", "local", 25, 1),
]
# What joint circular 26/2014/TTLT-BTC-BCT allowed for one establishment, for what was accepted before 2019: in 2018
# projects were still those approved before circular 28/2018/TT-BTC.
_MOST_BEFORE_2019 = {"machinery": 200, "demonstration-model": 500}
_EARLIER_YEARS = (2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020)
_LATER_YEARS = (2021, 2022, 2023, 2024)

# Support for those who already had some: (year, kind, million VND).
_AGAIN = ((2018, "trademark", 35), (2020, "showroom", 50), (2025, "trademark", 30), (2025, "showroom", 45))

# Asked for and not accepted yet: (kind, fund, support and whole cost in million VND, establishments). Some ask for
# less than the norms allow, some stand at the cap.
PENDING_YEAR = 2026
_PENDING: tuple[tuple[str, str, int, int, int], ...] = (
    ("machinery", "local", 300, 900, 1),
    ("machinery", "local", 300, 700, 1),
    ("machinery", "local", 220, 480, 1),
    ("machinery", "local", 160, 360, 1),
    ("machinery", "national", 600, 1700, 2),
    ("demonstration-model", "national", 700, 2400, 1),
    ("trademark", "local", 35, 80, 1),
    ("consulting", "local", 30, 65, 1),
    ("machinery", "local", 120, 300, 1),
    ("machinery", "local", 150, 320, 1),
    ("machinery", "local", 140, 300, 1),
    ("machinery", "local", 100, 240, 1),
    ("machinery", "local", 180, 430, 1),
    ("machinery", "local", 90, 210, 1),
)

# The largest share of the cost that may be paid, and the smallest that was.
_SHARES = {
    "machinery": (0.22, 0.38), "demonstration-model": (0.18, 0.29), "consulting": (0.4, 0.5), "trademark": (0.4, 0.5),
    "showroom": (0.35, 0.5),
}  # fmt: skip
_SMALLEST, _MILLION_A_WORKER = 2.5, 90.0  # a line of machines needs people, and a share of its cost
_PREFIX = {"national": "QG", "local": "ĐP"}
_FORM_APPEAL = {"household": 1.0, "cooperative": 7.0, "cooperative-group": 4.0, "enterprise": 6.0}


@dataclass(frozen=True)
class Support:
    """One project, accepted in ``year`` or (not ``accepted``) planned for it. Money in VND."""

    code: str
    title: str
    kind: str
    fund: str
    year: int
    firms: tuple[Firm, ...]
    amount: int
    counterpart: int
    accepted: bool = True


def invent(rng: np.random.Generator, firms: list[Firm]) -> list[Support]:
    """Projects in order of year; every establishment but a few is supported once."""
    lines = [
        *_dated(rng, _EARLIER, _EARLIER_YEARS),
        *_dated(rng, _LATER, _LATER_YEARS),
    ]
    chosen: dict[int, int] = {}
    projects: list[Support] = []
    for year, (kind, fund, planned, size) in sorted(lines, key=lambda line: line[0]):
        amount = min(planned, _MOST_BEFORE_2019[kind] * size) if year < 2019 else planned
        members = _members(rng, firms, year, amount / size, size, chosen)
        projects.append(_project(rng, year, kind, fund, amount, members, len(projects)))
    for year, kind, amount in _AGAIN:
        earlier = [firm for firm in firms if chosen.get(firm.number, 9999) <= year - 2 and firm.closed is None]
        firm = earlier[int(rng.integers(len(earlier)))]
        projects.append(_project(rng, year, kind, "local", amount, (firm,), len(projects)))
    return projects


def pending(rng: np.random.Generator, firms: list[Firm], supported: list[Support]) -> list[Support]:
    """Projects that wait, all for establishments without support so far."""
    chosen = first_years(supported)
    found: list[Support] = []
    for kind, fund, amount, cost, size in _PENDING:
        members = _members(rng, firms, PENDING_YEAR, amount / size, size, chosen)
        found.append(
            Support(
                code=f"{_PREFIX[fund]}-{PENDING_YEAR}-{len(found) + 1:02d}",
                title=_title(kind, members),
                kind=kind,
                fund=fund,
                year=PENDING_YEAR,
                firms=members,
                amount=amount * MILLION,
                counterpart=(cost - amount) * MILLION,
                accepted=False,
            )
        )
    return found


def first_years(projects: list[Support]) -> dict[int, int]:
    """Establishment number -> the first year in which a project of it was accepted."""
    first: dict[int, int] = {}
    for project in projects:
        for firm in project.firms:
            first[firm.number] = min(project.year, first.get(firm.number, project.year))
    return first


def _dated(rng: np.random.Generator, lines: list[_Line], years: tuple[int, ...]) -> list[tuple[int, _Line]]:
    """Spread over the years evenly, in an order of chance."""
    order = rng.permutation(len(lines))
    return [(years[position % len(years)], lines[index]) for position, index in enumerate(order)]


def _members(
    rng: np.random.Generator, firms: list[Firm], year: int, million: float, size: int, chosen: dict[int, int]
) -> tuple[Firm, ...]:
    """Who shares a project: one trade, as long as a very small province has two of it."""
    members: tuple[Firm, ...] = ()
    while len(members) < size:
        able = [firm for firm in firms if _able(firm, year, chosen)]
        partners = [firm for firm in able if not members or firm.trade is members[0].trade] or able
        members += (_choose(rng, partners, year, million, chosen),)
    return members


def _able(firm: Firm, year: int, chosen: dict[int, int]) -> bool:
    lasting = firm.closed is None or firm.closed > year + 3
    return firm.number not in chosen and firm.started <= year - 3 and lasting and not firm.paused


def _choose(rng: np.random.Generator, able: list[Firm], year: int, million: float, chosen: dict[int, int]) -> Firm:
    """Bigger and better organised establishments come first; what the years will bring them plays no part."""
    smallest = _SMALLEST + million / _MILLION_A_WORKER
    # In a very small province none may be big enough: then any.
    open_to = [firm for firm in able if firm.base_workers >= smallest] or able
    appeal = np.array([_FORM_APPEAL[firm.form] * min(firm.base_workers, 40.0) for firm in open_to])
    firm = open_to[int(rng.choice(len(open_to), p=appeal / appeal.sum()))]
    chosen[firm.number] = year
    return firm


def _project(
    rng: np.random.Generator,
    year: int,
    kind: str,
    fund: str,
    million: int,
    firms: tuple[Firm, ...],
    before: int,
) -> Support:
    least, most = _SHARES[kind]
    total = round(million / float(rng.uniform(least, most)))
    return Support(
        code=f"{_PREFIX[fund]}-{year}-{before + 1:02d}",
        title=_title(kind, firms),
        kind=kind,
        fund=fund,
        year=year,
        firms=firms,
        amount=million * MILLION,
        counterpart=(total - million) * MILLION,
    )


def _title(kind: str, firms: tuple[Firm, ...]) -> str:
    trade = firms[0].trade
    what = {
        "machinery": f"Hỗ trợ ứng dụng {trade.machine} vào sản xuất",
        "demonstration-model": f"Xây dựng mô hình trình diễn {trade.machine}",
        "consulting": "Tư vấn tổ chức sản xuất và thiết kế bao bì",
        "trademark": "Hỗ trợ xây dựng và đăng ký nhãn hiệu",
        "showroom": "Hỗ trợ trưng bày, giới thiệu sản phẩm",
    }[kind]
    return f"{what} tại {' và '.join(firm.name for firm in firms)}"
