"""The tables of the room. What a record rests on, and who took it over, is in ``records``."""

from khuyencong.law.dissemination.models import Delivery, Dispatch
from khuyencong.law.documents.importing.models import DocumentImport
from khuyencong.law.documents.models import Edition, LegalDocument, Parameter, Provision, ReferenceUpdate, Relation
from khuyencong.law.documents.records import Certainty, Precision, Record, Sourced
from khuyencong.law.eligibility.models import AreaStatus, EligibilityRule, EligibleGroup, PriorityCriterion
from khuyencong.law.norms.models import ActivityType, NormMultiplier, SupportNorm
from khuyencong.law.review.models import LocalDuty, ReviewItem

__all__ = [
    "ActivityType",
    "AreaStatus",
    "Certainty",
    "Delivery",
    "Dispatch",
    "DocumentImport",
    "Edition",
    "EligibilityRule",
    "EligibleGroup",
    "LegalDocument",
    "LocalDuty",
    "NormMultiplier",
    "Parameter",
    "Precision",
    "PriorityCriterion",
    "Provision",
    "Record",
    "ReferenceUpdate",
    "Relation",
    "ReviewItem",
    "Sourced",
    "SupportNorm",
]
