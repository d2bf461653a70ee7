"""A phone hides the cells of class ``wide``: a state, a link, a button in them stands elsewhere in the row too."""

import re
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.database_free

SOURCE = Path(__file__).parents[2] / "src/khuyencong"
TEMPLATES = {
    str(file.relative_to(folder)): file.read_text()
    for folder in SOURCE.glob("*/templates")
    for file in folder.rglob("*.html")
}
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
WIDE = re.compile(r'<(td|span|div|p)\b[^>]*class="[^"]*\b(?:wide|wide-inline)\b[^"]*".*?</\1>', re.DOTALL)
# What must not be out of reach: where a link leads, what a form does, what a chip says.
KEPT = re.compile(
    r'<a\b[^>]*href="(?P<link>[^"]*)"|<form\b[^>]*action="(?P<form>[^"]*)"|<button\b(?P<button>[^>]*)'
    r'|class="chip\b[^>]*>(?P<chip>.*?)</span>',
    re.DOTALL,
)
INCLUDED = re.compile(r'{% include "([^"]+)"')
# Hidden for good reason.
ONLY_WIDE = {}


@cache
def holds(name):
    """Whether a template that others include holds any of it."""
    text = TEMPLATES[name]
    return bool(KEPT.search(text)) or any(holds(one) for one in INCLUDED.findall(text) if one != name)


def kept(markup):
    """What a piece of markup holds of it."""
    found = {next(filter(None, one.groups()), "") for one in KEPT.finditer(markup)}
    return found | {one for one in INCLUDED.findall(markup) if holds(one)}


def hidden(template):
    """What is out of reach on a phone, row by row."""
    for row in ROW.findall(template):
        wide = "".join(one.group() for one in WIDE.finditer(row))
        yield from kept(wide) - kept(WIDE.sub("", row))


def test_no_state_and_no_button_is_hidden_on_a_phone():
    found = {name: sorted(set(hidden(text))) for name, text in TEMPLATES.items()}
    assert {name: one for name, one in found.items() if one and name not in ONLY_WIDE} == {}
