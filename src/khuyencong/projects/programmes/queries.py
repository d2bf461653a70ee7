"""Co-funded projects and what they brought, programme by programme, within the reach of the person asking."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models.functions import Coalesce

from khuyencong.core import clock
from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.planning.models import OtherProgramme
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.programmes.rules import Claim, Pair, alike, leverage
from khuyencong.projects.proposal.models import BlendedFunding
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import YEAR, projects

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Year(TypedDict):
        year: int

    Counted = WithAnnotations[Project, _Year]

# What was given up or has not been handed in is no funding.
_NOT_COUNTED = (State.DRAFT, State.TERMINATED)


@dataclass(frozen=True)
class Share:
    """A programme and the projects in which its money met ours, in VND. ``programme`` None: all projects together."""

    programme: OtherProgramme | None
    projects: int
    blended: int
    support: int
    total: int

    @property
    def leverage(self) -> float | None:
        """Investment for each dong of our support."""
        return leverage(self.support, self.total)


@dataclass(frozen=True)
class Twice:
    """A possible double funding with everything a person needs to judge it."""

    establishment: Establishment
    pair: Pair
    first: Project
    second: Project
    first_words: str
    second_words: str
    first_programme: OtherProgramme | None
    second_programme: OtherProgramme | None


def counted(user: User) -> list["Counted"]:
    """The projects that count, with their other money and the year each belongs to."""
    found = projects(user).exclude(state__in=_NOT_COUNTED).annotate(year=Coalesce(YEAR, clock.today().year))
    return list(found.prefetch_related("blended_funding__programme", "establishments").order_by("-year", "code"))


def shares(found: list[Project]) -> tuple[list[Share], Share, Share]:
    """Programme by programme; then all co-funded projects; then all projects, co-funded or not."""
    by_code: dict[str, list[tuple[Project, BlendedFunding]]] = {}
    for project in found:
        for one in project.blended_funding.all():
            by_code.setdefault(one.programme_id, []).append((project, one))
    made = []
    for programme in OtherProgramme.objects.select_related("document"):
        parts = by_code.get(programme.pk, [])
        own = {project.pk: project for project, _one in parts}.values()
        made.append(_share(programme, list(own), sum(one.amount for _project, one in parts)))
    together = [one for one in found if one.blended_funding.all()]
    return made, _share(None, together), _share(None, found)


def double_funding(found: list["Counted"]) -> tuple[list[Twice], int]:
    """What may be paid for twice, and how many supports were compared."""
    firms = {one.pk: one for project in found for one in project.establishments.all()}
    by_key = {one.pk: one for one in found}
    claims: dict[Claim, tuple[str, OtherProgramme | None]] = {}
    for project in found:
        for firm in project.establishments.all():
            claims[_claim(firm, project, "", project.title)] = (project.title, None)
            for one in project.blended_funding.all():
                told = one.name or project.title
                claims[_claim(firm, project, one.programme_id, told)] = (told, one.programme)
    pairs = alike(claims)
    return [
        Twice(
            firms[pair.first.establishment], pair, by_key[pair.first.project], by_key[pair.second.project],
            claims[pair.first][0], claims[pair.second][0], claims[pair.first][1], claims[pair.second][1],
        )
        for pair in pairs
    ], len(claims)  # fmt: skip


def _share(programme: OtherProgramme | None, own: list[Project], blended: int | None = None) -> Share:
    money = sum(one.blended for one in own) if blended is None else blended
    return Share(programme, len(own), money, sum(one.support_amount for one in own), sum(one.total_cost for one in own))


def _claim(firm: Establishment, project: "Counted", programme: str, words: str) -> Claim:
    plain, name = fold(words), fold(firm.name)
    return Claim(firm.pk, project.pk, programme, project.year, " ".join(plain.replace(name, " ").split()))
