"""Which text of a document one reads for a day, and what other documents have done to each piece of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from khuyencong.law.documents.rules.references import covers
from khuyencong.law.documents.rules.status import Dates, Effect, EffectKind

_ENDS = (EffectKind.REPLACES, EffectKind.REPEALS)
_DAY = dt.timedelta(days=1)


def reading_day(dates: Dates, effects: Iterable[Effect], day: dt.date) -> dt.date:
    """The day whose text is read: the day itself, or the nearest one on which the document is in force.

    Before its first day one reads the text it will have then, after its last day the text it had at last.
    """
    ends = [effect.since - _DAY for effect in effects if effect.kind in _ENDS and not effect.path and effect.since]
    last = min([*ends, *([dates.expires] if dates.expires else [])], default=None)
    if last is not None and day > last:
        day = last
    if dates.in_force_from is not None and day < dates.in_force_from:
        day = dates.in_force_from
    return day


def attach(
    paths: Sequence[str], effects: Iterable[Effect], day: dt.date
) -> tuple[dict[str, list[Effect]], list[Effect]]:
    """Effects at work on the day, by the deepest provision of the text that holds their place; and the homeless.

    Effects on the whole document are left out: they are told once, for the document.
    """
    known = {path for path in paths if path}
    placed: dict[str, list[Effect]] = {}
    homeless: list[Effect] = []
    for effect in effects:
        if not effect.path or not effect.holds(day):
            continue
        home = max((path for path in known if covers(path, effect.path)), key=len, default=None)
        if home is None:
            homeless.append(effect)
        else:
            placed.setdefault(home, []).append(effect)
    return placed, homeless


def gone(path: str, placed: Mapping[str, Sequence[Effect]]) -> bool:
    """Whether the provision itself was replaced, repealed or suspended, alone or with what it lies in."""
    ending = (*_ENDS, EffectKind.SUSPENDS)
    return bool(path) and any(
        effect.kind in ending and covers(effect.path, path) for effects in placed.values() for effect in effects
    )


def told_by_text(effect: Effect, amended_by: str, valid_from: dt.date | None) -> bool:
    """Whether the text read already is the one that this amendment brought, or a later one."""
    if effect.kind not in (EffectKind.AMENDS, EffectKind.CORRECTS, EffectKind.REPLACES):
        return False
    if valid_from is None or effect.since is None:
        return False
    return valid_from > effect.since or (valid_from == effect.since and amended_by == effect.by)
