"""Outlines become paths; true places stay where they are; names stand only where they fit."""

import re

import pytest
from shapely import box

from khuyencong.maps.drawing import MARGIN, WIDTH, draw
from khuyencong.places.boundaries.outlines import Outlines

pytestmark = pytest.mark.database_free

WIDE, NARROW = box(105, 22, 106.9, 23), box(106.9, 22, 107, 23)


def numbers(path):
    return [int(one) for one in re.findall(r"-?\d+", path)]


def test_a_picture_of_two_areas():
    drawing = draw(Outlines({1: WIDE, 2: NARROW}, False), ((1, "Trùng Khánh"), (2, "Phục Hòa")))
    corner = drawing.at(105, 23)
    assert corner == (MARGIN, MARGIN)
    assert drawing.at(107, 22) == (WIDTH - MARGIN, drawing.height - MARGIN)
    across, down = WIDTH - 2 * MARGIN, drawing.height - 2 * MARGIN
    assert across / down == pytest.approx(2 * 0.9239, abs=0.01), "two degrees by one, at 22.5 north"
    assert drawing.areas[1].path.endswith("z")
    assert max(numbers(drawing.areas[1].path)) < WIDTH
    assert drawing.areas[1].small.lines == ("Trùng Khánh",)
    assert drawing.areas[2].large is None
    assert drawing.areas[2].outsize.lines == ("Phục Hòa",)


def test_a_group_is_one_outline():
    drawing = draw(Outlines({1: WIDE, 2: NARROW}, False), (), ((9, "Huyện", (1, 2)), (8, "Trống", (5,))))
    assert list(drawing.groups) == [9]
    assert drawing.groups[9].path.count("M") == 1


def test_nothing_to_draw():
    assert draw(Outlines({}, True), ()).areas == {}


def test_what_is_smaller_than_a_point_leaves_no_path():
    tiny = box(106, 22.5, 106.00001, 22.50001)
    assert draw(Outlines({1: WIDE, 2: tiny}, False), ((2, "Đảo nhỏ"),)).areas[2].path == ""
