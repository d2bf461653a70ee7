"""The legal data that come with the product, written in the order in which one rests on the other.

A new version of them is settled into what stands: what no officer has touched is mended, the rest is told
(decision 0024).
"""

from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.law.documents import reference as documents
from khuyencong.law.documents.actions.settling import Settling
from khuyencong.law.eligibility import reference as eligibility
from khuyencong.law.norms import reference as norms
from khuyencong.law.norms import reference_contents as contents
from khuyencong.law.review import reference as review

_VERSION = "3"


def load() -> None:
    """Bring the reference data up to this version, once."""
    held = InstallationFact.read("law")
    if held == _VERSION:
        return
    audit.seal()  # who touched which row is read from the chain
    with audit.writing(None):
        settling = Settling()
        contents.load(settling)
        eligibility.load_groups(settling)
        known = documents.load(settling)
        norms.load(settling, known)
        eligibility.load(settling, known)
        review.load(settling, known)
        documents.load_parameters(settling, known)
        settling.finish(_VERSION if held else "")
        InstallationFact.write("law", _VERSION)
