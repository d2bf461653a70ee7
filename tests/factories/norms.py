"""Invented norms and cases for the property tests, and the drafts that the tests of actions and pages use."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from khuyencong.law.norms.ceiling import Case
from khuyencong.law.norms.rules import Area, Level, Multiplier, Norm

DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2030, 12, 31))
CONTENTS = ("machinery", "fair")
CONDITIONS = ("whole-line", "first-time")
FUNDS = ("any", "national", "local")
VARIANTS = ("", "founding")
PROVINCE = "04"
PERCENTS = st.integers(1, 10_000).map(lambda n: Decimal(n) / 100)
CAPS = st.integers(1, 2_000_000_000)


@st.composite
def multipliers(draw):
    """Some conditions, each with a factor of 1 to 3."""
    codes = draw(st.lists(st.sampled_from(CONDITIONS), unique=True))
    return tuple(Multiplier(one, one, Decimal(draw(st.integers(100, 300))) / 100, "Điều 8") for one in codes)


@st.composite
def norms(draw, levels=tuple(Level)):
    """One norm with a percentage, a cap, or both."""
    chosen = draw(st.sampled_from(levels))
    start = draw(DAYS)
    percent = draw(st.none() | PERCENTS)
    return Norm(
        key=f"n{draw(st.integers(1, 10**9))}",
        content=draw(st.sampled_from(CONTENTS)),
        level=chosen,
        percent=percent,
        cap=draw(CAPS if percent is None else st.none() | CAPS),
        per="establishment",
        valid_from=start,
        valid_to=draw(st.none() | st.dates(start, dt.date(2032, 12, 31))),
        province=PROVINCE if chosen is Level.PROVINCIAL else "",
        fund=draw(st.sampled_from(FUNDS)),
        area=draw(st.sampled_from(Area)),
        variant=draw(st.sampled_from(VARIANTS)),
        multipliers=draw(multipliers()),
        article="Điều 8",
        verified=draw(st.booleans()),
    )


def many(levels=tuple(Level)):
    """Several norms, each with a key of its own."""
    return st.lists(norms(levels), max_size=6, unique_by=lambda norm: norm.key)


CASES = st.builds(
    Case,
    content=st.sampled_from(CONTENTS),
    cost=st.integers(0, 10**11),
    day=DAYS,
    province=st.just(PROVINCE),
    units=st.integers(1, 20),
    conditions=st.frozensets(st.sampled_from(CONDITIONS)),
    fund=st.sampled_from(FUNDS),
    areas=st.frozensets(st.sampled_from([Area.DIFFICULT, Area.ESPECIALLY_DIFFICULT])),
    variant=st.sampled_from(VARIANTS),
)
