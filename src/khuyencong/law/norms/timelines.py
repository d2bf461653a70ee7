"""Norms over time: one line for each case, in which a gap is a gap and an overlap is told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from khuyencong.law.norms.models import ActivityType
from khuyencong.law.norms.queries import adopted_norms, as_rule
from khuyencong.law.norms.rules import Area, Level, Norm, Span, timeline, widened

# (content, variant, level, province, fund, area): what two norms must share to stand on one line.
Key = tuple[str, str, Level, str, str, Area]


@dataclass(frozen=True)
class Piece:
    """A stretch of a line. ``kind``: "norm", "gap", "overlap", or "wider" where a norm for wider cases holds.

    ``until_year``: the year in which it ends, where of what follows the year alone is known.
    """

    span: Span
    kind: str
    days: int
    until_year: int | None = None


@dataclass(frozen=True)
class Line:
    """One case of a content over time; ``norm`` is one of its norms, to name the case by."""

    norm: Norm
    variant_name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ContentLines:
    """The lines of one content; none when no norm of it was ever entered."""

    content: ActivityType
    lines: tuple[Line, ...]


def by_content(until: dt.date) -> list[ContentLines]:
    """Every content with its lines, from the day it was first supported until the day given."""
    norms = list(adopted_norms())
    names = {(norm.content.code, norm.variant): norm.variant_name for norm in norms}
    known = [as_rule(norm) for norm in norms]
    return [
        ContentLines(
            content, tuple(lines([norm for norm in known if norm.content == content.code], content, names, until))
        )
        for content in ActivityType.objects.all()
    ]


def lines(
    norms: Iterable[Norm], content: ActivityType, names: dict[tuple[str, str], str], until: dt.date
) -> list[Line]:
    """The lines of these norms of one content, national before provincial, wider cases before narrower."""
    known = list(norms)
    grouped: dict[Key, list[Norm]] = {}
    for norm in sorted(
        known, key=lambda n: (n.variant, n.level, n.fund != "any", list(Area).index(n.area), n.province)
    ):
        grouped.setdefault(line_of(norm), []).append(norm)
    return [
        Line(group[0], names.get((content.code, group[0].variant), ""), tuple(_pieces(group, known, content, until)))
        for group in grouped.values()
    ]


def line_of(norm: Norm) -> Key:
    """The line a norm stands on."""
    return (norm.content, norm.variant, norm.level, norm.province, norm.fund, norm.area)


def _pieces(group: list[Norm], known: list[Norm], content: ActivityType, until: dt.date) -> list[Piece]:
    first = min(norm.valid_from for norm in group)
    # A province need not have a norm of its own: its line begins with its first one.
    since = min(first, content.valid_from) if group[0].level is Level.NATIONAL else first
    spans = timeline(group, since)
    found = []
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        if span.first > until:
            break
        last = min(span.last or until, until)
        begun = [norm for norm in following.norms if norm.valid_from == following.first] if following else []
        vague = not span.norms and any(norm.by_year_end for norm in begun)
        year = begun[0].valid_from.year if vague else None
        found.append(Piece(span, _kind(span, group[0], known), (last - span.first).days + 1, year))
    return found


def _kind(span: Span, norm: Norm, known: list[Norm]) -> str:
    if len(span.norms) > 1:
        return "overlap"
    if span.norms:
        return "norm"
    wider = [
        other
        for other in known
        if other.variant == norm.variant
        and line_of(other) != line_of(norm)
        and other.holds(span.first)
        and other.fund in ("any", norm.fund)
        and other.area in widened({Area.ANY, norm.area})
        and other.province in ("", norm.province)
    ]
    return "wider" if wider else "gap"


def of_norm(norms: Iterable[Norm], norm: Norm, content: ActivityType, until: dt.date) -> list[Piece]:
    """The line on which a norm stands, among these norms (which hold it)."""
    known = list(norms)
    return _pieces([one for one in known if line_of(one) == line_of(norm)], known, content, until)
