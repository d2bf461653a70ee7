"""The legal basis: the documents a letter rests on that are in force on its day, with what amended them."""

import datetime as dt

from django.db.models import Q, QuerySet

from khuyencong.law.documents.queries.standing import adopted, standings
from khuyencong.law.documents.rules.status import EffectKind, Standing
from khuyencong.law.models import Edition
from khuyencong.projects.letters.contexts import shown
from khuyencong.projects.record.models import Project

# The roots, by code of the law room. What amends or replaces them is found from the relations.
_EVERY = ("45-2012-nd-cp", "26-2014-ttlt-btc-bct", "28-2018-tt-btc")
_NATIONAL = ("36-2013-tt-bct",)


def lines(project: Project, day: dt.date, after: tuple[str, ...] = ()) -> list[str]:
    """``Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ về khuyến công;``"""
    roots = _EVERY + (_NATIONAL if project.fund == Project.Fund.NATIONAL else ())
    provinces = project.establishments.values("commune__parent_id")
    of_plan = Q(kind=Edition.Kind.PLAN) | Q(tags__contains="kế hoạch khuyến công")
    plans = of_plan & Q(level=Edition.Level.PROVINCIAL, province__in=provinces)
    chosen = list(_short().filter(Q(document__code__in=roots) | plans))
    chosen.sort(key=lambda one: (roots.index(one.document.code) if one.document.code in roots else len(roots), one.pk))
    stands = standings(chosen, day)
    holding = [one for one in chosen if stands[one.document_id].holds]
    amending = {one.document_id: _amending(stands[one.document_id]) for one in holding}
    numbers = {number for found in amending.values() for number in found}
    by_number = {str(one.document): one for one in _short().filter(document__number__in=numbers)}
    told = [
        _line(one, [by_number[number] for number in amending[one.document_id] if number in by_number])
        for one in holding
    ]
    return [*told, *(f"{line};" for line in after)]


def _short() -> QuerySet[Edition]:
    """Editions without their texts, which may be long."""
    return adopted().defer("text", "search_head", "search_text")


def _amending(standing: Standing) -> list[str]:
    return list(dict.fromkeys(effect.by for effect in standing.effects if effect.kind is EffectKind.AMENDS))


def _line(one: Edition, amending: list[Edition]) -> str:
    changed = ", được sửa đổi, bổ sung bởi " + ", ".join(_named(by) for by in amending) if amending else ""
    return f"Căn cứ {_named(one)} {_about(one)}{changed};"


def _named(edition: Edition) -> str:
    kind = edition.get_kind_display()
    number = f" số {edition.document.number}" if edition.document.number else ""
    signed = f" {shown.day(edition.signed)}" if edition.signed else ""
    return f"{kind}{number}{signed} của {edition.issuer}"


def _about(edition: Edition) -> str:
    title = edition.title.strip()
    return f"về {title[:1].lower()}{title[1:]}"
