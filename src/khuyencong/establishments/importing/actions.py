"""The rows of a confirmed import, staged and written."""

from khuyencong.core import audit, clock
from khuyencong.core.tables.actions import Switch, reserve, roomy
from khuyencong.core.tables.planning import Fate, Planned
from khuyencong.core.tables.staging import Progress, Staged
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.establishments.numbering import next_codes
from khuyencong.establishments.standings import search_index
from khuyencong.establishments.standings.bulk import Bulk
from khuyencong.people.models import User

_PART = 500


def stage_establishments(rows: list[Planned], user: User | None) -> list[Staged]:
    """What the rows make of the registry: new ones with their key and number, known ones changed."""
    new = [planned for planned in rows if planned.fate is Fate.NEW]
    with audit.writing(user):
        keys, numbers = reserve(Establishment, len(new)), next_codes(len(new))
    given = {planned.values["code"] for planned in new if planned.values.get("code")}
    codes = (code for code in numbers if code not in given)
    staged = []
    for planned in new:
        one = Establishment(**{"status": Establishment.Status.ACTIVE, **planned.values}, pk=next(keys))
        one.code = one.code or next(codes)
        one.fold()
        staged.append(Staged(one, None, one))
    old = [planned for planned in rows if planned.fate is Fate.CHANGED]
    for start in range(0, len(old), _PART):
        part = old[start : start + _PART]
        existing = Establishment.objects.in_bulk([planned.existing for planned in part])
        for planned in part:
            one = existing[planned.existing]
            before = audit.snapshot(one)
            for name, value in planned.values.items():
                setattr(one, name, value)
            one.fold()
            staged.append(Staged(one, before, one))
    return staged


def stage_results(rows: list[Planned], user: User | None) -> list[Staged]:
    """What the rows make of the yearly results, new ones with their key."""
    with audit.writing(user):
        keys = reserve(YearlyResult, sum(not planned.existing for planned in rows))
    staged, now = [], clock.now()
    for start in range(0, len(rows), _PART):
        part = rows[start : start + _PART]
        owners = Establishment.objects.in_bulk([planned.values["establishment_id"] for planned in part])
        old = YearlyResult.objects.in_bulk([planned.existing for planned in part if planned.existing])
        for planned in part:
            result = old[planned.existing] if planned.existing else YearlyResult(pk=next(keys))
            before = audit.snapshot(result) if planned.existing else None
            for name, value in planned.values.items():
                setattr(result, name, value)
            result.entered_by, result.entered_at = user, now
            result.establishment = owners[result.establishment_id]
            staged.append(Staged(result, before, result.establishment))
    return staged


class RegistrySwitch(Switch):
    """What was staged of establishments and results, and what is kept of them (``standings``), in one go."""

    def __init__(self, staged: list[Staged]) -> None:
        super().__init__(staged)
        self._bulk = Bulk(self.beside.get(Establishment, ()), self.beside.get(YearlyResult, ()))
        self.make_ready()

    def make_ready(self) -> None:
        """Work out what is kept, while nobody has to wait for it."""
        self._bulk.make_ready()

    def holds(self) -> bool:
        """Whether what was made ready still is so; else it is to be made ready again."""
        return self._bulk.holds()

    def make(self, progress: Progress, words: str) -> None:
        """Put them in place; belongs into the writing that tells of them."""
        if not self.staged:
            return
        with roomy(), self._bulk.written():
            super().make(progress, words)

    def follow(self) -> None:
        """What need not wait for the switch, nor others for it; whatever is cut short here is done in the night."""
        search_index.gather()
