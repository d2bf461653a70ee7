"""One stack of charts on the screen, one on paper."""

import ast
import re
from pathlib import Path

import pytest

import khuyencong

pytestmark = pytest.mark.database_free

_LIBRARIES = re.compile(r"\b(matplotlib|plotly|altair)\b")
HOUSE = Path(khuyencong.__file__).parent


def test_one_script_draws_on_the_screen():
    scripts = {path.name: path.read_text("utf-8") for path in HOUSE.glob("static/js/*.js")}
    assert [name for name, text in scripts.items() if "echarts." in text] == ["charts.js"]
    assert {name for name, text in scripts.items() if "charts.draw(" in text} >= {"dashboard.js", "event-chart.js"}


def test_every_page_takes_the_stack_as_a_whole():
    pages = [page for page in HOUSE.rglob("templates/**/*.html") if "vendor/echarts" in page.read_text("utf-8")]
    assert [page.name for page in pages] == ["chart_scripts.html"]


def test_one_module_draws_on_paper():
    found = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and _LIBRARIES.search(ast.unparse(node))
    }
    assert found == {"core/paper_charts.py"}
