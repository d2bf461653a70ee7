"""The invented province as rows: all in one transaction, each with its audit record."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db import transaction

from khuyencong.core import audit, clock
from khuyencong.core.models import InstallationFact
from khuyencong.demo import accounts, life, plans, province, reports, results, years
from khuyencong.demo.registry import Firm, Place
from khuyencong.demo.support import Support
from khuyencong.establishments.models import Establishment, Industry, YearlyResult
from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.people.models import User
from khuyencong.places.models import Succession, Unit
from khuyencong.projects.models import Project

FACT = "demo"
FEWEST = 400
_BATCH = 1000


class NotEmpty(Exception):
    """There are data already: invented ones are never mixed with them."""


@dataclass(frozen=True)
class Loaded:
    """How much was written."""

    establishments: int
    results: int
    projects: int


def load(seed: int = province.DEFAULT_SEED, count: int = province.ESTABLISHMENTS, with_reports: bool = True) -> Loaded:
    """Write the province and its accounts, and what it has reported and measured (unless left out).

    Raises NotEmpty unless registry and accounts are empty.

    Fewer than ``FEWEST`` establishments leave too few to support: ValueError.
    """
    if count < FEWEST or seed < 0:
        raise ValueError(f"at least {FEWEST} establishments, and a seed of 0 or more")
    with audit.writing(None):
        transaction.on_commit(life.compose_letters)  # before what each letter itself lets wait
        if Establishment.objects.exists() or User.objects.exists():
            raise NotEmpty
        home = Unit.objects.get(kind=Unit.Kind.PROVINCE, code=settings.PROVINCE_CODE, valid_to=None)
        communes = {unit.code: unit for unit in home.children.filter(valid_to=None)}
        today = clock.today()
        invented = years.moved(province.invent(places(home), seed, count), years.years_since(today))
        people = accounts.make(home)
        registry = _establishments(invented.firms, communes)
        yearly = _results(invented.results, registry, people["can.bo"])
        projects = _projects([*invented.projects, *invented.pending], registry)
        InstallationFact.write(FACT, str(seed))
        done = len(invented.projects)
        lived = life.write_past(projects[:done], invented.projects, today)
        audit.record(chain(_changes(registry.values()), _result_changes(yearly), _changes(projects), lived))
        life.add_past_papers(projects[:done], people)
        plans.write_past(projects[:done], invented.projects, people)
        lines = plans.begin_year(people, today)
        life.lead_on(projects[done:], people, today, lines)
        plans.go_on(people, today)
        if with_reports:
            reports.measure(people)
            reports.report(people, home, today)
    return Loaded(len(registry), len(yearly), len(projects))


def places(home: Unit) -> list[Place]:
    """The communes of today with the units they were made from."""
    formers: dict[int, list[tuple[str, str]]] = {}
    lines = (
        Succession.objects.filter(current__parent=home, former__kind=Unit.Kind.COMMUNE, divided=False)
        .select_related("former__parent")
        .order_by("former__code", "pk")
    )
    for line in lines:
        district = line.former.parent
        formers.setdefault(line.current_id, []).append((line.former.name, district.name if district else ""))
    return [
        Place(
            unit.code,
            unit.name,
            unit.short_name,
            unit.latitude,
            unit.longitude,
            tuple(formers.get(unit.pk, ())),
        )
        for unit in home.children.filter(valid_to=None).order_by("code")
    ]


def _establishments(firms: list[Firm], communes: dict[str, Unit]) -> dict[int, Establishment]:
    industries = {one.code: one for one in Industry.objects.all()}
    groups = {one.code: one for one in EligibleGroup.objects.all()}
    made = {}
    for firm in firms:
        row = Establishment(
            code=f"CB-{firm.number:05d}",
            name=firm.name,
            legal_form=firm.form,
            tax_code=firm.tax_code,
            owner_name=firm.owner,
            phone=firm.phone,
            address=firm.address,
            commune=communes[firm.place.code],
            place_as_given=firm.place_as_given,
            industry=industries[firm.trade.industry] if firm.classified else None,
            eligible_group=groups[firm.trade.group] if firm.classified else None,
            founded=firm.founded,
            capital=firm.capital,
            products=firm.trade.products[firm.number % len(firm.trade.products)],
            local_material=firm.trade.local if firm.classified else None,
            latitude=firm.coordinates[0] if firm.coordinates else None,
            longitude=firm.coordinates[1] if firm.coordinates else None,
            status=_status(firm),
        )
        row.fold()
        made[firm.number] = row
    return made


def _status(firm: Firm) -> str:
    if firm.closed is not None:
        return Establishment.Status.CLOSED
    return Establishment.Status.PAUSED if firm.paused else Establishment.Status.ACTIVE


def _results(panel: list[results.Result], registry: dict[int, Establishment], officer: User) -> list[YearlyResult]:
    for result in panel:  # years ascend: the last known number of workers stays on the card
        if result.workers is not None:
            registry[result.firm.number].workers = result.workers
    Establishment.objects.bulk_create(registry.values(), batch_size=_BATCH)
    entered = {year: _entry_moment(year) for year in {result.year for result in panel}}
    rows = [
        YearlyResult(
            establishment=registry[result.firm.number],
            year=result.year,
            source=result.source,
            entered_by=officer,
            entered_at=entered[result.year],
            **{measure: getattr(result, measure) for measure in YearlyResult.MEASURES},
        )
        for result in panel
    ]
    return YearlyResult.objects.bulk_create(rows, batch_size=_BATCH)


def _entry_moment(year: int) -> dt.datetime:
    """In March of the following year; what is loaded before that was entered just now."""
    return min(clock.at(dt.date(year + 1, 3, 15), 9), clock.now())


def _projects(supports: list[Support], registry: dict[int, Establishment]) -> list[Project]:
    activities = {one.code: one for one in ActivityType.objects.all()}
    rows = []
    for support in supports:
        row = Project(
            code=support.code,
            title=support.title[:300],
            activity=activities[support.kind],
            fund=support.fund,
            accepted_year=support.year if support.accepted else None,
            support_amount=support.amount,
            counterpart=support.counterpart,
            total_cost=support.amount + support.counterpart,
        )
        row.fold()
        rows.append(row)
    Project.objects.bulk_create(rows, batch_size=_BATCH)
    for row, support in zip(rows, supports, strict=True):
        row.establishments.set([registry[firm.number] for firm in support.firms])
    return rows


def _changes(rows: object) -> list[audit.Change]:
    return [audit.Change("demo", row, None, audit.snapshot(row)) for row in rows]


def _result_changes(rows: list[YearlyResult]) -> list[audit.Change]:
    return [audit.Change("demo", row, None, audit.snapshot(row), subject=row.establishment) for row in rows]
