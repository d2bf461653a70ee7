"""What is decided about documents and whatever rests on them, by other eyes than those that drafted it."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from khuyencong.core.four_eyes import Decision
from khuyencong.law.documents.models import Edition


def card(record: Any) -> Model:
    """Whose card tells of the record: an edition is told on the card of its document."""
    return record.document if isinstance(record, Edition) else record


ADOPT = Decision(
    _("Duyệt văn bản, mức hỗ trợ, điều kiện, tiêu chí ưu tiên, địa bàn, nhiệm vụ của tỉnh"),
    card=card,
)
VERIFY = Decision(
    _("Xác minh bản ghi đã đối chiếu với điều khoản"),
    settled=frozenset(),
    card=card,
    refusal=_("Người soạn không tự xác minh; cần một người khác đối chiếu với điều khoản."),
)
