"""Filling a letter in: the province's own template where there is one, else the one that comes with the product."""

import io
from functools import cache
from importlib.resources import files
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, Undefined

from khuyencong.projects.letters.contexts import context
from khuyencong.projects.models import LetterTemplate, ProducedDocument


def render(letter: ProducedDocument, extra: dict[str, Any] | None = None) -> tuple[bytes, LetterTemplate | None]:
    """The Word file, and the province's template it was made from (None: the product's own)."""
    own = LetterTemplate.objects.filter(kind=letter.kind, active=True).first()
    source = own.file.read() if own else builtin(letter.kind)
    return fill(source, context(letter, extra)), own


def fill(template: bytes, fields: dict[str, Any], missing: type[Undefined] = Undefined) -> bytes:
    """A template filled in. Raises jinja2.TemplateError; with StrictUndefined also for a field there is not."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(fields, Environment(undefined=missing, autoescape=True))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def builtin(kind: str) -> bytes:
    """The template that comes with the product."""
    return files("khuyencong.projects.letters").joinpath(f"templates/{kind}.docx").read_bytes()
