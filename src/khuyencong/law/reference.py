"""The legal data that come with the product, written in the order in which one rests on the other."""

from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.law.documents import reference as documents
from khuyencong.law.eligibility import reference as eligibility
from khuyencong.law.norms import reference as norms
from khuyencong.law.norms import reference_contents as contents
from khuyencong.law.review import reference as review

_VERSION = "2"


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("law") == _VERSION:
        return
    with audit.writing(None):
        contents.load()
        eligibility.load_groups()
        known = documents.load()
        norms.load(known)
        eligibility.load(known)
        review.load(known)
        documents.load_parameters(known)
        InstallationFact.write("law", _VERSION)
