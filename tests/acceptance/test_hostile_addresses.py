"""Whatever is written into an address, the answer is a page or "there is none": never an error of ours."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.urls.converters import IntConverter, StringConverter

from khuyencong.core.text import clean
from tests.acceptance.test_walk import ADDRESSES, _address
from tests.factories.samples import SAMPLES, make_samples

pytestmark = pytest.mark.django_db

LONG = "9" * 22  # more than a database counts
HOSTILE = {
    "a digit that is no number, and control characters": "²\x00\x0b\ufffe",
    "a number that no database holds": LONG,
    "1,200 words": " ".join(f"từ{number}" for number in range(1200)),
}
LONG_TEXTS = {
    "a text without an end": "ă" * 200_000,
    "1,200 words in quotation marks": " ".join(f'"{" ".join("abcdefgh")}{number}"' for number in range(150)),
}


class Everything(QueryDict):
    """A query in which every parameter that a page may ask for has this one value, as the door leaves it."""

    value, asked = "", False  # of the next request; whether the page has asked for any

    def __contains__(self, name):
        return bool(self.get(name))

    def __getitem__(self, name):
        return self.get(name)

    def get(self, name, default=None):
        Everything.asked = True
        return clean(self.value)

    def getlist(self, name, default=None):
        return [self.get(name)]


class EverythingMiddleware:
    """Puts it into the place of the query that was sent."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.GET = Everything()
        return self.get_response(request)


@pytest.fixture
def samples(commune, officer):
    return make_samples(commune, officer)


SEARCHED = {"search", "establishments:list", "projects:list", "law:library"}


@pytest.mark.parametrize(
    ("values", "pages"),
    [
        (HOSTILE, set(ADDRESSES)),
        (LONG_TEXTS, SEARCHED),
        pytest.param(LONG_TEXTS, set(ADDRESSES), marks=pytest.mark.proof("addresses")),
    ],
)
def test_any_parameter_of_any_page(values, pages, samples, officer_client, settings, monkeypatch):
    settings.MIDDLEWARE = [f"{__name__}.EverythingMiddleware", *settings.MIDDLEWARE]
    officer_client.raise_request_exception = False
    asking, wrong = [name for name in ADDRESSES if name in pages], {}
    for said, value in values.items():
        monkeypatch.setattr(Everything, "value", value)
        still = []
        for name in asking:
            Everything.asked = False
            status = officer_client.get(_address(name, samples)).status_code
            still += [name] if Everything.asked else []  # what asks for nothing is visited once
            if status >= 500:
                wrong[name, said] = status
        asking = still
    assert not wrong
    assert len(asking) >= min(len(pages), 50)


def test_odd_verbs(samples, officer_client):
    officer_client.raise_request_exception = False
    found = {}
    for turn, name in enumerate(ADDRESSES):
        verb = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")[turn % 6]
        body, kind = b'{"version": "x"}', "application/json"
        found[name, verb] = officer_client.generic(verb, _address(name, samples), body, kind).status_code
    assert not {key: status for key, status in found.items() if status >= 500}


def test_any_number_or_name_in_any_address(samples, officer_client):
    officer_client.raise_request_exception = False
    found = {}
    for name, entry in ADDRESSES.items():
        converters = entry.pattern.converters
        for wrong in (key for key, one in converters.items() if isinstance(one, IntConverter | StringConverter)):
            sent = {key: samples[SAMPLES[name][key]] for key in converters} | {wrong: 1777}
            address = reverse(name, kwargs=sent)
            for value in ("²", LONG, LONG[:18], "0"):
                found[name, wrong, value] = officer_client.get(address.replace("1777", value)).status_code
    assert len(found) > 100
    assert not {key: status for key, status in found.items() if status >= 500}
