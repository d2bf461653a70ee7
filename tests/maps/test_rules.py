"""Classes hold every number above nought once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.maps.rules import CLASSES, class_of, classes

pytestmark = pytest.mark.database_free


@given(st.lists(st.integers(0, 200), max_size=80))
def test_classes(numbers):
    found = classes(numbers)
    known = [number for number in numbers if number]
    assert len(found) == min(len(found), CLASSES)
    assert sum(one.places for one in found) == len(known)
    assert all(one.low in known and one.high in known and one.low <= one.high for one in found)
    assert [one.low for one in found] == sorted({one.low for one in found})
    assert all(before.high < after.low for before, after in pairwise(found))
    for number in numbers:
        place = class_of(number, found)
        assert (place is None) == (number == 0)


def test_classes_hold_about_as_many_places_each():
    assert [one.places for one in classes(range(1, 51))] == [10] * 5
    assert [(one.low, one.high) for one in classes([3, 3, 3, 7])] == [(3, 3), (7, 7)]
    assert classes([0, 0]) == []
