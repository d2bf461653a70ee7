"""The other programmes of the state."""

from django.utils.translation import gettext as _

from khuyencong.core.per_request import once
from khuyencong.planning.models import OtherProgramme


@once
def choices() -> list[tuple[str, str]]:
    """The catalogue as choices of a form, the empty one first."""
    return [("", _("hãy chọn")), *((one.code, str(one)) for one in OtherProgramme.objects.all())]
