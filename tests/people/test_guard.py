"""The guard before every view: no rule, no answer; strangers sign in first; a rule is held for everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from khuyencong.people.guard import GuardMiddleware, needs, public, rule_of, signed_in
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission

pytestmark = pytest.mark.django_db


def view(request):
    return HttpResponse("mở")


def opened(view, user, url_name=None):
    """What the guard answers in the place of the view; None: the view may answer."""
    request = RequestFactory().get("/cua/?trang=2")
    request.user = user
    request.resolver_match = ResolverMatch(view, (), {}, url_name) if url_name else None
    return GuardMiddleware(view).process_view(request, view, [], {})


def marked(mark):
    return mark(lambda request: HttpResponse("mở"))


def test_a_view_without_a_rule_does_not_answer_even_to_a_leader(people):
    with pytest.raises(ImproperlyConfigured, match="declares no access rule"):
        opened(view, people.leader, "some_page")


def test_what_is_public_is_open_to_a_stranger():
    assert opened(marked(public), AnonymousUser()) is None


@pytest.mark.parametrize("mark", [signed_in, needs(Permission.HOME_VIEW)])
def test_a_stranger_signs_in_first_and_comes_back(mark):
    answer = opened(marked(mark), AnonymousUser())
    assert answer.status_code == 302
    assert answer.url.endswith("next=/cua/%3Ftrang%3D2")


def test_every_account_opens_what_is_for_the_signed_in(people):
    assert all(opened(marked(signed_in), user) is None for user in people.everyone())


@pytest.mark.parametrize("permission", [Permission.PLAN_DRAFT, Permission.SUPERVISION_EDIT, Permission.KIT_VIEW])
def test_a_permission_opens_to_those_who_hold_it_and_to_nobody_else(people, permission):
    for user in people.everyone():
        if may(user, permission):
            assert opened(marked(needs(permission)), user) is None
        else:
            with pytest.raises(PermissionDenied, match="không có quyền mở trang này"):
                opened(marked(needs(permission)), user)


def test_views_of_libraries_are_known_by_the_name_of_their_address(people):
    assert rule_of(view, "account_login") == "public"
    assert opened(view, people.viewer, "account_change_password") is None
    assert rule_of(view, None) is None


def test_the_guard_lets_the_answer_through():
    assert GuardMiddleware(view)(RequestFactory().get("/")).content.decode() == "mở"
