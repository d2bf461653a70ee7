"""A document, its relations and its time line in words."""

from django.utils.translation import gettext as _

from khuyencong.law.documents.models import Edition, LegalDocument, Relation
from khuyencong.law.documents.queries.documents import Moment
from khuyencong.law.documents.queries.relations import Link
from khuyencong.law.documents.records import Precision
from khuyencong.law.documents.rules.references import words
from khuyencong.law.documents.rules.status import Effect
from khuyencong.law.documents.status_wording import day, effect, since_words

_KIND = Relation.Kind


def name(edition: Edition | None, document: LegalDocument) -> str:
    """The number, or the title while no number is known."""
    if edition is None:
        return str(document)
    return edition.numbered or edition.title


def in_force(edition: Edition) -> str:
    """From when, as well as it is known."""
    if edition.in_force_from is None:
        return _("chưa rõ")
    if edition.in_force_precision == Precision.YEAR:
        return _("trong năm %(year)s (chưa rõ ngày)") % {"year": str(edition.in_force_from.year)}
    return day(edition.in_force_from)


def link(one: Link) -> str:
    """What the other document is to this one."""
    if one.outgoing:
        return {
            _KIND.BASED_ON: _("Là căn cứ của văn bản này"),
            _KIND.GUIDES: _("Được văn bản này hướng dẫn"),
            _KIND.CITES: _("Được văn bản này dẫn chiếu"),
            _KIND.AMENDS: _("Được văn bản này sửa đổi, bổ sung"),
            _KIND.REPLACES: _("Bị văn bản này thay thế"),
            _KIND.REPEALS: _("Bị văn bản này bãi bỏ"),
            _KIND.SUSPENDS: _("Bị văn bản này ngưng hiệu lực"),
            _KIND.CORRECTS: _("Được văn bản này đính chính"),
        }[_KIND(one.relation.kind)]
    return {
        _KIND.BASED_ON: _("Lấy văn bản này làm căn cứ"),
        _KIND.GUIDES: _("Hướng dẫn văn bản này"),
        _KIND.CITES: _("Dẫn chiếu văn bản này"),
        _KIND.AMENDS: _("Sửa đổi, bổ sung văn bản này"),
        _KIND.REPLACES: _("Thay thế văn bản này"),
        _KIND.REPEALS: _("Bãi bỏ văn bản này"),
        _KIND.SUSPENDS: _("Ngưng hiệu lực văn bản này"),
        _KIND.CORRECTS: _("Đính chính văn bản này"),
    }[_KIND(one.relation.kind)]


def relation(one: Relation) -> str:
    """``Điều 1 sửa đổi, bổ sung khoản 4 Điều 8 28/2018/TT-BTC``, from the document that says it."""
    target = " ".join(part for part in (words(one.target_path), str(one.target)) if part)
    text = " ".join(part for part in (words(one.source_path), one.get_kind_display(), target) if part)
    return text[:1].upper() + text[1:]


def since(one: Link) -> str:
    """From when a relation works, as well as it is known."""
    return since_words(one.since, one.vague) if one.since else ""


def where(path: str) -> str:
    """A place in a document; the whole document has none."""
    return words(path) or _("toàn văn bản")


def moment_day(one: Moment, edition: Edition) -> str:
    """The day of an entry; its year alone when nothing of it is known better."""
    entered_vaguely = one.enters and edition.in_force_precision == Precision.YEAR
    exact = one.expires or one.ended or one.new_texts or (one.enters and not entered_vaguely)
    if not exact and all(effect.by_year_end for effect in one.began):
        return _("Năm %(year)s") % {"year": str(one.day.year)}
    return day(one.day)


def moment(one: Moment, edition: Edition) -> list[str]:
    """What happened on the day of a time line."""
    told = []
    if one.enters:
        vague = edition.in_force_precision == Precision.YEAR
        told.append(_("Có hiệu lực, chưa rõ ngày") if vague else _("Bắt đầu có hiệu lực"))
    told += [_without_day(effect) for effect in one.began]
    told += [_("Thôi áp dụng: %(what)s") % {"what": _without_day(effect)} for effect in one.ended]
    if one.new_texts:
        places = ", ".join(words(path) for path in one.new_texts)
        told.append(_("Nội dung mới: %(places)s") % {"places": places})
    if one.expires:
        told.append(_("Hết thời hạn ghi trong văn bản"))
    return told


def _without_day(one: Effect) -> str:
    """The day stands at the head of the entry already."""
    return effect(Effect(one.kind, one.by, None, None, one.by_path, one.path))
