"""Facts as sums that the database makes or keeps: some thousand rows, however large the registry is.

``rows``: how many establishments a row stands for. The money of a project with several establishments is split among
them as everywhere (``sharing``); most have one, and theirs is added up by the database.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Sum, Value, When

from khuyencong.establishments.models import RegistryCount, ResultSum
from khuyencong.indicators.facts.schema import MEASURES
from khuyencong.indicators.facts.sharing import shares
from khuyencong.places.models import Unit
from khuyencong.places.queries import district_of_communes
from khuyencong.projects.models import Payment, Project

Row = dict[str, Any]
_THROUGH = Project.establishments.through
# The projects of several establishments.
_SHARED = _THROUGH.objects.values("project_id").alias(members=Count("pk")).filter(Q(members__gt=1)).values("project_id")


class Summed:
    """The sums of some communes, by key."""

    def __init__(self, communes: Mapping[int, Unit]) -> None:
        codes = {one.parent.code for one in communes.values() if one.parent}
        districts = {key: unit.name for code in codes for key, unit in district_of_communes(code).items()}
        self._places = {
            key: {"commune": one.code, "district": districts.get(key, ""), "province": one.parent and one.parent.code}
            for key, one in communes.items()
        }

    def results(self) -> list[Row]:
        """What was told of each year, by commune and support."""
        told = {f"sum_{one}": Sum(one) for one in MEASURES} | {f"told_by_{one}": Sum(f"told_{one}") for one in MEASURES}
        known = ResultSum.objects.values("commune_id", "year", "support").annotate(rows=Sum("n"), **told)
        return [
            {
                **self._places[one["commune_id"]], "year": one["year"], "rows": one["rows"],
                "supported": one["support"] == ResultSum.Support.BY_THEN,
                # What nobody told is not known: it is no zero.
                **{name: one[f"sum_{name}"] if one[f"told_by_{name}"] else None for name in MEASURES},
            }
            for one in known if one["rows"] and one["commune_id"] in self._places
        ]  # fmt: skip

    def establishments(self) -> list[Row]:
        """How many there are, by commune, whether they work, and whether they were ever supported."""
        known = RegistryCount.objects.values("commune_id", "active", "supported").annotate(rows=Sum("n"))
        return [
            {
                **self._places[one["commune_id"]], "rows": one["rows"], "supported": one["supported"],
                "status": "active" if one["active"] else "",
            }
            for one in known if one["rows"] and one["commune_id"] in self._places
        ]  # fmt: skip

    def accepted(self) -> list[Row]:
        """What was accepted each year."""
        found = Project.objects.filter(accepted_year__isnull=False)
        keys = {"fund": "fund", "content": "activity__code", "year": "accepted_year"}
        amounts = {"support": "support_amount", "counterpart": "counterpart", "blended": "blended",
                   "investment": "total_cost"}  # fmt: skip
        return [row | {"event": "accepted"} for row in self._of_projects(found, "", keys, amounts)]

    def payments(self, year: int) -> list[Row]:
        """What was paid in a year, less what was given back."""
        found = Payment.objects.filter(paid_on__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        back = Q(kind=Payment.Kind.RECOVERY)
        signed = found.annotate(
            paid=Case(When(back, then=-F("amount")), default=F("amount"), output_field=BigIntegerField()),
            back=Case(When(back, then=F("amount")), default=Value(0), output_field=BigIntegerField()),
        )
        project = "contract__project__"
        keys = {"fund": f"{project}fund", "content": f"{project}activity__code", "day": "paid_on"}
        rows = self._of_projects(signed, project, keys, {"amount": "paid", "recovered": "back"})
        return [row | {"year": year, "month": row["day"].month} for row in rows]

    def _of_projects(
        self, found: QuerySet[Any], project: str, keys: Mapping[str, str], amounts: Mapping[str, str]
    ) -> Iterator[Row]:
        """Sums by commune and ``keys``; ``lead``: of how many rows. ``project``: the path to the project."""
        commune, key = f"{project}establishments__commune_id", f"{project}pk"
        summed = {f"sum_{name}": Sum(column) for name, column in amounts.items()}
        alone = found.exclude(**{f"{key}__in": _SHARED}).order_by().values_list(commune, *keys.values())
        for row in alone.annotate(n=Count("pk"), **summed):
            if row[0] in self._places:
                yield self._places[row[0]] | dict(zip((*keys, "lead", *amounts), row[1:], strict=True))
        several = found.filter(**{f"{key}__in": _SHARED}).order_by("pk")
        for at, *row in several.values_list(key, *keys.values(), *amounts.values()):
            parts = [shares(amount, len(self._members[at])) for amount in row[len(keys) :]]
            for position, where in enumerate(self._members[at]):
                if where in self._places:
                    mine = (int(position == 0), *(part[position] for part in parts))
                    told = zip((*keys, "lead", *amounts), (*row[: len(keys)], *mine), strict=True)
                    yield self._places[where] | dict(told)

    @cached_property
    def _members(self) -> Mapping[int, list[int]]:
        """The communes of the establishments of each shared project, the first ones first."""
        members: defaultdict[int, list[int]] = defaultdict(list)
        of_shared = _THROUGH.objects.filter(project__in=_SHARED).order_by("establishment_id")
        for at, where in of_shared.values_list("project_id", "establishment__commune_id"):
            members[at].append(where)
        return members
