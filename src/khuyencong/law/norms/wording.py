"""Support norms in words: how much, where, from which fund, since when, and what is wrong with a draft."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from khuyencong.core.money import vnd
from khuyencong.law.documents.status_wording import day, number, since_words
from khuyencong.law.norms import ceiling
from khuyencong.law.norms import rules as norms
from khuyencong.law.norms.ceiling import Elsewhere
from khuyencong.law.norms.models import SupportNorm
from khuyencong.law.norms.rules import Area, Norm, Problem, Span
from khuyencong.law.norms.timelines import Piece


def amounts(norm: Norm) -> str:
    """``50 % chi phí, tối đa 300.000.000 ₫ một cơ sở``; says so where the article gives no percentage."""
    parts = []
    if norm.percent is not None:
        parts.append(_("%(percent)s %% chi phí") % {"percent": number(norm.percent)})
    if norm.cap is not None:
        parts.append(_("tối đa %(cap)s một %(unit)s") % {"cap": vnd(norm.cap), "unit": per_label(norm)})
    if norm.percent is None:
        parts.append(_("văn bản không quy định tỷ lệ"))
    return ", ".join(parts)


def area_label(area: Area) -> str:
    """Where it applies."""
    return str(dict(SupportNorm.Area.choices)[area])


def fund_label(fund: str) -> str:
    """From which money."""
    return str(dict(SupportNorm.Fund.choices)[fund])


def period(norm: Norm) -> str:
    """``từ 01/01/2027 đến hết 31/12/2030``."""
    return until(norm_since(norm), norm.valid_to)


def span(one: Span) -> str:
    """The days of a stretch of time; a start known by its year alone is told so."""
    vague = [norm for norm in one.norms if norm.valid_from == one.first and norm.by_year_end]
    since = norm_since(vague[0]) if vague else _("từ %(day)s") % {"day": day(one.first)}
    return until(since, one.last)


def piece(one: Piece) -> str:
    """The days of a stretch of a time line."""
    if one.until_year is None:
        return span(one.span)
    facts = {"since": _("từ %(day)s") % {"day": day(one.span.first)}, "year": str(one.until_year)}
    return _("%(since)s đến năm %(year)s (chưa rõ ngày)") % facts


def until(since: str, last: dt.date | None) -> str:
    """A start in words with its end, if there is one."""
    return _("%(since)s đến hết %(day)s") % {"since": since, "day": day(last)} if last else since


def _amount(amount: Decimal | int | None, in_vnd: bool) -> str:
    if in_vnd:
        return vnd(int(amount)) if amount is not None else ""
    return number(amount)


def problem(one: Problem) -> str:
    """Why a draft is refused, or what it overlaps, with both values and the article."""
    facts = {
        "ours": _amount(one.ours, in_vnd=one.code == "cap-above-national"),
        "theirs": _amount(one.theirs, in_vnd=one.code == "cap-above-national"),
        "article": one.other.article,
        "period": period(one.other),
        "amounts": amounts(one.other),
        "unit": per_label(one.other),
    }
    if one.code == "overlap":
        return _("Trùng thời gian với mức đang có: %(amounts)s, theo %(article)s, áp dụng %(period)s.") % facts
    return f"{_REASONS[one.code, one.ours is None]() % facts} {_rule()}"


def _rule() -> str:
    return _("Mức của tỉnh không được cao hơn mức của Trung ương.")


_REASONS = {
    ("percent-above-national", False): lambda: _(
        "Tỷ lệ %(ours)s %% cao hơn mức của Trung ương là %(theirs)s %% theo %(article)s, áp dụng %(period)s."
    ),
    ("percent-above-national", True): lambda: _(
        "Mức này không ghi tỷ lệ, trong khi Trung ương chỉ cho chi đến %(theirs)s %% chi phí theo %(article)s, "
        "áp dụng %(period)s."
    ),
    ("cap-above-national", False): lambda: _(
        "Mức tối đa %(ours)s cao hơn mức của Trung ương là %(theirs)s theo %(article)s, áp dụng %(period)s."
    ),
    ("cap-above-national", True): lambda: _(
        "Mức này không ghi số tiền tối đa, trong khi Trung ương chỉ cho chi đến %(theirs)s theo %(article)s, "
        "áp dụng %(period)s."
    ),
    ("multiplier-above-national", False): lambda: _(
        "Mức tối đa nhân hệ số %(ours)s sẽ cao hơn mức của Trung ương (hệ số %(theirs)s) theo %(article)s, "
        "áp dụng %(period)s."
    ),
    ("per-differs", True): lambda: _(
        "Mức của Trung ương theo %(article)s, áp dụng %(period)s, tính cho một %(unit)s; mức này phải tính cùng đơn vị."
    ),
}


def elsewhere(found: Elsewhere, variants: dict[str, str]) -> list[str]:
    """When and for whom there is a norm, when there is none for the case asked about."""
    told = [_("Có mức hỗ trợ %(period)s.") % {"period": span(one)} for one in found.spans]
    if found.variants:
        names = [variants.get(code) or _("trường hợp chung") for code in found.variants]
        told.append(_("Ngày này có mức cho: %(names)s.") % {"names": "; ".join(names)})
    for area in found.areas:
        if area is not Area.ANY:
            told.append(_("Ngày này có mức cho %(area)s.") % {"area": area_label(area)})
    return told


def step(one: ceiling.Step) -> str:
    """One step of a ceiling in words; the amount stands beside it."""
    if one.code == "percent":
        return _("%(percent)s %% chi phí") % {"percent": number(one.factor)}
    if one.code == "cap":
        each = per_label(one.norm)
        if one.factor == 1 and one.norm.percent is None:
            return _("Mức trần cho một %(unit)s, văn bản không quy định tỷ lệ") % {"unit": each}
        if one.factor == 1:
            return _("Mức trần cho một %(unit)s") % {"unit": each}
        return _("Mức trần %(cap)s cho một %(unit)s, nhân %(n)s") % {
            "cap": vnd(one.norm.cap),
            "unit": each,
            "n": number(one.factor),
        }
    if one.code == "multiplier":
        return _("Mức trần nhân %(factor)s vì là %(condition)s") % {
            "factor": number(one.factor),
            "condition": one.condition,
        }
    if one.code == "cost":
        return _("Không quá chi phí của đề án")
    if one.code == "national-bound":
        return _("Không được cao hơn mức của Trung ương")
    return _("Lấy số thấp hơn")


def norm_since(norm: norms.Norm) -> str:
    """From when a norm holds, as well as it is known."""
    return since_words(norm.valid_from, norm.by_year_end)


def per_label(norm: norms.Norm) -> str:
    """What the cap counts, in words."""
    return str(dict(SupportNorm.Per.choices)[norm.per])
