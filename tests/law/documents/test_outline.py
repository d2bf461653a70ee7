"""How lines of a document make a tree, whatever they are."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.documents.rules import outline
from khuyencong.law.documents.rules.outline import (
    RANK,
    Kind,
    Line,
    arrange,
    block,
    clashes,
    label_fits,
    moved,
    next_label,
    spans,
)
from khuyencong.law.documents.rules.references import read_path

pytestmark = pytest.mark.database_free

START = dt.date(2012, 1, 1)
DAYS = st.none() | st.integers(0, 12).map(lambda n: START + dt.timedelta(n))


@st.composite
def lines(draw, most=14):
    """Lines in any order, few labels, so that they meet."""
    kind = draw(st.sampled_from(list(Kind)))
    labels = ("a", "b", "đ") if kind is Kind.POINT else ("1", "2", "4a")
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end < start:
        start, end = end, start
    return Line(kind, draw(st.sampled_from(labels)), start, end)


OUTLINES = st.lists(lines(), max_size=14)


@given(OUTLINES)
def test_a_line_lies_in_the_nearest_one_before_it_of_a_higher_rank(found):
    for index, place in enumerate(arrange(found)):
        higher = [i for i in range(index) if RANK[found[i].kind] < RANK[found[index].kind]]
        # Nearest, unless a line of its own rank or higher stands between: then that one's parent or itself.
        assert place.parent is None or place.parent in higher
        if higher:
            between = range(higher[-1] + 1, index)
            assert all(RANK[found[i].kind] >= RANK[found[index].kind] for i in between)
            assert place.parent == higher[-1]
        else:
            assert place.parent is None


@given(OUTLINES)
def test_paths_are_references_and_depth_counts_the_parents(found):
    places = arrange(found)
    for index, place in enumerate(places):
        depth, parent = 0, place.parent
        chain = {found[index].kind}
        while parent is not None:
            chain.add(found[parent].kind)
            depth, parent = depth + 1, places[parent].parent
        assert place.depth == depth
        if Kind.ARTICLE in chain:
            assert read_path(place.path) is not None
        else:
            assert place.path == ""


@given(OUTLINES, st.data())
def test_moving_keeps_every_line_and_can_be_taken_back(found, data):
    if not found:
        return
    index = data.draw(st.integers(0, len(found) - 1))
    places = arrange(found)
    order = moved(found, index, up=False)
    if order is None:
        siblings = [i for i, place in enumerate(places) if place.parent == places[index].parent]
        after = siblings[siblings.index(index) + 1 :][:1]
        assert not after or found[after[0]].kind is not found[index].kind
        return
    assert sorted(order) == list(range(len(found)))
    assert [places[i].parent for i in order] == [
        None if place.parent is None else order[place.parent] for place in arrange([found[i] for i in order])
    ], "everything lies where it lay"
    after = [found[i] for i in order]
    again = moved(after, order.index(index), up=True)
    assert [after[i] for i in again] == found


@given(OUTLINES)
def test_a_block_is_the_line_and_all_its_descendants(found):
    places = arrange(found)
    for index in range(len(found)):
        inside = {index}
        for other in range(index + 1, len(found)):
            if places[other].parent in inside:
                inside.add(other)
        assert set(block(found, index)) == inside


@given(OUTLINES)
def test_two_texts_clash_exactly_when_a_day_finds_both(found):
    places = arrange(found)
    days = spans(found, places)
    calendar = [START + dt.timedelta(n) for n in range(-1, 14)]
    expected = {
        (one, two)
        for one in range(len(found))
        for two in range(one + 1, len(found))
        if places[one].path
        and places[one].path == places[two].path
        and any(outline.holds(days[one], day) and outline.holds(days[two], day) for day in calendar)
    }
    assert set(clashes(found)) == expected


def test_a_decree_as_it_stands():
    found = [Line(Kind.CHAPTER, "II"), Line(Kind.ARTICLE, "8"), Line(Kind.CLAUSE, "4"), Line(Kind.POINT, "đ"),
             Line(Kind.ARTICLE, "9"), Line(Kind.POINT, "a")]  # fmt: skip
    places = arrange(found)
    assert [place.path for place in places] == ["", "d8", "d8.k4", "d8.k4.dd", "d9", "d9.a"]
    assert [place.depth for place in places] == [0, 1, 2, 3, 1, 2]


def test_a_plan_has_clauses_outside_articles():
    assert [place.path for place in arrange([Line(Kind.CLAUSE, "1"), Line(Kind.POINT, "a")])] == ["", ""]


def test_an_amended_clause_stands_twice_without_a_clash():
    last = dt.date(2025, 10, 14)
    found = [
        Line(Kind.ARTICLE, "8"),
        Line(Kind.CLAUSE, "4", None, last),
        Line(Kind.CLAUSE, "4", last + dt.timedelta(1)),
    ]
    assert clashes(found) == []
    assert clashes([found[0], found[1], Line(Kind.CLAUSE, "4", last)]) == [(1, 2)]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [(["1", "2"], "3"), (["4a"], "5"), (["a", "d"], "đ"), (["I", "IX"], "X"), ([], ""), (["y"], ""), (["nhất"], "")],
)
def test_the_number_that_comes_next(labels, expected):
    assert next_label(labels) == expected


@pytest.mark.parametrize(
    ("kind", "label", "fits"),
    [(Kind.ARTICLE, "8", True), (Kind.CLAUSE, "4a", True), (Kind.CLAUSE, "a", False), (Kind.POINT, "đ", True),
     (Kind.POINT, "1", False), (Kind.ARTICLE, "8.1", False), (Kind.CHAPTER, "II", True), (Kind.CHAPTER, "", False)],
)  # fmt: skip
def test_numbers_that_can_be_referred_to(kind, label, fits):
    assert label_fits(kind, label) is fits
