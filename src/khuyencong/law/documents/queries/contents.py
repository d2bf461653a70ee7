"""What an edition holds, all of it: its mark, what is wrong in it, and what sets it apart from another edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.law.documents.models import Edition, Provision, Relation
from khuyencong.law.documents.queries.standing import adopted, dates_of, effect_of, effects_on
from khuyencong.law.documents.rules import outline
from khuyencong.law.documents.rules.comparison import Keyed, Pair, pairs
from khuyencong.law.documents.rules.status import EffectKind, Standing, changes, standing
from khuyencong.law.documents.status_wording import day

_EFFECTS = {kind.value for kind in EffectKind}


def content_mark(edition: Edition) -> str:
    """A short mark of everything in the edition, to notice that it changed while a page was open."""
    stored = Edition.objects.get(pk=edition.pk)
    return audit.digest(
        {
            "edition": audit.canonical(audit.snapshot(stored)),
            "provisions": [audit.canonical(audit.snapshot(one)) for one in provisions(stored)],
            "relations": [audit.canonical(audit.snapshot(one)) for one in stored.relations.order_by("pk")],
        }
    )


def provisions(edition: Edition) -> list[Provision]:
    """In reading order."""
    return list(edition.provisions.select_related("amended_by").order_by("position", "pk"))


def lines(found: Iterable[Provision]) -> list[outline.Line]:
    """Provisions as the rules see them."""
    return [outline.Line(outline.Kind(one.kind), one.label, one.valid_from, one.valid_to) for one in found]


def problems(edition: Edition) -> list[str]:
    """What must be put right before a draft is adopted."""
    found = provisions(edition)
    told = []
    for one, two in outline.clashes(lines(found)):
        told.append(
            _("%(what)s có hai nội dung cùng có hiệu lực (%(one)s và %(two)s); hãy sửa ngày hoặc xóa một nội dung.")
            % {"what": str(found[one]).capitalize(), "one": period(found[one]), "two": period(found[two])}
        )
    if edition.relations.filter(target_id=edition.document_id).exists():
        told.append(_("Văn bản không thể có quan hệ với chính nó."))
    return told


def period(one: Provision) -> str:
    """From when to when a text holds."""
    if one.valid_from and one.valid_to:
        return _("từ %(start)s đến hết %(end)s") % {"start": day(one.valid_from), "end": day(one.valid_to)}
    if one.valid_from:
        return _("từ %(day)s") % {"day": day(one.valid_from)}
    if one.valid_to:
        return _("đến hết %(day)s") % {"day": day(one.valid_to)}
    return _("không ghi ngày")


def compare_provisions(old: Edition | None, new: Edition) -> list[Pair[Provision]]:
    """The provisions of both, in reading order."""
    return pairs(_keyed_provisions(old) if old else [], _keyed_provisions(new))


def compare_relations(old: Edition | None, new: Edition) -> list[Pair[Relation]]:
    """The relations of both."""
    return pairs(_keyed_relations(old) if old else [], _keyed_relations(new))


@dataclass(frozen=True)
class Shift:
    """How the adoption of a draft changes the standing of a document, from a day on."""

    edition: Edition
    before: Standing
    after: Standing


def shifts(old: Edition | None, new: Edition) -> list[Shift]:
    """Documents that will stand otherwise once ``new`` takes the place of ``old``: the first day on which they do."""
    touched = Relation.objects.filter(edition__in=[one for one in (old, new) if one], kind__in=_EFFECTS)
    by_target: dict[int, dict[int, list[Relation]]] = {}
    for one in touched.select_related("edition__document"):
        by_target.setdefault(one.target_id, {}).setdefault(one.edition_id, []).append(one)
    targets = adopted().filter(document_id__in=by_target)
    found = [_shift(target, by_target[target.document_id], old, new) for target in targets]
    return [one for one in found if one is not None]


def _shift(target: Edition, relations: dict[int, list[Relation]], old: Edition | None, new: Edition) -> Shift | None:
    dates = dates_of(target)
    now = list(effects_on([target.document_id]).get(target.document_id, ()))
    leaving = [effect_of(one) for one in relations.get(old.pk, [])] if old else []
    coming = [effect_of(one) for one in relations.get(new.pk, [])]
    then = [effect for effect in now if effect not in leaving] + coming
    for moment in sorted({*changes(dates, now), *changes(dates, then)}):
        before, after = standing(dates, now, moment), standing(dates, then, moment)
        if before.status is not after.status:
            return Shift(target, before, after)
    return None


def _keyed_provisions(edition: Edition) -> list[Keyed[Provision]]:
    found = provisions(edition)
    places = outline.arrange(lines(found))
    keys: list[tuple[object, ...]] = []
    keyed = []
    for one, place in zip(found, places, strict=True):
        outer = keys[place.parent] if place.parent is not None else ()
        key = (*outer, one.kind, one.label.casefold(), one.valid_from)
        keys.append(key)
        content = (one.heading, one.text, one.valid_to, one.amended_by_id, one.is_summary)
        keyed.append(Keyed(key, content, one))
    return keyed


def _keyed_relations(edition: Edition) -> list[Keyed[Relation]]:
    found = edition.relations.select_related("target", "edition__document").order_by("pk")
    return [
        Keyed(
            (one.kind, one.target_id, one.source_path, one.target_path),
            (one.effective_from, one.effective_to, one.certainty, one.source),
            one,
        )
        for one in found
    ]
