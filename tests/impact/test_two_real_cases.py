"""docs/two-real-cases.md says what the engine gives now, in every figure and picture."""

import importlib.util
import io
from pathlib import Path

import numpy as np
import pytest
from django.utils import translation
from matplotlib import image

pytestmark = pytest.mark.database_free

ROOT = Path(__file__).parents[2]
AGAIN = "run script/cases and read what has changed"


@pytest.fixture(scope="module")
def maker():
    """The file that script/cases runs."""
    found = importlib.util.spec_from_file_location("two_real_cases", ROOT / "script" / "pages" / "two_real_cases.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def answers(maker):
    return {case.name: maker.answer(case) for case in maker.CASES}


def test_the_page_is_what_the_engine_gives(maker, answers):
    with translation.override("vi"):
        assert maker.PAGE.read_text("utf-8") == maker.page(answers), AGAIN


@pytest.mark.parametrize("name", ["jtrain-lscrap", "jtrain-lemploy", "mpdta"])
def test_the_pictures_are_what_the_engine_gives(name, maker, answers):
    case = next(one for one in maker.CASES if one.name == name)
    with translation.override("vi"):
        drawn = image.imread(io.BytesIO(maker.picture(case, answers[name])), format="png")
    kept = image.imread(maker.IMAGES / f"{name}.png")
    assert kept.shape == drawn.shape
    assert np.abs(kept - drawn).mean() < 0.002, AGAIN  # another build of the drawing library may shade edges anew


def test_the_published_table_is_met(maker, answers):
    found = {(one["group"], one["time"]): round(one["estimate"], 4) for one in answers["mpdta"]["group_time"]}
    assert found == maker.PUBLISHED
    assert round(answers["mpdta"]["overall"]["estimate"], 4) == maker.PUBLISHED_OVERALL


def test_prose_that_no_longer_fits_is_not_written(maker, answers):
    changed = {
        name: result | {"verdict": result["verdict"] | {"grade": "not-credible"}} for name, result in answers.items()
    }
    with pytest.raises(ValueError, match="the verdicts have changed"):
        maker.page(changed)
