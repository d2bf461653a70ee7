"""Two states side by side: nothing is lost on either side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.documents.rules.comparison import Change, Keyed, pairs, words

pytestmark = pytest.mark.database_free

TEXTS = st.lists(st.sampled_from(("hỗ", "trợ", "tối", "đa", "50", "%", "\n")), max_size=20).map(" ".join)
LINES = st.lists(st.builds(lambda key, text: Keyed(key, text, (key, text)), st.integers(0, 5), st.sampled_from("xyz")))


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts(old, new):
    found = words(old, new)
    assert "".join(one.text for one in found if one.change is not Change.ADDED) == old
    assert "".join(one.text for one in found if one.change is not Change.REMOVED) == new


@given(TEXTS)
def test_a_text_that_stays_has_no_changed_piece(text):
    assert all(one.change is Change.SAME for one in words(text, text))


def test_only_the_words_that_changed_are_marked():
    found = words("tối đa 50 % chi phí", "tối đa 60 % chi phí")
    assert [(one.change, one.text) for one in found if one.change is not Change.SAME] == [
        (Change.REMOVED, "50"),
        (Change.ADDED, "60"),
    ]


def test_very_long_texts_are_told_whole():
    old, new = "một " * 5000, "hai " * 5000
    assert [one.change for one in words(old, new)] == [Change.REMOVED, Change.ADDED]


@given(LINES, LINES)
def test_the_pairs_hold_every_line_in_its_order(old, new):
    found = pairs(old, new)
    assert [one.old for one in found if one.old] == [one.item for one in old]
    assert [one.new for one in found if one.new] == [one.item for one in new]
    for one in found:
        if one.old and one.new:
            assert one.old[0] == one.new[0]
            assert (one.change is Change.SAME) == (one.old == one.new)
        else:
            assert one.change is (Change.REMOVED if one.old else Change.ADDED)
