"""Filling a letter in: the province's own template where there is one, else the one that comes with the product."""

from functools import cache
from importlib.resources import files
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core.files import apart
from khuyencong.core.files.opening import MB, Fault, Refused
from khuyencong.projects.letters import filling
from khuyencong.projects.letters.contexts.whole import context
from khuyencong.projects.letters.models import LetterTemplate, ProducedDocument

_LIMITS = apart.Limits(seconds=10, memory=512 * MB, answer=30 * MB)


def render(letter: ProducedDocument) -> tuple[bytes, LetterTemplate | None]:
    """The Word file, and the province's template it was made from (None: the product's own).

    Raises ValidationError when the province's template does not work with the facts of this letter.
    """
    own = LetterTemplate.objects.filter(kind=letter.kind, active=True).first()
    fields = context(letter)
    if own is None:
        return filling.fill(builtin(letter.kind), fields), None
    try:
        return fill_foreign(own.file.read(), fields), own
    except Refused as refused:
        raise ValidationError(
            _("Mẫu “%(name)s” của tỉnh không điền được: %(why)s Hãy sửa mẫu, hoặc dùng lại mẫu có sẵn.")
            % {"name": own.name, "why": why_not(refused)}
        ) from refused


def fill_foreign(template: bytes, fields: dict[str, Any], strict: bool = False) -> bytes:
    """A template that others wrote, filled in within limits. Raises Refused."""
    return apart.run(filling.fill_foreign, _LIMITS)(template, filling.plain(fields), strict)


def why_not(refused: Refused) -> str:
    """What is wrong with a template."""
    if refused.fault is Fault.UNFIT:
        return _("Mẫu dùng trường không có, hoặc viết sai: %(problem)s.") % {"problem": refused.detail}
    if refused.fault in (Fault.TOO_MUCH, Fault.TOO_LONG, Fault.SWOLLEN, Fault.TOO_BIG):
        return _("Mẫu này khi điền ra quá lớn hoặc quá lâu; hãy bỏ chỗ lặp quá nhiều.")
    return _("Tệp này không phải tài liệu Word (.docx).")


@cache
def builtin(kind: str) -> bytes:
    """The template that comes with the product."""
    return files("khuyencong.projects.letters").joinpath(f"templates/{kind}.docx").read_bytes()
