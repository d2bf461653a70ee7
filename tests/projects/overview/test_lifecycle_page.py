"""The life cycle as the command tells it and as the handbook shows it: both say what the table says."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from khuyencong.projects.lifecycle.table import TABLE, Fund, State, states_of
from khuyencong.projects.overview import lifecycle_page
from khuyencong.projects.papers import wording as papers_wording
from khuyencong.projects.record import wording as record_wording
from khuyencong.projects.steps import wording

pytestmark = pytest.mark.database_free

PAGE = Path(__file__).parents[3] / "docs/handbook/lifecycle.md"


def told(*arguments):
    out = io.StringIO()
    call_command("projects", "lifecycle", *arguments, stdout=out)
    return out.getvalue()


def edges(fund):
    return {
        (source.value, one.target.value, wording.step_label(one.name))
        for one in TABLE
        for source in one.sources
        if fund in one.funds and source in states_of(fund)
    }


def test_the_page_of_the_handbook_is_up_to_date():
    command = "khuyencong projects lifecycle --format markdown --into docs/handbook/lifecycle.md"
    assert PAGE.read_text(encoding="utf-8").rstrip() == lifecycle_page.markdown().rstrip(), f"run: {command}"


@pytest.mark.parametrize("fund", Fund)
def test_the_diagram_has_every_state_and_every_step_of_the_fund_and_no_other(fund):
    diagram = told("--format", "mermaid", "--fund", fund.value)
    assert diagram.startswith("stateDiagram-v2\n")
    drawn = re.findall(r"^    (\w+) --> (\w+) : (.+)$", diagram, flags=re.MULTILINE)
    assert {(a.replace("_", "-"), b.replace("_", "-"), label) for a, b, label in drawn} == edges(fund)
    assert len(drawn) == len(edges(fund))
    named = dict(re.findall(r"^    (\w+) : (.+)$", diagram, flags=re.MULTILINE))
    assert named == {state.value.replace("-", "_"): record_wording.state_label(state) for state in states_of(fund)}
    assert "    [*] --> draft" in diagram
    assert "    archived --> [*]" in diagram


def test_the_local_fund_knows_no_ministry():
    assert "ministry" not in told("--fund", "local")
    assert "Bộ thẩm định" not in lifecycle_page.markdown().split("## Khuyến công quốc gia")[0]
    assert "ministry" in told("--fund", "national")
    assert told() == told("--format", "mermaid", "--fund", "local")


@pytest.mark.parametrize("fund", [None, *Fund])
def test_the_json_says_everything_that_the_table_says(fund):
    answer = json.loads(told("--format", "json", *(["--fund", fund.value] if fund else [])))
    wanted = [one for one in TABLE if fund is None or fund in one.funds]
    assert [step["name"] for step in answer["transitions"]] == [one.name for one in wanted]
    for step, one in zip(answer["transitions"], wanted, strict=True):
        assert {State(state) for state in step["from"]} == one.sources
        assert (step["to"], step["actor"], step["letter"]) == (one.target.value, one.actor.value, one.letter)
        assert tuple(step["papers"]) == one.papers
        assert tuple(step["guards"]) == tuple(guard.value for guard in one.guards)
        assert (step["needs_reason"], step["four_eyes"]) == (one.reason, one.four_eyes)
    reached = states_of(fund) if fund else tuple(State)
    assert [state["code"] for state in answer["states"]] == [state.value for state in reached]


def test_the_page_names_for_every_step_what_it_needs():
    for one in TABLE:
        row = next(
            line for line in lifecycle_page.markdown().splitlines() if f"| {wording.step_label(one.name)} |" in line
        )
        for paper in one.papers:
            assert papers_wording.paper_label(paper) in row
        for guard in one.guards:
            assert str(wording.GUARDS[guard]) in row


def test_a_file_is_written_where_it_is_asked_for(tmp_path):
    path = tmp_path / "diagram.mmd"
    assert not told("--into", str(path))
    assert path.read_text(encoding="utf-8").startswith("stateDiagram-v2\n")
