"""The most that an establishment could be given, by the norms of the day: the cap alone, for no cost is known yet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from khuyencong.core.money import MOST
from khuyencong.law.documents.rules.status import Effect
from khuyencong.law.models import ActivityType
from khuyencong.law.norms.ceiling import Case, ceiling
from khuyencong.law.norms.queries import doubts_of, norm_areas, norms_of_any_case
from khuyencong.law.norms.rules import Area, Norm
from khuyencong.places.models import Unit


@dataclass(frozen=True)
class Most:
    """For one content: at most ``amount`` VND however much it costs (None: the norm has no cap), by this norm."""

    content: ActivityType
    amount: int | None
    norm: Norm


class Norms:
    """The norms of a day; ``order``: the codes of the contents, the one to tell first."""

    def __init__(self, day: dt.date, order: list[str]) -> None:
        self._day, self._order, self._norms = day, order, [one for one in norms_of_any_case() if one.holds(day)]
        self._known: dict[tuple[str, str, frozenset[Area]], tuple[int | None, Norm] | None] = {}

    def most(self, contents: Iterable[ActivityType], commune: Unit, areas: Iterable[str]) -> Most | None:
        """The most for the first of the contents that has a norm; None when none of them has one."""
        grades = norm_areas(areas)
        place = commune.parent.code if commune.parent else ""
        by_code = {one.code: one for one in contents}
        for code in self._order:
            found = self._of(code, place, grades) if code in by_code else None
            if found is not None:
                return Most(by_code[code], *found)
        return None

    def doubts(self, found: Iterable[Most]) -> list[tuple[Norm, Effect]]:
        """Those of the norms whose provision another document has amended since."""
        return doubts_of({one.norm.key: one.norm for one in found}.values(), self._day)

    def _of(self, content: str, province: str, areas: frozenset[Area]) -> tuple[int | None, Norm] | None:
        key = (content, province, areas)
        if key not in self._known:
            # At a cost beyond any project's the share of the cost binds nowhere: what is left is the cap.
            answer = ceiling(self._norms, Case(content, MOST, self._day, province, areas=areas))
            capped = any(step.code == "cap" for step in answer.steps)
            self._known[key] = (answer.amount if capped else None, answer.norm) if answer.norm else None
        return self._known[key]
