"""Vietnamese first: the language is what the person chose here, never what the browser was sold with."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

_KNOWN = {code for code, _name in settings.LANGUAGES}


def every_form(text: str) -> list[str]:
    """A text of the catalogue as each language of the product writes it, to understand what came from any screen."""
    forms = []
    for code in _KNOWN:
        with translation.override(code):
            forms.append(translation.gettext(text))
    return forms


class LanguageMiddleware:
    """Activates the language of the cookie that Django's ``set_language`` view writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in _KNOWN else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
