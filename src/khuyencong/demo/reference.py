"""Every room's reference data, in the order of the floors."""

from khuyencong.establishments import reference as establishments
from khuyencong.law import reference as law
from khuyencong.places import actions as places
from khuyencong.planning import reference as planning
from khuyencong.projects.appraisal import reference as projects
from khuyencong.reports.official import reference as official
from khuyencong.supervision import reference as supervision
from khuyencong.yearbook import reference as macro


def load_everything() -> None:
    """Bring the reference data up to what this version carries; does nothing where it already is."""
    places.load()
    law.load()
    establishments.load()
    planning.load()
    projects.load()
    supervision.load()
    official.load()
    macro.load()
