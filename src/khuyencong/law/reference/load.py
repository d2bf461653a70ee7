from django.db import transaction

from khuyencong.core.models import InstallationFact
from khuyencong.law.reference import contents

_VERSION = "1"


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("law") == _VERSION:
        return
    with transaction.atomic():
        contents.load()
        InstallationFact.write("law", _VERSION)
