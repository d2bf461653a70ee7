"""Forms as data: what ships is sound, what is not understood is refused by name."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.reports.official.definition import FormProblem, read_form, read_kind, shipped
from khuyencong.reports.official.fill import cell_of

pytestmark = pytest.mark.database_free

FORM = next(one for one in shipped("forms") if one["code"] == "by-content")


def test_what_ships_can_be_read():
    forms = {one["code"]: read_form(one) for one in shipped("forms")}
    for kind in map(read_kind, shipped("kinds")):
        for codes in kind.forms.values():
            assert set(codes) <= set(forms)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"columns": [{"label": "x", "value": "no_such"}]}, "no_such"),
        ({"columns": [{"label": "x", "value": "workers", "where": {"colour": "red"}}]}, "colour"),
        ({"rows": {"by": "colour"}}, "colour"),
        ({"rows": {}}, "rows"),
        ({"columns": [{"label": "x"}]}, "columns"),
    ],
)
def test_what_is_not_understood_is_named(change, named):
    with pytest.raises(FormProblem, match=named):
        read_form({**copy.deepcopy(FORM), **change})


@given(st.sampled_from([read_form(one) for one in shipped("forms")]), st.data())
def test_every_cell_knows_what_it_counts(form, data):
    column = data.draw(st.integers(0, len(form.columns) - 1))
    if form.lines:
        at = data.draw(st.integers(0, len(form.lines) - 1))
        cell = cell_of(form, str(at), column)
        assert (cell is None) == (not form.lines[at].value)
    else:
        cell = cell_of(form, f"{form.by}=x", column)
        assert (form.by, ("x",)) in cell.where
        assert cell_of(form, "total", column).where == form.columns[column].where
