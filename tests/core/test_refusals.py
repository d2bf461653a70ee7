"""What an action refuses is told where the person stands; nothing typed is lost."""

import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import RequestFactory

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import Opened, unchanged, version_of
from khuyencong.core.models import InstallationFact
from khuyencong.core.refusals import ChangedMeanwhile, RefusedPageMiddleware, attempt, press


class NameForm(forms.Form):
    name = forms.CharField()


def refusing(error):
    def act(*_version):
        raise error

    return act


@pytest.fixture
def form():
    filled = NameForm({"name": "Hợp tác xã"})
    assert filled.is_valid()
    return filled


@pytest.fixture
def request_():
    made = RequestFactory().get("/")
    made._messages = CookieStorage(made)
    return made


def test_what_came_out_is_handed_on(form):
    assert attempt(form, lambda: 0).result == 0
    assert not form.errors


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (ValidationError("không được"), "__all__"),
        (ValidationError({"name": "không được"}), "name"),
        (ValidationError({"other": "không được"}), "__all__"),
    ],
)
def test_a_refusal_stands_beside_its_field_or_above_the_form(form, error, place):
    assert attempt(form, refusing(error)) is None
    assert form.errors == {place: ["không được"]}
    assert form.data["name"] == "Hợp tác xã"


def test_a_missing_permission_is_a_page_unless_the_form_tells_it(form):
    with pytest.raises(PermissionDenied):
        attempt(form, refusing(PermissionDenied("không phải bạn")))
    assert attempt(form, refusing(PermissionDenied("không phải bạn")), denied=True) is None
    assert form.errors == {"__all__": ["không phải bạn"]}


def test_a_button_tells_how_it_went(request_):
    assert press(request_, lambda: 3, lambda n: f"{n} dòng").result == 3
    assert press(request_, refusing(ValidationError("không được")), "xong") is None
    assert [(one.level_tag, one.message) for one in request_._messages] == [
        ("success", "3 dòng"),
        ("error", "không được"),
    ]


@pytest.mark.django_db
def test_who_comes_second_gets_the_form_back_on_what_is_stored_now(form):
    fact = InstallationFact.objects.create(key="a", value="một")
    request = RequestFactory().post("/", {"version": "khác"})
    opened = Opened(request, fact)
    InstallationFact.objects.filter(pk="a").update(value="hai")
    assert opened.save(form, lambda version: unchanged(fact, version)) is None
    assert opened.status == 409
    assert "Người khác vừa lưu" in form.errors["__all__"][0]
    assert opened.version == version_of(InstallationFact.objects.get(pk="a")) != version_of(fact)


def test_what_did_not_exist_must_not_exist_yet():
    unchanged(None, "")
    unchanged(None, None)
    with pytest.raises(ChangedMeanwhile):
        unchanged(InstallationFact(key="a"), "")


@pytest.mark.parametrize(("error", "status"), [(ValidationError("Số này đã có."), 400), (ChangedMeanwhile(), 409)])
@pytest.mark.django_db
def test_what_no_view_told_is_a_page_in_plain_words(client, error, status):
    request = client.get("/account/login/").wsgi_request
    page = RefusedPageMiddleware(lambda request: None).process_exception(request, error)
    assert page.status_code == status
    words = page.content.decode()
    assert "Không có dữ liệu nào bị thay đổi" in words
    assert ("Số này đã có." in words) == (status == 400)
    assert RefusedPageMiddleware(lambda request: None).process_exception(request, KeyError()) is None


@pytest.mark.django_db(transaction=True)
def test_what_somebody_else_wrote_in_the_same_moment_is_told_in_the_form(form):
    InstallationFact.objects.create(key="taken", value="x")

    def act(*_version):
        with audit.writing(None):
            InstallationFact.objects.create(key="taken", value="y")

    assert attempt(form, act) is None
    assert "cùng lúc với bạn" in form.errors["__all__"][0]
    assert form.data["name"] == "Hợp tác xã"
