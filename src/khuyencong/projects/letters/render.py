"""Filling a letter in: the province's own template where there is one, else the one that comes with the product."""

import io
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from khuyencong.core.text import on_paper
from khuyencong.projects.letters.contexts.whole import context
from khuyencong.projects.letters.models import LetterTemplate, ProducedDocument


def render(letter: ProducedDocument, extra: dict[str, Any] | None = None) -> tuple[bytes, LetterTemplate | None]:
    """The Word file, and the province's template it was made from (None: the product's own)."""
    own = LetterTemplate.objects.filter(kind=letter.kind, active=True).first()
    source = own.file.read() if own else builtin(letter.kind)
    return fill(source, context(letter, extra)), own


def fill(template: bytes, fields: dict[str, Any], missing: type[Undefined] = Undefined) -> bytes:
    """A template filled in. Raises jinja2.TemplateError; with StrictUndefined also for a field there is not."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(fields, _environment(missing))  # type: ignore[arg-type]  # a class can be hashed, whatever its instances can
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Remembering(ImmutableSandboxedEnvironment):
    """Keeps the templates of a province from reaching past their fields, and compiles each piece once: reading the tags
    anew is a third of the work of a letter.
    """

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        if args or kwargs or not isinstance(source, str):
            return super().from_string(source, *args, **kwargs)
        return self._compiled(source)

    @lru_cache(maxsize=256)  # noqa: B019 environments live as long as the process
    def _compiled(self, source: str) -> Template:
        return super().from_string(source)


@cache
def _environment(missing: type[Undefined]) -> _Remembering:
    return _Remembering(undefined=missing, autoescape=True, finalize=_on_paper)


def _on_paper(value: Any) -> Any:
    """What was stored before texts were cleaned still makes a letter that opens."""
    return on_paper(value) if type(value) is str else value


@cache
def builtin(kind: str) -> bytes:
    """The template that comes with the product."""
    return files("khuyencong.projects.letters").joinpath(f"templates/{kind}.docx").read_bytes()
