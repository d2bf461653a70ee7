"""Provisions as paths and as words, and the kinds that the signs of documents stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.documents.rules.references import Reference, covers, read_path, read_words, titled, words

pytestmark = pytest.mark.database_free

NUMBERS = st.builds(lambda n, letter: f"{n}{letter}", st.integers(1, 300), st.sampled_from(("", "a", "b")))
POINTS = st.sampled_from(("", *"abcdđeghiklmnopqrstuvxy", "a1", "đ2"))
REFERENCES = st.builds(Reference, NUMBERS, st.just("") | NUMBERS, POINTS)


@given(REFERENCES)
def test_a_path_leads_back_to_its_reference(reference):
    assert read_path(reference.path) == reference


@given(REFERENCES)
def test_words_lead_back_to_their_reference(reference):
    assert read_words(reference.words) == reference
    assert read_words(f"theo quy định tại {reference.words.upper()} của Thông tư này") == reference


@given(REFERENCES)
def test_a_path_is_shown_in_words(reference):
    assert words(reference.path) == reference.words
    assert reference.path.isascii()


@given(REFERENCES, REFERENCES)
def test_what_lies_within_is_covered(one, other):
    assert covers("", one.path)
    assert covers(one.path, one.path)
    if one.clause or not one.point:
        assert covers(one.path, Reference(one.article, one.clause or "4", one.point or "a").path)
    if one.article != other.article:
        assert not covers(one.path, other.path)


def test_article_8_is_not_article_80():
    assert not covers("d8", "d80")
    assert not covers("d8.k4", "d8.k40")


@pytest.mark.parametrize("path", ["", "x", "d", "d8.", "d8.k4.abc", "k4", "D8", "d8 "])
def test_what_is_no_path(path):
    assert read_path(path) is None
    assert words(path) == path


def test_words_with_commas_and_capitals():
    assert read_words("Điểm đ, khoản 2, Điều 4") == Reference("4", "2", "đ")
    assert read_words("khoản 4 Điều 8 và khoản 5 Điều 9") == Reference("8", "4")
    assert read_words("không có gì") is None


@pytest.mark.parametrize(
    ("number", "called"),
    [
        ("28/2018/TT-BTC", "Thông tư 28/2018/TT-BTC"),
        ("45/2012/NĐ-CP", "Nghị định 45/2012/NĐ-CP"),
        ("26/2014/TTLT-BTC-BCT", "Thông tư liên tịch 26/2014/TTLT-BTC-BCT"),
        ("1881/QĐ-TTg", "Quyết định 1881/QĐ-TTg"),
        ("23/2025/NQ-HĐND", "Nghị quyết 23/2025/NQ-HĐND"),
        ("80/2015/QH13", "Luật 80/2015/QH13"),
        ("ke-hoach-2021-2025-cao-bang", "ke-hoach-2021-2025-cao-bang"),
        ("", ""),
    ],
)
def test_the_sign_tells_the_kind(number, called):
    assert titled(number) == called
