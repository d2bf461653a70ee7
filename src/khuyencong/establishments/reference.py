"""Reference data of the registry: the industry classification.

The classification is that of decision 27/2018/QĐ-TTg (VSIC 2018), sections B and C, written down from memory
and to be checked by an officer against the decision; a newer edition (decision 36/2025/QĐ-TTg) exists.
"""

from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.core.reference import rows
from khuyencong.establishments.models import Industry

EDITION = "VSIC 2018"
_VERSION = "1"
_LEVELS = {1: Industry.Level.SECTION, 2: Industry.Level.DIVISION, 3: Industry.Level.GROUP, 4: Industry.Level.CLASS}


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("industries") == _VERSION:
        return
    with audit.writing(None):
        _load_industries()
        InstallationFact.write("industries", _VERSION)


def _load_industries() -> None:
    by_code = {one.code: one for one in Industry.objects.all()}
    section: Industry | None = None
    for row in rows("khuyencong.establishments", "vsic.csv"):
        code = row["code"]
        parent = section if len(code) == 2 else by_code.get(code[:-1])
        entry = by_code.get(code) or Industry(code=code)
        entry.name, entry.level, entry.edition, entry.parent = row["name"], _LEVELS[len(code)], EDITION, parent
        entry.save()
        by_code[code] = entry
        if len(code) == 1:
            section = entry
