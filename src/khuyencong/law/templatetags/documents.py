"""Small pieces of the pages about documents."""

from django import template
from django.utils.translation import gettext as _

from khuyencong.law.documents import status_wording as wording
from khuyencong.law.documents import wording as document_wording
from khuyencong.law.documents.models import Provision
from khuyencong.law.documents.queries.contents import period
from khuyencong.law.documents.rules.comparison import Pair, Piece
from khuyencong.law.documents.rules.comparison import words as changed_words

register = template.Library()

register.filter("effect_words", wording.effect)
register.filter("day", wording.day)
register.filter("link_words", document_wording.link)
register.filter("since_words", document_wording.since)
register.filter("where_words", document_wording.where)
register.filter("in_force_words", document_wording.in_force)
register.filter("relation_words", document_wording.relation)


@register.filter
def word_changes(pair: Pair[Provision]) -> list[Piece]:
    """The text of a changed provision, word by word."""
    return changed_words(pair.old.text if pair.old else "", pair.new.text if pair.new else "")


@register.filter
def provision_notes(provision: Provision) -> str:
    """What stands beside a text: that it is a summary, on which days it holds, what brought it."""
    told = []
    if provision.is_summary:
        told.append(_("tóm tắt"))
    if provision.valid_from or provision.valid_to:
        told.append(period(provision))
    if provision.amended_by:
        told.append(_("theo %(document)s") % {"document": provision.amended_by})
    return ", ".join(told)
