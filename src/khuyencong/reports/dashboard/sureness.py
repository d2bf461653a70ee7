"""How sure the dashboard is: the latest measured impact with its uncertainty, and the gaps in the data."""

from dataclasses import dataclass

from django.db.models import Case, When

from khuyencong.impact import wording
from khuyencong.impact.models import Evaluation
from khuyencong.impact.panels import OUTCOMES
from khuyencong.impact.queries import evaluations
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission


@dataclass(frozen=True)
class Headline:
    """The verdict of the latest evaluation over the registry, in words, and how far it can be trusted."""

    evaluation: Evaluation
    tone: str
    verdict: str
    finding: str


def headline(user: User) -> Headline | None:
    """The latest answer about revenue, else the latest about anything; None while nobody has asked."""
    if not may(user, Permission.IMPACT_EVALUATE):
        return None
    known = evaluations(user).filter(origin=Evaluation.Origin.REGISTRY)
    of_revenue_first = Case(When(settings__outcome="revenue", then=0), default=1)
    found = known.order_by(of_revenue_first, "-asked_at").first()
    if found is None or found.result is None:
        return None
    outcome = str(OUTCOMES.get(found.result["question"]["outcome"], "")).lower()
    return Headline(
        found, wording.verdict_tone(found.result), wording.verdict(found.result, outcome),
        wording.findings(found.result)[0],
    )  # fmt: skip
