"""What a template can ask about the person."""

import pytest
from django.template import engines
from django.test import RequestFactory

from khuyencong.people.context import frame

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "shown"), [("officer", "edit view"), ("viewer", "view"), ("administrator", "")])
def test_a_template_can_ask_for_a_permission_by_name(person, province, role, shown):
    request = RequestFactory().get("/")
    request.user = person(role, province)
    template = engines["django"].from_string(
        "{% if may.registry_edit %}edit {% endif %}{% if may.registry_view %}view{% endif %}"
    )
    assert template.render(frame(request)).strip() == shown


def test_a_stranger_may_nothing(db):
    assert frame(RequestFactory().get("/"))["may"] == {}
