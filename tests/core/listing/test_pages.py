"""Pages cut after the last row seen: every row once, there and back, in any order, of a query and of a list."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import F, Min
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core.listing import marks
from khuyencong.core.listing.order import Order
from khuyencong.core.listing.pages import Count, page
from khuyencong.core.listing.rows import ListRows, QueryRows
from khuyencong.establishments.models import Establishment, Industry, YearlyResult
from khuyencong.places.models import Unit

PATHS = ["folded_name", "workers", "latitude", "commune__folded", "industry__code", "twice", "least", "code", "pk"]
ENTERED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
FEW = st.one_of(st.none(), st.integers(0, 2))
FACTS = st.tuples(st.sampled_from(["a", "b", "ba", "c d"]), FEW, FEW, FEW, FEW, st.booleans())
KEYS = st.lists(st.sampled_from(PATHS), max_size=3, unique=True).flatmap(
    lambda paths: st.tuples(*(st.sampled_from([path, f"-{path}"]) for path in paths))
)
anew = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def places(db):
    communes = list(Unit.objects.filter(kind=Unit.Kind.COMMUNE, valid_to=None).order_by("code")[:2])
    return SimpleNamespace(communes=communes, industries=list(Industry.objects.order_by("code")[:3]))


def make(places, facts, start=0):
    """Establishments with few different values, so that many are alike and much is unknown."""
    made = []
    for number, (name, workers, degrees, industry, _year, second) in enumerate(facts, start):
        made.append(
            Establishment(
                code=f"T-{(number * 7) % 97:02d}-{number}",
                name=name,
                folded_name=name,
                legal_form="cooperative",
                commune=places.communes[second],
                workers=workers,
                latitude=None if degrees is None else degrees / 3 + 20,
                longitude=None if degrees is None else 106.1,
                industry=None if industry is None else places.industries[industry],
                search=name,
            )
        )
    Establishment.objects.bulk_create(made)
    YearlyResult.objects.bulk_create(
        YearlyResult(establishment=one, year=2020 + fact[4], entered_at=ENTERED)
        for one, fact in zip(made, facts, strict=True)
        if fact[4] is not None
    )


def query():
    found = Establishment.objects.filter(code__startswith="T-").select_related("commune", "industry")
    return found.annotate(twice=F("workers") * 2, least=Min("results__year"))


def forth(rows, order, size, **given):
    """Page after page to the end."""
    pages = [page(rows, order, size, **given)]
    while pages[-1].forth:
        pages.append(page(rows, order, size, after=pages[-1].forth, **given))
    return pages


def keys(pages):
    return [[one.pk for one in each.rows] for each in pages]


def checked(rows, order, size, expected):
    pages = forth(rows, order, size)
    assert [one for each in keys(pages) for one in each] == expected, "every row once, in order"
    back = [pages[-1]]
    while back[-1].back:
        back.append(page(rows, order, size, before=back[-1].back))
    assert keys(back) == keys(pages)[::-1], "back as forth"
    for position, one in enumerate(pages):
        assert (one.start.n, one.total) == (position * size if one.rows else 0, Count(len(expected)))
        assert (one.number, one.numbers) == (position + 1, len(pages))
        assert (one.first, one.last) == (position * size + bool(one.rows), position * size + len(one.rows))


@anew
@given(facts=st.lists(FACTS, max_size=14), by=KEYS, size=st.integers(1, 6))
def test_every_row_once_there_and_back(places, facts, by, size):
    with transaction.atomic():
        make(places, facts)
        order, plain = Order.by(by), list(query())
        in_memory = ListRows(plain, order)
        expected = [one.pk for one in in_memory.sorted()]
        assert [one.pk for one in QueryRows(query(), order).sorted()] == expected, "a query and a list sort alike"
        checked(QueryRows(query(), order), order, size, expected)
        checked(in_memory, order, size, expected)
        transaction.set_rollback(True)


@anew
@given(
    facts=st.lists(FACTS, min_size=3, max_size=10),
    more=st.lists(FACTS, max_size=6),
    lost=st.sets(st.integers(0, 9), max_size=4),
    by=KEYS,
    size=st.integers(1, 4),
)
def test_rows_that_come_and_go_between_two_pages_move_no_other(places, facts, more, lost, by, size):
    with transaction.atomic():
        make(places, facts)
        order = Order.by(by)
        known = [one.pk for one in QueryRows(query(), order).sorted()]
        gone = {known[place] for place in lost if place < len(known)}
        first = page(QueryRows(query(), order), order, size)
        make(places, more, start=50)
        YearlyResult.objects.filter(establishment__in=gone).delete()
        Establishment.objects.filter(pk__in=gone).delete()
        seen = keys([first])[0]
        if first.forth:
            after = page(QueryRows(query(), order), order, size, after=first.forth)
            while after.rows and after.rows[0].pk not in seen:
                seen += [one.pk for one in after.rows]
                if not after.forth:
                    break
                after = page(QueryRows(query(), order), order, size, after=after.forth)
        stayed = [one for one in known if one not in gone]
        assert [one for one in seen if one in stayed] == stayed, "each once, none left out"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_counting_stops_where_it_would_cost(places, django_assert_num_queries):
    make(places, [("a", None, None, None, None, False)] * 12)
    order = Order.by(["folded_name"])
    pages = forth(QueryRows(query(), order), order, 3, limit=7)
    assert [one.total for one in pages] == [Count(7, more=True)] * 4
    assert [one.start for one in pages] == [Count(0), Count(3), Count(6), Count(7, more=True)]
    with django_assert_num_queries(3):  # keys, rows with what is worked out for them, count
        page(QueryRows(query(), order), order, 3)
    with django_assert_num_queries(2):  # the page holds all there is: nothing to count
        page(QueryRows(query(), order), order, 20)
    with django_assert_num_queries(1):  # nothing worked out: rows at once
        page(QueryRows(Establishment.objects.all(), order), order, 20)


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["", "x", "WyJhIl0:zzz", "\x00", "W10:" + "a" * 43])
def test_a_mark_that_says_nothing_shows_the_first_page(places, mark):
    make(places, [("a", None, None, None, None, False)] * 3)
    order, other = Order.by(["folded_name"]), Order.by(["-folded_name"])
    rows = QueryRows(query(), order)
    first = keys([page(rows, order, 2)])
    assert keys([page(rows, order, 2, after=mark)]) == keys([page(rows, order, 2, before=mark)]) == first
    elsewhere = marks.write(rows.place(query()[0]), other)
    assert keys([page(rows, order, 2, after=elsewhere)]) == first, "a mark of another order"


@pytest.mark.django_db
def test_when_all_that_follows_is_gone_the_last_page_is_shown(places):
    make(places, [("a", None, None, None, None, False)] * 5)
    order = Order.by([])
    rows = QueryRows(query(), order)
    mark = page(rows, order, 4).forth
    Establishment.objects.filter(pk=rows.last(1)[0].pk).delete()
    assert len(page(rows, order, 3, after=mark).rows) == 3
    assert page(QueryRows(query().none(), order), order, 3, after=mark).total == Count(0)


@given(rows=st.lists(st.integers(), max_size=12), size=st.integers(1, 4))
def test_a_list_as_given_is_paged_by_position(rows, size):
    order = Order()
    pages = forth(ListRows([SimpleNamespace(n=one) for one in rows], order), order, size)
    assert [one.n for each in pages for one in each.rows] == rows


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.integers(),
            st.text(),
            st.booleans(),
            st.dates(),
            st.datetimes(),
            st.decimals(allow_nan=False, allow_infinity=False),
            st.floats(allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_mark_keeps_what_was_written(values):
    order = Order.by([f"x{place}" for place in range(len(values))], unique=())
    assert marks.read(marks.write(tuple(values), order), order) == tuple(values)
