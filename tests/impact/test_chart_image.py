"""The chart as a picture: every point stands, those of a single unit without an interval."""

import io

import pytest
from matplotlib import image

from khuyencong.impact.chart_image import event_study_png
from tests.factories.panels import ask, invented

pytestmark = pytest.mark.database_free


def _png(result):
    content = event_study_png(result, "Thay đổi của doanh thu")
    assert content.startswith(b"\x89PNG")
    return image.imread(io.BytesIO(content), format="png")


@pytest.mark.parametrize("log", [False, True])
def test_it_is_drawn(log):
    result = ask(invented(years=8)).as_json()
    result["question"]["log"] = log
    picture = _png(result)
    assert picture.shape[:2] == (608, 1152)
    assert (picture[..., :3].std(axis=(0, 1)) > 0.02).all()


def test_the_same_answer_gives_the_same_picture():
    result = ask(invented(years=8)).as_json()
    assert (_png(result) == _png(result)).all()


def test_points_of_one_unit_are_drawn_too():
    lone = ask(invented(years=6, supported=1, cohorts=(2012,))).as_json()
    assert {point["se"] for point in lone["event_study"]} == {None}
    empty = lone | {"event_study": lone["event_study"][:1]}
    assert (_png(lone) != _png(empty)).any()
