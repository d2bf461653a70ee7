"""What in the system rests on a document: norms, conditions, criteria, duties of the province."""

from dataclasses import dataclass, field

from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.law.eligibility.models import EligibilityRule, PriorityCriterion
from khuyencong.law.norms.models import SupportNorm
from khuyencong.law.review.models import LocalDuty


@dataclass(frozen=True)
class Resting:
    """The adopted records that name the document."""

    norms: list[SupportNorm] = field(default_factory=list)
    rules: list[EligibilityRule | PriorityCriterion] = field(default_factory=list)
    duties: list[LocalDuty] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.norms) + len(self.rules) + len(self.duties)


def on(document: LegalDocument) -> Resting:
    """Everything adopted that rests on the document."""
    mine = {"document": document, "state": Record.State.ADOPTED}
    norms = (
        SupportNorm.objects.filter(**mine).select_related("content", "province").order_by("path", "content__position")
    )
    return Resting(
        list(norms),
        [*EligibilityRule.objects.filter(**mine), *PriorityCriterion.objects.filter(**mine)],
        list(LocalDuty.objects.filter(**mine)),
    )
