"""The findings of the review in words, and what counts as late."""

import datetime as dt

from django.utils.translation import gettext as _

from khuyencong.law.documents.status_wording import since_words
from khuyencong.law.norms.queries import article
from khuyencong.law.review.models import ReviewItem
from khuyencong.law.review.queries import Row, overdue
from khuyencong.law.review.rules import FindingKind


def finding(row: Row) -> str:
    """What was found, in one sentence."""
    found = row.finding
    what = article(found.path, row.basis.document)
    by, since = found.by, since_words(found.since, found.by_year_end) if found.since else ""
    kind = FindingKind
    if found.kind is kind.MISSING:
        return _("Chưa có văn bản còn hiệu lực của %(issuer)s đáp ứng yêu cầu này") % {
            "issuer": (row.duty.issuer if row.duty else "") or _("tỉnh")
        }
    told = {
        kind.BASIS_AMENDED: _("Căn cứ %(what)s đã được %(by)s sửa đổi, bổ sung %(since)s"),
        kind.BASIS_REPLACED: _("Căn cứ %(what)s đã bị %(by)s thay thế %(since)s"),
        kind.BASIS_REPEALED: _("Căn cứ %(what)s đã bị %(by)s bãi bỏ %(since)s"),
        kind.BASIS_SUSPENDED: _("Căn cứ %(what)s đã bị %(by)s ngưng hiệu lực %(since)s"),
        kind.BASIS_EXPIRED: _("Căn cứ %(what)s đã hết hiệu lực %(since)s"),
    }[found.kind]
    return told % {"what": what, "by": by, "since": since}


def short(kind: FindingKind) -> str:
    """What was found, in two words."""
    return {
        FindingKind.BASIS_AMENDED: _("Căn cứ đã sửa đổi"),
        FindingKind.BASIS_REPLACED: _("Căn cứ đã thay thế"),
        FindingKind.BASIS_REPEALED: _("Căn cứ đã bãi bỏ"),
        FindingKind.BASIS_SUSPENDED: _("Căn cứ ngưng hiệu lực"),
        FindingKind.BASIS_EXPIRED: _("Căn cứ hết hiệu lực"),
        FindingKind.MISSING: _("Chưa có văn bản"),
    }[kind]


def item_status(item: ReviewItem, today: dt.date) -> str:
    """``Đang làm, quá hạn 12 ngày``."""
    label = item.get_status_display()
    if item.deadline is not None and overdue(item, today):
        return _("%(status)s, quá hạn %(n)s ngày") % {"status": label, "n": (today - item.deadline).days}
    return label
