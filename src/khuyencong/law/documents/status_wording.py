"""Answers of the rules in words: statuses, steps of a ceiling, findings. Numbers are made in ``rules``."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.law.documents.rules import status
from khuyencong.law.documents.rules.references import words


def status_label(found: status.Standing) -> str:
    """The status as official language has it."""
    return {
        status.Status.UNKNOWN: _("Chưa rõ ngày có hiệu lực"),
        status.Status.NOT_YET: _("Chưa có hiệu lực"),
        status.Status.IN_FORCE: _("Còn hiệu lực"),
        status.Status.PARTLY_EXPIRED: _("Hết hiệu lực một phần"),
        status.Status.EXPIRED: _("Hết hiệu lực toàn bộ"),
        status.Status.SUSPENDED: _("Ngưng hiệu lực"),
    }[found.status]


def status_reasons(found: status.Standing) -> list[str]:
    """Why: one sentence for each effect, and what is not known."""
    told = [effect(one) for one in found.effects]
    told += [_("%(effect)s (chưa rõ từ ngày nào)") % {"effect": effect(one)} for one in found.undated]
    if found.within_unknown_year:
        told.append(_("Chỉ biết năm có hiệu lực là %(year)s, chưa rõ ngày.") % {"year": str(found.day.year)})
    return told


def effect(one: status.Effect) -> str:
    """``Khoản 4 Điều 8 được sửa đổi, bổ sung bởi 64/2024/TT-BTC từ 31/12/2024``."""
    verb = {
        status.EffectKind.AMENDS: _("được sửa đổi, bổ sung bởi %(by)s"),
        status.EffectKind.REPLACES: _("bị thay thế bởi %(by)s"),
        status.EffectKind.REPEALS: _("bị bãi bỏ bởi %(by)s"),
        status.EffectKind.SUSPENDS: _("bị ngưng hiệu lực bởi %(by)s"),
        status.EffectKind.CORRECTS: _("được đính chính bởi %(by)s"),
    }[one.kind] % {"by": " ".join(part for part in (words(one.by_path), one.by) if part)}
    if one.path:
        what = words(one.path)
    elif one.kind is status.EffectKind.AMENDS:
        what = _("một phần văn bản")
    else:
        what = _("văn bản")
    since = f" {since_words(one.since, one.by_year_end)}" if one.since else ""
    until = _(" đến hết %(day)s") % {"day": day(one.until)} if one.until else ""
    text = f"{what} {verb}{since}{until}"
    return text[:1].upper() + text[1:]


def checked(on: dt.date | None, effects: Iterable[status.Effect]) -> str:
    """That a record was compared with its document, and, where the document was amended since, that it was before that.

    ``on``: the day on which a person compared it; None: it was read in a public source.
    """
    changes = [one for one in effects if one.kind is not status.EffectKind.CORRECTS and one.since is not None]
    later = [one for one in changes if on is None or (one.since is not None and one.since > on)]
    if not later:
        return _("đã xác minh")
    facts = {"on": day(on), "since": effect_since(later[0])}
    if on is None:
        return _("đã xác minh theo lời văn trước khi được sửa đổi %(since)s") % facts
    return _("đã xác minh ngày %(on)s, trước khi được sửa đổi %(since)s") % facts


def effect_since(one: status.Effect) -> str:
    """From when an effect holds, as well as it is known; nothing when it is not."""
    return since_words(one.since, one.by_year_end) if one.since else ""


def since_words(since: dt.date, by_year_end: bool) -> str:
    """``từ 15/10/2025``; the year alone when no more is known."""
    if by_year_end:
        return _("từ năm %(year)s (chưa rõ ngày)") % {"year": str(since.year)}
    return _("từ %(day)s") % {"day": day(since)}


def number(value: Decimal | int | None) -> str:
    """A number in the local form, without idle zeros."""
    if value is None:
        return ""
    plain = format(Decimal(value).normalize(), "f")
    return formats.number_format(plain, use_l10n=True)


def day(value: dt.date | None) -> str:
    """``15/10/2025``."""
    return value.strftime("%d/%m/%Y") if value else ""
