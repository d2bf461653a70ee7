"""The tables of the room."""

from khuyencong.projects.appraisal.models import AppraisalCriterion, Council, Member, Score
from khuyencong.projects.letters.models import LetterCounter, LetterTemplate, ProducedDocument
from khuyencong.projects.money.models import Contract, Hold, Invoice, Payment
from khuyencong.projects.papers.models import Attachment
from khuyencong.projects.proposal.models import BlendedFunding, CostLine
from khuyencong.projects.record.models import Project, Step
from khuyencong.projects.survey.models import Survey

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
