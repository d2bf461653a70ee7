"""Invented rules, criteria and facts for the property tests of the law room."""

import datetime as dt

from hypothesis import strategies as st

from khuyencong.law.eligibility import priority
from khuyencong.law.eligibility import rules as eligibility

DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2030, 12, 31))
FORMS = ("enterprise", "cooperative", "household")
GROUPS = ("agro-processing", "mechanical", "handicraft")
AREAS = ("commune", "ward")
CONTENTS = ("machinery", "fair", "trademark")
KINDS_OF_AREA = ("difficult", "especially-difficult", "new-rural")

_VALUES = {eligibility.Kind.BENEFICIARY: FORMS, eligibility.Kind.INDUSTRY: GROUPS, eligibility.Kind.AREA: AREAS}


@st.composite
def rules(draw, kinds=tuple(eligibility.Kind)):
    """One rule of eligibility with values of its own kind."""
    kind = draw(st.sampled_from(kinds))
    known = _VALUES.get(kind)
    start = draw(DAYS)
    return eligibility.Rule(
        key=draw(st.text("abc", min_size=1, max_size=3)),
        kind=kind,
        name="quy định",
        values=draw(st.frozensets(st.sampled_from(known))) if known else frozenset(),
        contents=draw(st.frozensets(st.sampled_from(CONTENTS))),
        valid_from=start,
        valid_to=draw(st.none() | st.dates(start, dt.date(2031, 12, 31))),
        verified=draw(st.booleans()),
    )


EARLIER = st.builds(eligibility.Earlier, st.sampled_from(CONTENTS), st.integers(2013, 2025), st.just("đề án"))
FACTS = st.builds(
    eligibility.Facts,
    legal_form=st.sampled_from(("", *FORMS)),
    industry=st.sampled_from(("", *GROUPS)),
    area=st.sampled_from(("", *AREAS)),
    active=st.booleans(),
    earlier=st.lists(EARLIER, max_size=3).map(tuple),
)
COMPLETE = st.builds(
    eligibility.Facts,
    legal_form=st.sampled_from(FORMS),
    industry=st.sampled_from(GROUPS),
    area=st.sampled_from(AREAS),
    active=st.booleans(),
    earlier=st.lists(EARLIER, max_size=3).map(tuple),
)


@st.composite
def criteria(draw):
    """One criterion of priority with values of its own kind."""
    kind = draw(st.sampled_from(priority.Kind))
    known = {
        priority.Kind.AREA: KINDS_OF_AREA[:2],
        priority.Kind.NEW_RURAL: KINDS_OF_AREA[2:],
        priority.Kind.INDUSTRY: GROUPS,
    }.get(kind)
    start = draw(DAYS)
    return priority.Criterion(
        key=draw(st.text("abc", min_size=1, max_size=3)),
        kind=kind,
        name="tiêu chí",
        points=draw(st.integers(1, 100)),
        valid_from=start,
        valid_to=draw(st.none() | st.dates(start, dt.date(2031, 12, 31))),
        values=draw(st.frozensets(st.sampled_from(known), min_size=1)) if known else frozenset(),
        threshold=draw(st.none() | st.integers(1, 60)),
    )


MERITS = st.builds(
    priority.Facts,
    areas=st.frozensets(st.sampled_from(KINDS_OF_AREA)),
    listed=st.frozensets(st.sampled_from(KINDS_OF_AREA)),
    industry=st.sampled_from(("", *GROUPS)),
    local_material=st.none() | st.booleans(),
    workers=st.none() | st.integers(0, 80),
    export_value=st.none() | st.integers(0, 10**10),
)
