"""The tables of the room. What a record rests on, and who took it over, is in ``records``."""

from khuyencong.law.models.contents import ActivityType, EligibleGroup
from khuyencong.law.models.dissemination import Delivery, Dispatch
from khuyencong.law.models.documents import Edition, LegalDocument, Provision, Relation
from khuyencong.law.models.eligibility import AreaStatus, EligibilityRule, PriorityCriterion
from khuyencong.law.models.importing import DocumentImport
from khuyencong.law.models.norms import NormMultiplier, SupportNorm
from khuyencong.law.models.parameters import Parameter
from khuyencong.law.models.records import Certainty, Precision, Record, Sourced
from khuyencong.law.models.review import LocalDuty, ReviewItem

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
    "Relation",
    "ReviewItem",
    "Sourced",
    "SupportNorm",
]
