"""Support norms on a page: amounts, places and periods in words."""

from collections.abc import Iterable

from django import template

from khuyencong.law.documents import status_wording as wording
from khuyencong.law.documents.rules.status import Effect
from khuyencong.law.norms import wording as norm_words
from khuyencong.law.norms import wording as norms_wording
from khuyencong.law.norms.models import SupportNorm
from khuyencong.law.norms.queries import as_rule
from khuyencong.law.norms.rules import Norm

register = template.Library()

register.filter("norm_amounts", norm_words.amounts)
register.filter("norm_period", norm_words.period)
register.filter("piece_words", norm_words.piece)
register.filter("area_label", norm_words.area_label)
register.filter("fund_label", norm_words.fund_label)
register.filter("norm_since", norms_wording.norm_since)
register.filter("per_label", norms_wording.per_label)
register.filter("plain_number", wording.number)
register.filter("day", wording.day)
register.filter("step_words", norms_wording.step)
register.filter("effect_words", wording.effect)


@register.filter
def stored_amounts(norm: SupportNorm) -> str:
    """How much a stored norm gives."""
    return norm_words.amounts(as_rule(norm))


@register.filter
def checked_words(norm: Norm, doubts: Iterable[tuple[Norm, Effect]]) -> str:
    """That the norm was compared with its article, before or after what amended the article."""
    return wording.checked(norm.verified_on, [effect for of, effect in doubts if of.key == norm.key])
