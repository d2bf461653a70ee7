"""An installation of the first edition on which an officer has worked."""

import pytest

from khuyencong.law.documents.actions import editions
from khuyencong.law.documents.actions import records as record_actions
from khuyencong.law.models import Edition, SupportNorm
from khuyencong.law.norms import actions as norms
from tests.factories import first_edition


@pytest.fixture
def before(officer, leader):
    """The first edition; an officer has replaced the norm for a trademark and verified a circular."""
    first_edition.lay_down()
    old = SupportNorm.objects.get(content__code="trademark")
    draft = record_actions.successor(old)
    draft.cap, draft.takes_over = 30_000_000, False
    norms.adopt_norm(leader, norms.save_norm(officer, draft, []).pk)
    editions.verify_edition(officer, Edition.objects.get(document__code="46-2012-tt-bct").pk)
