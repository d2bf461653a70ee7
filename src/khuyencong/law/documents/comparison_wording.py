"""Two editions side by side, in words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from khuyencong.core.labels import label_of
from khuyencong.law.documents import wording as document_wording
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.status_wording import day


@dataclass(frozen=True)
class Fact:
    """One fact before and after, as shown; empty: not known."""

    label: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.old != self.new


def facts(old: Edition | None, new: Edition) -> list[Fact]:
    """What sets the two apart; all that is known when there is nothing to compare with."""
    before, after = _said(old) if old else {}, _said(new)
    found = [Fact(label, before.get(label, ""), value) for label, value in after.items()]
    return [one for one in found if one.changed]


def doubts(edition: Edition) -> list[str]:
    """What a leader should know to be missing; none of it forbids to adopt."""
    told = []
    if edition.in_force_from is None:
        told.append(_("Chưa ghi ngày có hiệu lực: hệ thống sẽ coi trạng thái là chưa rõ."))
    if not edition.verified:
        told.append(_("Chưa ai đối chiếu bản ghi này với văn bản; nơi nào dùng nó sẽ ghi “chưa xác minh”."))
    if not edition.file:
        told.append(_("Chưa có tệp của văn bản."))
    elif not edition.text:
        told.append(_("Chưa đọc được chữ trong tệp (có thể là bản quét): không tìm được theo từ trong tệp."))
    if not edition.provisions.exists() and not edition.text:
        told.append(_("Chưa có nội dung điều khoản."))
    return told


def _said(edition: Edition) -> dict[str, str]:
    def label(name: str) -> str:
        return capfirst(label_of(Edition, name))

    return {
        label("number"): edition.numbered,
        label("kind"): edition.get_kind_display(),
        label("title"): edition.title,
        label("issuer"): edition.issuer,
        label("level"): edition.get_level_display() + (f": {edition.province.name}" if edition.province else ""),
        label("signed"): day(edition.signed),
        label("in_force_from"): document_wording.in_force(edition) if edition.in_force_from else "",
        label("in_force_certainty"): edition.get_in_force_certainty_display(),
        label("expires"): day(edition.expires),
        label("file"): edition.file_name,
        label("tags"): edition.tags,
        label("responsible"): str(edition.responsible or ""),
        label("certainty"): edition.get_certainty_display(),
        label("source"): edition.source,
        label("note"): edition.note,
    }
