"""Words as they are indexed and asked for: what stands in a text is found, and nothing typed is an operator."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.text import fold
from khuyencong.law.documents.rules import searching
from khuyencong.law.documents.rules.searching import Term, indexed, read

pytestmark = pytest.mark.database_free

WORDS = st.lists(
    st.sampled_from(["Nghị", "định", "số", "45/2012/NĐ-CP", "khuyến", "công,", "đ)", "2021-2025", "mở"]),
    min_size=1,
    max_size=30,
)


def holds(text, terms):
    """Whether the index of a text answers all the terms, as both databases do."""
    words = indexed(text).split()
    return all(
        any(word.startswith(term.word) for word in words) if term.beginning else term.word in words for term in terms
    )


@given(WORDS, st.integers(0, 29), st.integers(1, 6))
def test_any_piece_of_a_text_is_found_in_it_side_by_side(words, start, length):
    piece = " ".join(words[start % len(words) :][:length])
    question = read(piece)
    assert holds(" ".join(words), question.terms)
    assert holds(" ".join(words), question.together)
    quoted = read(f"“{piece}”")
    assert holds(" ".join(words), quoted.terms)
    assert not any(term.beginning for term in quoted.terms)


@given(WORDS)
def test_a_text_holds_each_word_and_each_pair_once_and_no_other(words):
    folded = fold(" ".join(words)).split()
    found = indexed(" ".join(words)).split()
    assert len(found) == len(set(found))
    pairs = {f"_{one}_{two}" for one, two in pairwise(folded)}
    assert set(found) == set(folded) | pairs


@given(st.text(max_size=200))
def test_a_term_is_plain_letters_digits_and_our_mark(typed):
    question = read(typed)
    assert (question is None) == (not fold(typed))
    for term in [*question.terms, *question.together] if question else []:
        assert re.fullmatch("[0-9a-z_]+", term.word)
    if question:
        assert len(question.terms) <= 2 * searching.MOST_ASKED


@pytest.mark.parametrize(
    ("typed", "terms", "number"),
    [
        ("45/2012", [Term("_45_2012", True)], "45/2012"),
        ("45/2", [Term("_45_2", True)], "45/2"),
        ("1288 / QĐ-TTg", [Term("_1288_qd"), Term("_qd_ttg", True)], "1288/"),
        ("khuyến công", [Term("khuyen"), Term("cong", True)], ""),
        ("“khuyến công” Cao", [Term("_khuyen_cong"), Term("cao", True)], ""),
        ("điểm a", [Term("diem"), Term("a")], ""),
        ("2021-2025", [Term("_2021_2025", True)], ""),
        ("a a a", [Term("a")], ""),
    ],
)
def test_how_words_are_understood(typed, terms, number):
    question = read(typed)
    assert list(question.terms) == terms
    assert question.number == number


def test_endless_words_and_texts_are_cut():
    assert max(map(len, indexed("x" * 10_000).split())) == searching.MOST_LETTERS
    assert holds("x" * 10_000, read("x" * 5000).terms)
    many = " ".join(f"w{number}" for number in range(searching.MOST_PAIRS + 100))
    assert len(indexed(many).split()) == 2 * searching.MOST_PAIRS + 100
    assert len(read(" ".join(f"w{n}" for n in range(500))).terms) <= searching.MOST_ASKED
