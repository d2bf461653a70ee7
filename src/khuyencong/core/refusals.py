"""What an action refuses, told where the person stands: in the form, above the page they go back to, or as a page.

An action raises ValidationError (what is wrong with what was asked), PermissionDenied (not for this person) or
ChangedMeanwhile (somebody else was faster). A view hands the action to ``attempt`` (a form) or ``press`` (a button).
What nobody caught becomes a page of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from khuyencong.core.forms import refuse

T = TypeVar("T")


class ChangedMeanwhile(Exception):
    """Someone else saved, adopted or removed the record after this person had opened it."""


class Collided(ChangedMeanwhile, IntegrityError):
    """A constraint held what the action had found free: someone else wrote the same in the same moment.

    ``what``: what is there by now, in a sentence, as far as the constraint tells.
    """

    def __init__(self, what: str = "", *told: object) -> None:
        super().__init__(what, *told)
        self.what = what


@dataclass(frozen=True)
class Done(Generic[T]):
    """An action went through; what it gave."""

    result: T


def attempt(
    form: forms.BaseForm, act: Callable[[], T], prefix: str = "", field: str | None = None, denied: bool = False
) -> Done[T] | None:
    """Do it; what is refused is told beside its field or above the form, and the answer is None.

    ``prefix``: what stands before the action's names in those of the form. ``field``: where everything is told.
    ``denied``: tell a missing permission there too; without it that is a page of its own.
    """
    try:
        return Done(act())
    except Collided as refused:
        form.add_error(None, written_twice(refused.what))
    except ValidationError as refused:
        if field is None:
            refuse(form, refused, prefix)
        else:
            form.add_error(field, refused.messages)
    except PermissionDenied as refused:
        if not denied:
            raise
        form.add_error(None, str(refused))
    return None


def press(
    request: HttpRequest, act: Callable[[], T], told: str | Callable[[T], str] = "", denied: bool = False
) -> Done[T] | None:
    """Do what a button says; how it went is told above the next page.

    ``told``: what is said when it went through, or how to say it of what came out. ``denied``: as for ``attempt``.
    """
    try:
        result = act()
    except ValidationError as refused:
        messages.error(request, sentence(refused))
        return None
    except PermissionDenied as refused:
        if not denied:
            raise
        messages.error(request, sentence(refused))
        return None
    if told:
        messages.success(request, told(result) if callable(told) else told)
    return Done(result)


class RefusedPageMiddleware:
    """What an action refused and no view told becomes a page in plain words; Django makes that of a missing permission.

    The database is as it was: the action's transaction was undone on the way here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ChangedMeanwhile):
            return render(request, "refused.html", {"why": nothing_changed(getattr(exception, "what", ""))}, status=409)
        if isinstance(exception, ValidationError):
            return render(request, "refused.html", {"why": sentence(exception)}, status=400)
        if isinstance(exception, OverflowError):  # a number in an address that no record can have
            return page_not_found(request, Http404())
        return None


def nothing_changed(what: str = "") -> str:
    """Said when somebody else was faster and there is no form to keep what was typed. ``what``: what is there now."""
    told = _("Người khác vừa thay đổi bản ghi này. Hãy mở lại trang, xem lại rồi làm lần nữa.")
    return f"{what} {told}".strip()


def written_twice(what: str = "") -> str:
    """Said in a form when two people wrote the same at once. ``what``: what is there now."""
    told = _(
        "Người khác vừa ghi đúng nội dung này cùng lúc với bạn nên chưa lưu được. Những gì bạn nhập vẫn còn ở dưới; "
        "hãy xem lại rồi bấm Lưu lần nữa nếu vẫn cần."
    )
    return f"{what} {told}".strip()


def sentence(refused: ValidationError | PermissionDenied) -> str:
    """Why, in one line."""
    return " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
