"""The tables of the room."""

from khuyencong.projects.models.appraisal import AppraisalCriterion, Council, Member, Score
from khuyencong.projects.models.estimate import BlendedFunding, CostLine
from khuyencong.projects.models.money import Contract, Hold, Invoice, Payment
from khuyencong.projects.models.papers import Attachment, LetterCounter, LetterTemplate, ProducedDocument
from khuyencong.projects.models.project import Project
from khuyencong.projects.models.steps import Step
from khuyencong.projects.models.survey import Survey

__all__ = [
    "AppraisalCriterion",
    "Attachment",
    "BlendedFunding",
    "Contract",
    "CostLine",
    "Council",
    "Hold",
    "Invoice",
    "LetterCounter",
    "LetterTemplate",
    "Member",
    "Payment",
    "ProducedDocument",
    "Project",
    "Score",
    "Step",
    "Survey",
]
