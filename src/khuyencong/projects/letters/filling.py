"""Filling a Word template in. No Django: a template that others wrote is filled in a child (core/files/apart.py)."""

import io
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from khuyencong.core.files import opening
from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.text import on_paper


def fill(template: bytes, fields: Mapping[str, Any], strict: bool = False) -> bytes:
    """A template filled in; ``strict``: a field there is not is an error. Raises jinja2.TemplateError."""
    document = DocxTemplate(io.BytesIO(template))
    undefined = StrictUndefined if strict else Undefined
    document.render(fields, _environment(undefined))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fill_foreign(template: bytes, fields: Mapping[str, Any], strict: bool) -> bytes:
    """A template that others wrote. Raises Refused; UNFIT says in ``detail`` what is wrong in it. Runs in the child."""
    with opening.archive(template) as opened:
        opening.refuse_entities(opened)
    try:
        return fill(template, fields, strict)
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise Refused(Fault.UNFIT, getattr(error, "lineno", None), str(error)[:300]) from error


def plain(value: Any) -> Any:
    """The fields as plain data, ready for a child: texts that wait for a language are written out."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value if value is None or type(value) in (bool, int, float, str) else str(value)


class _Remembering(ImmutableSandboxedEnvironment):
    """Keeps templates from reaching past their fields, and compiles each piece once: reading the tags anew is a third
    of the work of a letter.
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
