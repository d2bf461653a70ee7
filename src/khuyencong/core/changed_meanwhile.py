"""Noticing that a record changed while somebody had it open in a form, and answering so that nothing typed is lost.

The form carries the version that the person saw (``{% version_field %}``), the action holds the record to it
(``unchanged``), and ``Opened`` stands between the two in the view.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.refusals import ChangedMeanwhile, Done, attempt

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Mark = Callable[[Model], str]


def version_of(record: Model | None, parts: Iterable[Model] = ()) -> str:
    """A short mark of a record's content, its ``parts`` with it; nothing for one that is not stored."""
    if record is None or not record.pk:
        return ""
    content = audit.snapshot(record)
    kept = [audit.snapshot(one) for one in parts]
    return audit.digest(content | {"parts": kept} if kept else content)


def unchanged(record: M | None, version: str | None, mark: Callable[[M], str] = version_of) -> None:
    """Hold the record to the version that the person saw; None when nobody had it open. Raises ChangedMeanwhile."""
    if version is not None and (mark(record) if record is not None else "") != version:
        raise ChangedMeanwhile


class Opened:
    """A record open in a form, in the version that the person saw.

    ``again``: reads the record anew; ``mark``: what tells versions apart; ``told``: what is said when somebody else
    was faster, in place of the usual sentence.
    """

    def __init__(
        self,
        request: HttpRequest,
        record: Model | None,
        *,
        again: Callable[[], Model | None] | None = None,
        mark: Mark = version_of,
        told: str = "",
    ) -> None:
        self._again = again or (lambda: type(record)._base_manager.filter(pk=record.pk).first() if record else None)
        self._mark = mark
        self._told = told
        self.changed = False
        # Before a form puts into the record what was typed.
        now = mark(record) if record is not None else ""
        self.version: str = request.POST.get("version", now)

    def save(self, form: forms.BaseForm, act: Callable[[str], T], prefix: str = "") -> Done[T] | None:
        """Do it, held to the version. Refused, it says why in the form and gives None (``prefix``: see ``attempt``)."""
        try:
            return attempt(form, lambda: act(self.version), prefix)
        except ChangedMeanwhile:
            form.add_error(None, self._told or somebody_was_faster())
            self.renew()
            self.changed = True
            return None

    def renew(self) -> None:
        """The form stays open on what is stored now."""
        found = self._again()
        self.version = self._mark(found) if found is not None else ""

    @property
    def status(self) -> int:
        """The status of the page that shows the form."""
        return 409 if self.changed else 200


def somebody_was_faster() -> str:
    """The usual sentence."""
    return _(
        "Người khác vừa lưu bản này trong lúc bạn đang sửa. Những gì bạn nhập vẫn còn ở dưới; hãy xem lại rồi bấm Lưu "
        "lần nữa nếu vẫn muốn thay."
    )
