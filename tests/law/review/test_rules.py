"""What is out of date, and what is missing, from dates and relations alone."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.documents.rules.references import covers
from khuyencong.law.documents.rules.status import Dates, Effect, EffectKind, standing
from khuyencong.law.review.rules import Basis, Document, Duty, Finding, FindingKind, findings, proposals

pytestmark = pytest.mark.database_free

DAY = dt.date(2026, 1, 1)
SINCE = dt.date(2024, 12, 31)


def day(year, month=1, number=1):
    return dt.date(year, month, number)


AMENDED = Effect(EffectKind.AMENDS, "64/2024", SINCE)
CIRCULAR = Document("circular", Dates(day(2018)), day(2018), (AMENDED,))
RESOLUTION = Document("resolution", Dates(day(2019)), day(2019), bases=(Basis("circular"),), local=True, issuer="HĐND")


def test_a_basis_amended_after_signing_is_found_with_since_when_and_by_what():
    assert findings([CIRCULAR, RESOLUTION], [], DAY) == (
        Finding(FindingKind.BASIS_AMENDED, "resolution", "circular", "64/2024", SINCE),
    )


@pytest.mark.parametrize(
    ("signed", "on", "found"),
    [(day(2025), DAY, 0), (SINCE, DAY, 0), (day(2019), SINCE, 1), (day(2019), SINCE - dt.timedelta(days=1), 0)],
)
def test_who_signed_after_the_change_took_note_of_it(signed, on, found):
    assert len(findings([CIRCULAR, replace(RESOLUTION, signed=signed)], [], on)) == found


@pytest.mark.parametrize(
    ("changed", "used", "found"),
    [("d8", "d8.k4", 1), ("d8.k4", "d8", 1), ("d5", "d8", 0), ("", "d8", 1), ("d5", "", 1), ("d8", "d80", 0)],
)
def test_a_change_of_another_article_is_none_of_what_rests_on_one(changed, used, found):
    circular = replace(CIRCULAR, effects=(replace(AMENDED, path=changed),))
    resolution = replace(RESOLUTION, bases=(Basis("circular", used),))
    assert len(findings([circular, resolution], [], DAY)) == found


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (EffectKind.REPLACES, FindingKind.BASIS_REPLACED),
        (EffectKind.REPEALS, FindingKind.BASIS_REPEALED),
        (EffectKind.SUSPENDS, FindingKind.BASIS_SUSPENDED),
    ],
)
def test_each_kind_of_change_is_named(kind, found):
    circular = replace(CIRCULAR, effects=(replace(AMENDED, kind=kind),))
    assert [one.kind for one in findings([circular, RESOLUTION], [], DAY)] == [found]


def test_a_correction_of_the_print_is_no_change_of_the_law():
    circular = replace(CIRCULAR, effects=(replace(AMENDED, kind=EffectKind.CORRECTS),))
    assert findings([circular, RESOLUTION], [], DAY) == ()


def test_a_basis_that_ran_out_is_found_from_the_day_after():
    programme = Document("programme", Dates(day(2020), expires=day(2025, 12, 31)), day(2020))
    plan = replace(RESOLUTION, bases=(Basis("programme"),))
    assert findings([programme, plan], [], day(2025, 12, 31)) == ()
    assert findings([programme, plan], [], DAY) == (
        Finding(FindingKind.BASIS_EXPIRED, "resolution", "programme", "", DAY),
    )


def test_a_local_document_that_itself_ran_out_needs_no_review():
    gone = replace(RESOLUTION, dates=Dates(day(2019), expires=day(2025, 12, 31)))
    assert findings([CIRCULAR, gone], [], DAY) == ()


DUTY = Duty("norms", "circular", "d8", "Hội đồng nhân dân tỉnh")


@pytest.mark.parametrize(
    ("issuer", "path", "answered"),
    [
        ("Hội đồng nhân dân tỉnh Cao Bằng", "", True),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG", "d8.k4", True),
        ("Ủy ban nhân dân tỉnh Cao Bằng", "", False),
        ("Hội đồng nhân dân tỉnh Cao Bằng", "d9", False),
    ],
)
def test_a_duty_is_answered_by_the_body_that_was_asked_resting_on_what_asks(issuer, path, answered):
    circular = replace(CIRCULAR, effects=())
    local = replace(RESOLUTION, issuer=issuer, bases=(Basis("circular", path),))
    missing = Finding(FindingKind.MISSING, "", "circular", duty="norms", path="d8")
    assert findings([circular, local], [DUTY], DAY) == (() if answered else (missing,))


def test_a_duty_of_a_document_that_is_gone_asks_nothing():
    gone = replace(CIRCULAR, effects=(Effect(EffectKind.REPEALS, "x", day(2020)),))
    assert findings([gone], [DUTY], DAY) == ()
    assert findings([], [DUTY], DAY) == ()


def test_what_may_be_proposed_fits_what_was_found():
    assert "issue" in proposals(FindingKind.MISSING)
    assert all("issue" not in proposals(kind) for kind in FindingKind if kind is not FindingKind.MISSING)


CODES = ("a", "b", "c", "d")
PATHS = st.sampled_from(("", "d1", "d1.k2", "d2"))
SOME_DAY = st.dates(day(2015), day(2027))
EFFECTS = st.builds(
    Effect,
    st.sampled_from(EffectKind),
    st.sampled_from(("x", "y")),
    st.none() | SOME_DAY,
    st.none(),
    st.just(""),
    PATHS,
)


@st.composite
def libraries(draw):
    """Some documents that rest on one another, the first of them the province's own."""
    documents = []
    for place, code in enumerate(CODES[: draw(st.integers(1, 4))]):
        start = draw(SOME_DAY)
        ends = draw(st.none() | st.dates(start, day(2028)))
        documents.append(
            Document(
                code,
                Dates(start, ends),
                draw(st.none() | SOME_DAY),
                tuple(draw(st.lists(EFFECTS, max_size=3))),
                tuple(draw(st.lists(st.builds(Basis, st.sampled_from(CODES), PATHS), max_size=3))),
                local=place < 2 and draw(st.booleans()),
                issuer=draw(st.sampled_from(("Ủy ban", "Hội đồng"))),
            )
        )
    return documents


DUTIES = st.lists(
    st.builds(Duty, st.sampled_from(("p", "q")), st.sampled_from(CODES), PATHS, st.sampled_from(("", "ủy ban"))),
    max_size=3,
)


@given(libraries().flatmap(lambda ds: st.tuples(st.just(ds), st.permutations(ds))), DUTIES, SOME_DAY)
def test_the_order_of_documents_and_duties_plays_no_part(pair, duties, on):
    assert findings(pair[0], duties, on) == findings(pair[1], list(reversed(duties)), on)


@given(libraries(), DUTIES, SOME_DAY)
def test_every_finding_has_a_cause_that_can_be_seen(documents, duties, on):
    known = {one.code: one for one in documents}
    for found in findings(documents, duties, on):
        basis = known[found.basis]
        if found.kind is FindingKind.MISSING:
            assert found.duty in {duty.key for duty in duties if duty.document == found.basis}
            assert standing(basis.dates, basis.effects, on).holds
            continue
        local = known[found.local]
        assert local.local and standing(local.dates, local.effects, on).holds
        assert found.basis in {one.code for one in local.bases}
        assert found.since <= on
        if found.kind is FindingKind.BASIS_EXPIRED:
            assert basis.dates.expires < found.since
        else:
            causes = [e for e in basis.effects if (e.by, e.since, e.path) == (found.by, found.since, found.path)]
            assert causes
            assert found.since > (local.signed or local.dates.in_force_from)


@given(libraries(), DUTIES, SOME_DAY)
def test_no_change_of_a_whole_basis_is_overlooked(documents, duties, on):
    known = {one.code: one for one in documents}
    found = findings(documents, duties, on)
    for local in documents:
        if not local.local or not standing(local.dates, local.effects, on).holds:
            continue
        after = local.signed or local.dates.in_force_from
        for basis in local.bases:
            for effect in known[basis.code].effects if basis.code in known else ():
                matters = effect.kind is not EffectKind.CORRECTS and effect.holds(on) and effect.since > after
                touched = not basis.path or covers(effect.path, basis.path) or covers(basis.path, effect.path)
                if matters and touched:
                    assert any(
                        (one.local, one.basis, one.by, one.since) == (local.code, basis.code, effect.by, effect.since)
                        for one in found
                    )


@given(libraries(), DUTIES, SOME_DAY)
def test_a_new_document_that_answers_everything_leaves_no_duty_open(documents, duties, on):
    answer = Document(
        "new", Dates(day(2010)), on, bases=tuple(Basis(code) for code in CODES), local=True, issuer="ủy ban"
    )
    assert not [one for one in findings([*documents, answer], duties, on) if one.kind is FindingKind.MISSING]
