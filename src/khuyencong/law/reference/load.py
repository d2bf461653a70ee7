from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.law.reference import contents, documents, eligibility, norms, parameters

_VERSION = "2"


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("law") == _VERSION:
        return
    with audit.writing(None):
        contents.load()
        known = documents.load()
        norms.load(known)
        eligibility.load(known)
        parameters.load(known)
        InstallationFact.write("law", _VERSION)
