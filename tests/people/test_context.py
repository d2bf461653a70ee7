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


def test_the_rail_leaves_out_what_the_role_may_not_open(person, province):
    def names(role):
        request = RequestFactory().get("/")
        request.user = person(role, province, username=f"rail-{role}")
        return {step.name: bool(step.url) for step in frame(request)["steps"]}

    assert names("officer")["Tác động"]
    seen = names("viewer")
    assert "Tác động" not in seen and seen["Cơ sở"]
    assert "Cơ sở" not in names("administrator")
