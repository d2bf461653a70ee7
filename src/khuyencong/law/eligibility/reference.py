"""Who may be supported and what comes first: decree 45/2012/NĐ-CP and, from 15/10/2025, decree 235/2025/NĐ-CP.

The points of the priority criteria are a proposal of this product for the province to change: the decree
names what has priority, not how much it weighs.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from khuyencong.core.reference import rows
from khuyencong.law.documents.actions.settling import Settling, latest
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.reference import dated
from khuyencong.law.eligibility.models import EligibilityRule, EligibleGroup, PriorityCriterion

R = TypeVar("R", EligibilityRule, PriorityCriterion)
_PACKAGE = "khuyencong.law.eligibility"


def load(settling: Settling, documents: dict[str, LegalDocument]) -> None:
    """Settle the rules and criteria."""
    rules = [_rule(row, documents) for row in rows(_PACKAGE, "eligibility.csv")]
    criteria = [_criterion(row, documents) for row in rows(_PACKAGE, "priorities.csv")]
    _settle(settling, EligibilityRule, rules)
    _settle(settling, PriorityCriterion, criteria)


def load_groups(settling: Settling) -> None:
    """Settle the groups of industries: those of Article 5, and those that decree 235/2025/NĐ-CP added."""
    stored = {one.code: one for one in EligibleGroup.objects.all()}
    for position, row in enumerate(rows(_PACKAGE, "eligible_groups.csv")):
        wanted = {
            "code": row["code"],
            "name": row["name"],
            "provision": row["provision"],
            "verified": row["verified"] == "yes",
            "position": position,
        }
        settling.put(EligibleGroup, stored.get(row["code"]), wanted)


def _settle(settling: Settling, model: type[R], wanted: Iterable[dict[str, Any]]) -> None:
    for values in wanted:
        settling.put(model, latest(model._base_manager.filter(code=values["code"])), values)


def _rule(row: dict[str, str], documents: dict[str, LegalDocument]) -> dict[str, Any]:
    named = {"kind": row["kind"], "values": row["values"].split(), "contents": row["contents"].split()}
    return dated(row, documents) | named


def _criterion(row: dict[str, str], documents: dict[str, LegalDocument]) -> dict[str, Any]:
    return dated(row, documents) | {
        "kind": row["kind"],
        "values": row["values"].split(),
        "threshold": int(row["threshold"]) if row["threshold"] else None,
        "points": int(row["points"]),
    }
