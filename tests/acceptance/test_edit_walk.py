"""Every form in which something that exists is changed carries the version that the person saw, and keeps to it."""

import re
from html import unescape

import pytest
from django.test import Client
from lxml import html

from khuyencong.core.models import AuditRecord
from tests.acceptance.test_walk import ADDRESSES, _address
from tests.factories.samples import make_samples

pytestmark = pytest.mark.django_db

# Which role opens a form, when not the officer.
_AS = {
    "supervision:schedule": "inspector",
    "supervision:visit": "inspector",
    "official:write": "officer of the commune",
}
# The field by which a form tells what was seen, where it is not the version.
_MARKS = {"version", "seen", "revision"}
# Forms that make something new or decide about something: they write over nothing that a person typed.
_NEW = {
    "impact:columns": "says what the columns of a new evaluation mean",
    "imports:columns": "says what the columns of a file just brought mean",
    "in_plan:adopt": "decides; the plan is refused when it changed state",
    "law:edition_relations": "adds a relation",
    "planning:period_adopt": "decides; the plan is refused when it changed state",
    "projects:letter_template": "puts a file in place of one that is kept",
    "projects:paper_add": "adds a paper",
    "projects:paper_replace": "adds a version of a paper",
    "projects:paper_withdraw": "decides about a paper, once",
    "supervision:finding": "reports a remedy of a finding that is open",
    "surveys:add": "makes a survey",
}
_READ = ("path", "label")  # boxes in which not every text can stand
# Forms for which the samples know too few people, and the test that looks at them.
_ELSEWHERE = {"projects:council": "tests/projects/appraisal/test_appraisal.py"}
_CHOSEN = {"inspector"}  # lists in which something must be chosen
_FILLED = {"valid_from": "2030-01-01", "amended_by": "45/2012/NĐ-CP"}  # boxes that must not stay empty
_TOLD = re.compile("Người khác vừa|Bạn đã sửa văn bản này trong một cửa sổ khác|Đề án đã ở trạng thái")


@pytest.fixture
def clients(person, province, commune, officer):
    """A browser session of each role."""
    found = {}
    people = {role: person(role, province) for role in ("leader", "inspector")}
    people |= {"officer": officer, "officer of the commune": person("officer", commune)}
    for role, user in people.items():
        found[role] = Client()
        found[role].force_login(user)
    return found


@pytest.fixture
def pages(clients, commune, officer):
    """Each address that takes an argument and shows a form to fill in: its name, address, session and form."""
    samples = make_samples(commune, officer)
    found = {}
    for name, entry in ADDRESSES.items():
        if not entry.pattern.converters:
            continue
        address = _address(name, samples)
        for role in (_AS.get(name, "officer"), "leader"):
            page = clients[role].get(address)
            if page.status_code == 200:
                break
        form = _form(page, address)
        if form is not None:
            found[name] = (address, clients[role], form)
    return found


def _form(page, address):
    if page.status_code != 200 or "html" not in page["Content-Type"]:
        return None
    for form in html.fromstring(page.content.decode()).forms:
        if form.method == "POST" and form.action in (None, "", address) and _boxes(form):
            return form
    return None


def _boxes(form):
    return [box for box in form.inputs if box.name and getattr(box, "type", "") not in ("hidden", "submit")]


def _typed(form):
    """What the form would send, and one text that is another than before (None when there is no text to type)."""
    sent = {}
    for box in form.inputs:
        if box.name in _FILLED and not box.value:
            box.value = _FILLED[box.name]
        if box.name in _CHOSEN and not box.value:
            box.value = next((value for value in box.value_options if value), None)
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    for box in sorted(_boxes(form), key=lambda box: box.tag != "textarea"):
        line = getattr(box, "type", "") == "text" and box.value and not box.get("inputmode")
        if (line or box.tag == "textarea") and not box.get("list") and not box.name.endswith(_READ):
            text = f"{box.value or ''} của tôi".strip()
            sent[box.name] = [text]
            return sent, text
    return sent, None


def _refusals(page):
    form = next((one for one in page.context or () if "form" in one), {}).get("form")
    return form.errors if form is not None else ""


def test_who_comes_second_is_told_and_loses_nothing(pages):
    """Sent with what nobody has seen, each form comes back with a sentence and what was typed; nothing is written."""
    without = {name for name, (_address, _client, form) in pages.items() if not _MARKS & set(form.fields)}
    assert without == set(_NEW)
    wrong = []
    for name, (address, client, form) in pages.items():
        marks = [mark for mark in _MARKS if form.fields.get(mark)]  # without a value the form is for something new
        if not marks or name in _ELSEWHERE:
            continue
        sent, text = _typed(form)
        sent |= {marks[0]: ["0" * 64]}
        before = AuditRecord.objects.count()
        page = client.post(address, sent)
        told = html.fromstring(page.content.decode()).text_content() if page.content else ""
        if page.status_code not in (200, 409) or not _TOLD.search(told):
            wrong.append((name, page.status_code, "not told", _refusals(page)))
        elif text is not None and text not in unescape(page.content.decode()):
            wrong.append((name, "what was typed is gone", text))
        elif AuditRecord.objects.count() != before:
            wrong.append((name, "something was written"))
    assert not wrong
