"""Filling a letter in: the province's own template where there is one, else the one that comes with the product."""

import io
from importlib.resources import files
from typing import Any

from docxtpl import DocxTemplate

from khuyencong.core.money import vnd
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.models import LetterTemplate, ProducedDocument


def render(letter: ProducedDocument) -> tuple[bytes, LetterTemplate | None]:
    """The Word file, and the province's template it was made from (None: the product's own)."""
    own = LetterTemplate.objects.filter(kind=letter.kind, active=True).first()
    source = io.BytesIO(own.file.read() if own else _builtin(letter.kind))
    document = DocxTemplate(source)
    document.render(context(letter), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), own


def context(letter: ProducedDocument) -> dict[str, Any]:
    """What a template may use."""
    project = letter.project
    return {
        "symbol": letter.symbol,
        "day": letter.day,
        "kind": str(KINDS[letter.kind].name),
        "title": project.title,
        "code": project.code,
        "support": vnd(project.support_amount),
        "reason": letter.step.reason if letter.step else "",
    }


def _builtin(kind: str) -> bytes:
    folder = files("khuyencong.projects.letters").joinpath("templates")
    specific = folder.joinpath(f"{kind}.docx")
    return (specific if specific.is_file() else folder.joinpath("letter.docx")).read_bytes()
