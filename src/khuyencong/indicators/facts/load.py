"""The fact tables read from the operational database, narrowed to the person asking."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db.models import Count, QuerySet

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.establishments.queries import located_in, reached
from khuyencong.indicators.facts.schema import MEASURES, SCHEMAS
from khuyencong.indicators.facts.sharing import shares
from khuyencong.people.models import User
from khuyencong.people.queries import over_a_province
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import district_of_communes
from khuyencong.planning.models import PlanLine, PlanState
from khuyencong.projects.models import Payment, Project, Step
from khuyencong.supervision.models import Visit

# The first time a project came to a state is when that happened.
_EVENTS: dict[str, str] = {
    Project.State.SUBMITTED: "submitted", Project.State.APPROVED: "approved", Project.State.PLANNED: "planned",
    Project.State.CONTRACTED: "contracted", Project.State.ACCEPTED: "accepted", Project.State.SETTLED: "settled",
    Project.State.TERMINATED: "terminated",
}  # fmt: skip
COMING = ("planned", "contracted", "accepted")  # what a project under way can still come to within a year
_BATCH = 5000

Tables = dict[str, pa.Table]


@dataclass(frozen=True)
class _Member:
    """One establishment of a project within reach: its position among all of them, of how many."""

    establishment: int
    position: int
    among: int


def load(user: User, unit: Unit | None = None) -> Tables:
    """Every fact table, over what the person may see; ``unit``: of one commune, or of one province."""
    mine = Establishment.objects.filter(reached(user, Permission.REPORTS_VIEW))
    if unit is not None:
        mine = mine.filter(located_in(unit))
    whole = unit is None or unit.kind == Unit.Kind.PROVINCE
    return Facts(mine, with_plan=whole and over_a_province(user, Permission.REPORTS_VIEW)).tables()


def load_with_coming(user: User, ahead: Collection[int], year: int) -> tuple[Tables, Tables]:
    """The tables as they are, and as they will be if the projects ``ahead`` (keys) come to all they still can.

    What they have not reached yet is put into December of the year.
    """
    facts = Facts(
        Establishment.objects.filter(reached(user, Permission.REPORTS_VIEW)),
        over_a_province(user, Permission.REPORTS_VIEW),
    )
    tables = facts.tables()
    return tables, tables | {"milestones": _table("milestones", facts.milestones(ahead, year))}


class Facts:
    """One reading of the database: what several tables need is read once."""

    def __init__(self, mine: QuerySet[Establishment], with_plan: bool) -> None:
        # The budget is the province's: of a single commune there is none.
        self.mine, self.with_plan = mine, with_plan
        rows = mine.values_list(
            "pk", "standing__first_supported", "status", "commune_id", "commune__code", "commune__parent__code",
            "eligible_group__code", "legal_form",
        )  # fmt: skip
        self.first_supported = {row[0]: row[1] for row in rows}
        self.status = {row[0]: row[2] for row in rows}
        districts = {
            key: unit.name for code in {row[5] for row in rows} for key, unit in district_of_communes(code).items()
        }
        self.place = {
            pk: {"commune": commune, "district": districts.get(key, ""), "province": province,
                 "group": group or "", "form": form}
            for pk, _first, _status, key, commune, province, group, form in rows
        }  # fmt: skip
        through = Project.establishments.through.objects
        self.reached = through.filter(establishment_id__in=mine.values("pk")).values("project_id")
        self.projects: dict[int, Project] = {}
        self.members = self._members()

    def tables(self) -> Tables:
        """The tables by name."""
        return {
            "milestones": _table("milestones", self.milestones()),
            "payments": _table("payments", self._payments()),
            "visits": _table("visits", self._visits()),
            "plan": _table("plan", adopted_lines() if self.with_plan else ()),
            "results": self._results(),
            "establishments": _table("establishments", self._establishments()),
        }

    def _members(self) -> dict[int, list[_Member]]:
        through = Project.establishments.through.objects
        everybody: dict[int, list[int]] = defaultdict(list)
        for row in (
            through.filter(project_id__in=self.reached)
            .select_related("project__activity")
            .order_by("-project__accepted_year", "project__code", "project_id", "establishment_id")
        ):
            self.projects[row.project_id] = row.project
            everybody[row.project_id].append(row.establishment_id)
        return {
            project: [_Member(one, at, len(found)) for at, one in enumerate(found) if one in self.place]
            for project, found in everybody.items()
        }

    def _rows(self, project: int, amounts: Mapping[str, int]) -> Iterator[dict[str, Any]]:
        """One row for each establishment, with its share of every amount."""
        told = self.projects[project]
        for member in self.members[project]:
            yield {
                "project": project, "establishment": member.establishment, "fund": told.fund,
                "content": told.activity.code, **self.place[member.establishment],
                "lead": int(member.position == 0),
                **{name: shares(amount, member.among)[member.position] for name, amount in amounts.items()},
            }  # fmt: skip

    def milestones(self, ahead: Collection[int] = (), year: int = 0) -> Iterator[dict[str, Any]]:
        """What each project came to; those ``ahead`` also what they still have before them, in the year given."""
        for project, events in self._events().items():
            told = self.projects[project]
            amounts = {
                "support": told.support_amount, "counterpart": told.counterpart, "blended": told.blended,
                "investment": told.total_cost, "jobs": told.expected_jobs or 0,
            }  # fmt: skip
            rows = list(self._rows(project, amounts))
            coming = dict.fromkeys(COMING, (year, 12)) if project in ahead else {}
            for event, (in_year, month) in (coming | events).items():
                yield from ({**row, "event": event, "year": in_year, "month": month} for row in rows)

    def _events(self) -> dict[int, dict[str, tuple[int, int | None]]]:
        """For each project what it came to, in which year and month."""
        found: dict[int, dict[str, tuple[int, int | None]]] = {pk: {} for pk in self.projects}
        steps = Step.objects.filter(project__in=self.reached, target__in=_EVENTS).order_by("position")
        for project, target, day in steps.values_list("project_id", "target", "day"):
            found[project].setdefault(_EVENTS[target], (day.year, day.month))
        for pk, told in self.projects.items():
            # The year of acceptance is the one that counts everywhere; of many past projects only it is known.
            year, _month = found[pk].get("accepted", (None, None))
            if told.accepted_year is None:
                found[pk].pop("accepted", None)
            elif told.accepted_year != year:
                found[pk]["accepted"] = (told.accepted_year, None)
        return found

    def _payments(self) -> Iterator[dict[str, Any]]:
        made = Payment.objects.filter(contract__project__in=self.reached).order_by("pk")
        for project, kind, amount, day in made.values_list("contract__project_id", "kind", "amount", "paid_on"):
            back = kind == Payment.Kind.RECOVERY
            amounts = {"amount": -amount if back else amount, "recovered": amount if back else 0}
            yield from ({**row, "year": day.year, "month": day.month} for row in self._rows(project, amounts))

    def _visits(self) -> Iterator[dict[str, Any]]:
        done = Visit.objects.filter(project__in=self.reached, state=Visit.State.DONE).annotate(n=Count("findings"))
        for project, day, findings in done.order_by("pk").values_list("project_id", "done_on", "n"):
            rows = self._rows(project, {"findings": findings})
            if day is not None:
                yield from ({**row, "year": day.year, "month": day.month} for row in rows)

    def _results(self) -> pa.Table:
        schema = SCHEMAS["results"]
        found = YearlyResult.objects.filter(establishment__in=self.mine.values("pk")).order_by("pk")
        columns: dict[str, list[Any]] = {name: [] for name in schema.names}
        for pk, year, *values in found.values_list("establishment_id", "year", *MEASURES).iterator(_BATCH):
            first = self.first_supported[pk]
            told = {"establishment": pk, "year": year, "supported": first is not None and first <= year}
            for name, value in (told | self.place[pk] | dict(zip(MEASURES, values, strict=True))).items():
                columns[name].append(value)
        return pa.table(columns, schema=schema)

    def _establishments(self) -> Iterator[dict[str, Any]]:
        for pk, place in self.place.items():
            supported = self.first_supported[pk] is not None
            yield {"establishment": pk, **place, "status": self.status[pk], "supported": supported}


def adopted_lines() -> Iterator[dict[str, Any]]:
    """The lines of the plans that were adopted."""
    adopted = PlanLine.objects.filter(plan__state=PlanState.ADOPTED).order_by("pk")
    for pk, fund, content, year, amount in adopted.values_list("pk", "fund", "activity__code", "plan__year", "amount"):
        yield {"line": pk, "fund": fund, "content": content or "", "year": year, "amount": amount}


def _table(name: str, rows: Iterable[dict[str, Any]]) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.Table.from_pylist([{column: row.get(column) for column in schema.names} for row in rows], schema=schema)
