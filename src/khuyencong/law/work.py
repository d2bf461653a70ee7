"""What the law room wants from a person: drafts to adopt, documents to read, reviews to finish."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.waiting import Item
from khuyencong.law.dissemination.queries import waiting as unread
from khuyencong.law.documents import decisions
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.records import Record
from khuyencong.law.eligibility.models import EligibilityRule, PriorityCriterion
from khuyencong.law.norms.models import SupportNorm
from khuyencong.law.review.models import ReviewItem
from khuyencong.law.updates.queries import waiting_for_eyes
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission


def waiting(user: User, today: dt.date) -> Iterator[Item]:
    """Everything of this room that waits for the person."""
    if may(user, Permission.LAW_ADOPT):
        yield from _drafts(user)
    if may(user, Permission.LAW_DRAFT) and (update := waiting_for_eyes()) is not None:
        since = clock.day_of(update.at)
        yield Item(_("Xem thay đổi của danh mục luật"), str(update), reverse("law:updates"), since=since)
    for one in unread(user):
        yield Item(
            _("Đọc văn bản"),
            str(one.dispatch.document),
            reverse("law:reading", args=[one.pk]),
            since=clock.day_of(one.dispatch.sent_at),
        )
    mine = ReviewItem.objects.filter(owner=user, status__in=[ReviewItem.Status.OPEN, ReviewItem.Status.IN_PROGRESS])
    for item in mine.select_related("document", "duty"):
        yield Item(_("Rà soát văn bản"), str(item), reverse("law:review_item", args=[item.pk]), due=item.deadline)


def _drafts(user: User) -> Iterator[Item]:
    """Drafts of others, each with its page."""
    pages: dict[type[Record], Callable[[Any], str]] = {
        Edition: lambda one: reverse("law:edition", args=[one.pk]),
        SupportNorm: lambda one: reverse("law:norm", args=[one.pk]),
        EligibilityRule: lambda one: reverse("law:rule", args=["rules", one.pk]),
        PriorityCriterion: lambda one: reverse("law:rule", args=["criteria", one.pk]),
    }
    drafts = {model: model._base_manager.filter(state=Record.State.DRAFT).exclude(drafted_by=user) for model in pages}
    first, *others = (found.order_by().values_list(Value(model.__name__)) for model, found in drafts.items())
    there = {name for (name,) in first.union(*others)}  # one question for all kinds: mostly nothing waits
    for model, page in pages.items():
        for one in decisions.ADOPT.open_to(user, drafts[model]) if model.__name__ in there else ():
            since = clock.day_of(one.drafted_at) if one.drafted_at else None
            yield Item(_("Duyệt dự thảo"), str(one), page(one), since=since)
