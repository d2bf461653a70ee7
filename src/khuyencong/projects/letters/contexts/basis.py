"""The legal basis: the documents a letter rests on that are in force on its day, with what amended them."""

import datetime as dt

from khuyencong.law.models import Edition
from khuyencong.law.queries.standing import adopted, standings
from khuyencong.law.rules.status import EffectKind
from khuyencong.projects.letters.contexts import shown
from khuyencong.projects.models import Project

# The roots, by code of the law room. What amends or replaces them is found from the relations.
_EVERY = ("45-2012-nd-cp", "28-2018-tt-btc")
_NATIONAL = ("36-2013-tt-bct",)


def lines(project: Project, day: dt.date, after: tuple[str, ...] = ()) -> list[str]:
    """``Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ về khuyến công;``"""
    roots = _EVERY + (_NATIONAL if project.fund == Project.Fund.NATIONAL else ())
    editions = {one.document.code: one for one in adopted()}
    by_number = {str(one.document): one for one in editions.values()}
    chosen = [editions[code] for code in roots if code in editions]
    chosen += [one for one in editions.values() if _provincial_plan(one, project)]
    stands = standings(chosen, day)
    found = []
    for one in chosen:
        standing = stands[one.document_id]
        if not standing.holds:
            continue
        amending = [by_number[e.by] for e in standing.effects if e.kind is EffectKind.AMENDS and e.by in by_number]
        changed = ", được sửa đổi, bổ sung bởi " + ", ".join(_named(by) for by in amending) if amending else ""
        found.append(f"Căn cứ {_named(one)} {_about(one)}{changed};")
    return [*found, *(f"{line};" for line in after)]


def _provincial_plan(edition: Edition, project: Project) -> bool:
    return (
        edition.level == Edition.Level.PROVINCIAL
        and edition.kind == Edition.Kind.PLAN
        and (edition.province_id in _provinces(project.pk))
    )


def _provinces(project: int) -> set[int]:
    found = Project.objects.filter(pk=project).values_list("establishments__commune__parent_id", flat=True)
    return {pk for pk in found if pk}


def _named(edition: Edition) -> str:
    kind = edition.get_kind_display()
    number = f" số {edition.document.number}" if edition.document.number else ""
    signed = f" {shown.day(edition.signed)}" if edition.signed else ""
    return f"{kind}{number}{signed} của {edition.issuer}"


def _about(edition: Edition) -> str:
    title = edition.title.strip()
    return f"về {title[:1].lower()}{title[1:]}"
