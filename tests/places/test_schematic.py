"""Cells around points: they cover the outline, share no ground, and each holds its point."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from khuyencong.places.boundaries.schematic import Place, cells

pytestmark = pytest.mark.database_free

# On a grid of a thousandth of a degree: about 100 m, nearer than which no two communes lie.
POINTS = st.lists(
    st.tuples(st.integers(105_000, 107_000), st.integers(22_000, 23_500)), min_size=1, max_size=25, unique=True
)
LINES = st.tuples(st.integers(2, 12), st.integers(0, 3), st.integers(0, 3)).filter(any).map(
    lambda line: [(106_000 + 10 * line[1] * step, 22_500 + 10 * line[2] * step) for step in range(line[0])]
).filter(lambda points: len(set(points)) == len(points))  # fmt: skip


def places(points):
    return [Place(key, x / 1000, y / 1000) for key, (x, y) in enumerate(points)]


@given(st.one_of(POINTS, LINES))
def test_cells_share_out_the_outline(points):
    all_places = places(points)
    found = cells(all_places)
    assert set(found) == {one.key for one in all_places}
    for one in all_places:
        assert found[one.key].is_valid
        assert found[one.key].distance(Point(one.longitude, one.latitude)) < 1e-9
    whole = shapely.union_all(list(found.values()))
    assert sum(cell.area for cell in found.values()) == pytest.approx(whole.area, rel=1e-6)


@given(POINTS)
def test_the_same_points_in_any_order_give_the_same_cells(points):
    all_places = places(points)
    one, other = cells(all_places), cells(all_places[::-1])
    assert {key: cell.wkb for key, cell in one.items()} == {key: cell.wkb for key, cell in other.items()}


def test_no_points_and_points_on_one_another():
    assert cells([]) == {}
    found = cells([Place(key, 106.0, 22.5) for key in range(3)])
    assert len(found) == 3
    assert all(cell.area > 0 for cell in found.values())
