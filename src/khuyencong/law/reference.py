from django.db import transaction

from khuyencong.core.models import InstallationFact
from khuyencong.law.documents import reference as documents
from khuyencong.law.documents import reference_parameters as parameters
from khuyencong.law.eligibility import reference as eligibility
from khuyencong.law.norms import reference as norms
from khuyencong.law.norms import reference_contents as contents

_VERSION = "2"


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("law") == _VERSION:
        return
    with transaction.atomic():
        contents.load()
        known = documents.load()
        norms.load(known)
        eligibility.load(known)
        parameters.load(known)
        InstallationFact.write("law", _VERSION)
