"""The controls of forms: Django's own, but for those that we draw (``templates/django/forms/``)."""

from pathlib import Path
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import cached_property


class Renderer(DjangoTemplates):
    """Looks in our templates first. A choice of nothing says so in words, not in dashes."""

    @cached_property
    def engine(self) -> Any:
        theirs = super().engine
        ours = Path(__file__).parent / "templates"
        return Engine({"APP_DIRS": True, "DIRS": [ours, *theirs.dirs], "NAME": "forms", "OPTIONS": {}})
