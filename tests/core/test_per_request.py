"""What a page keeps is asked for anew once somebody writes for it."""

import pytest

from khuyencong.core import audit, per_request


@pytest.fixture
def asked():
    """How often it was asked for, on a page that is being made."""
    per_request.begin()
    yield []
    per_request.end()


def reader(asked):
    return per_request.once(lambda: asked.append(1))


def test_a_page_asks_once(asked):
    read = reader(asked)
    read(), read()
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_writing_checks_what_stands_then_and_what_comes_after_sees_it(asked):
    read = reader(asked)
    read()
    with audit.writing(None):
        read()
        with audit.writing(None):
            read()
    read()
    assert len(asked) == 3
