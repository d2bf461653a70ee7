"""What an action refuses, told where the person stands: in the form, above the page they go back to, or as a page.

An action raises ValidationError (what is wrong with what was asked) or PermissionDenied (not for this person). A view
hands the action to ``attempt`` (a form) or ``press`` (a button). What nobody caught becomes a page of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from khuyencong.core.forms import refuse

T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """An action went through; what it gave."""

    result: T


def attempt(form: forms.BaseForm, act: Callable[[], T], prefix: str = "", denied: bool = False) -> Done[T] | None:
    """Do it; what is refused is told beside its field or above the form, and the answer is None.

    ``prefix``: what stands before the action's names in those of the form. ``denied``: tell a missing permission
    there too; without it that is a page of its own.
    """
    try:
        return Done(act())
    except ValidationError as refused:
        refuse(form, refused, prefix)
    except PermissionDenied as refused:
        if not denied:
            raise
        form.add_error(None, str(refused))
    return None


def press(request: HttpRequest, act: Callable[[], T], done: str = "", denied: bool = False) -> Done[T] | None:
    """Do what a button says; how it went is told above the next page. ``denied``: as for ``attempt``."""
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
    if done:
        messages.success(request, done)
    return Done(result)


def sentence(refused: ValidationError | PermissionDenied) -> str:
    """Why, in one line."""
    return " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
