"""What is known of a proposal: on the project's page, and beside the fields while it is being written."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from khuyencong.core.labels import label_of
from khuyencong.core.money import vnd
from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import matching
from khuyencong.law.eligibility import wording as eligibility_wording
from khuyencong.law.eligibility.rules import Answer, Finding, Outcome
from khuyencong.law.norms import queries as norms
from khuyencong.law.norms import wording as norm_words
from khuyencong.law.norms.ceiling import Ceiling, elsewhere
from khuyencong.people.models import User
from khuyencong.people.queries import within
from khuyencong.people.rules import Permission
from khuyencong.projects.proposal.asked import Asked, answers_for, ceiling_for
from khuyencong.projects.proposal.earlier import same_content
from khuyencong.projects.proposal.models import BlendedFunding
from khuyencong.projects.record.authors import may_change
from khuyencong.projects.record.models import Project

MOST_FOUND = 8


@dataclass(frozen=True)
class Reason:
    """What one rule says of an establishment, in words, with its article."""

    finding: Finding
    words: str

    @property
    def open(self) -> bool:
        """Whether it fails or cannot be said: shown at once, the others on a click."""
        return self.finding.outcome is not Outcome.PASSES


@dataclass(frozen=True)
class Beneficiary:
    """An establishment with the answer of the rules."""

    establishment: Establishment
    answer: Answer
    words: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Check:
    """Everything that the law and earlier support say of what is asked for."""

    support: int
    beneficiaries: list[Beneficiary]
    ceiling: Ceiling
    doubts: list[Any]
    elsewhere: list[str]
    twice: list[str]

    @property
    def within(self) -> bool | None:
        """Whether the support stays under the ceiling; None where no norm is in force."""
        return None if self.ceiling.amount is None else self.support <= self.ceiling.amount


def check(asked: Asked, day: dt.date, variants: dict[str, str]) -> Check:
    """Hold what is asked for against the day's law. ``variants``: the names of the cases of the content."""
    ceiling = ceiling_for(asked, day)
    found = elsewhere(norms.norm_set(), ceiling.case) if ceiling.amount is None else None
    return Check(
        support=asked.support,
        beneficiaries=[_beneficiary(one, answer) for one, answer in answers_for(asked, day)],
        ceiling=ceiling,
        doubts=norms.doubts(ceiling),
        elsewhere=norm_words.elsewhere(found, variants) if found else [],
        twice=same_content(asked),
    )


def find(user: User, text: str, but: list[int]) -> QuerySet[Establishment]:
    """Establishments within reach in whose name, number or tax code every word stands."""
    if not fold(text):
        return Establishment.objects.none()
    mine = Establishment.objects.filter(within(user, Permission.PROJECTS_DRAFT))
    return mine.filter(matching(user, text)).exclude(pk__in=but).select_related("commune")[:MOST_FOUND]


def read_estimate(project: Project) -> None:
    """Read the lines and the sources once, for a page on which several parts look at them."""
    sources = BlendedFunding.objects.select_related("programme")
    prefetch_related_objects([project], "cost_lines", Prefetch("blended_funding", sources))


def card(user: User, project: Project) -> dict[str, Any]:
    """The proposal on the project's page."""
    lines = list(project.cost_lines.all())
    return {
        "lines": lines,
        "costs": sum(one.amount for one in lines),
        "sources": _sources(project),
        "survey": getattr(project, "survey", None),
        "may_change": may_change(user, project),
        "told": _told(project),
    }


def _beneficiary(one: Establishment, answer: Answer) -> Beneficiary:
    reasons = tuple(Reason(finding, eligibility_wording.finding(finding)) for finding in answer.findings)
    return Beneficiary(one, answer, eligibility_wording.eligible(answer), reasons)


def _sources(project: Project) -> list[tuple[str, str, int]]:
    """Source, what for, how much."""
    others = [(str(one.programme), one.name, one.amount) for one in project.blended_funding.all()]
    return [
        (str(project.get_fund_display()), "", project.support_amount),
        (_("Vốn đối ứng của cơ sở"), "", project.counterpart),
        *((_("Lồng ghép: %(programme)s") % {"programme": name}, what, amount) for name, what, amount in others),
    ]


_MONEY = ("expected_revenue", "expected_output", "expected_tax")


def _told(project: Project) -> list[tuple[str, str]]:
    """The texts, days and expected results that somebody wrote, each with its label."""
    names = ("goals", "scope", "starts_on", "ends_on", "expected_jobs", *_MONEY, "environment")
    found = {name: getattr(project, name) for name in names}
    return [
        (capfirst(label_of(Project, name)), _shown(name, value))
        for name, value in found.items()
        if value not in (None, "")
    ]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return vnd(value) if name in _MONEY else str(value)
