"""Four eyes: whoever put a hand to something since it was last decided on may not decide on it.

Who put a hand to it is told by the audit trail, so that no action can forget to say so. A room declares what is decided
in it; its action calls ``refuse``, its pages ask ``open_to``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from khuyencong.core import audit

M = TypeVar("M", bound=Model)

# Records that say: this person wrote something of it. Deciding, handing over, sending leave others.
EDITS = frozenset({"draft", "create", "update", "delete", "provisions", "import", "take-back"})

DECISIONS: list["Decision"] = []


def _drafter(thing: Any) -> int | None:
    return thing.drafted_by_id  # type: ignore[no-any-return]  # a column of whatever is drafted


def _itself(thing: Any) -> Model:
    return thing  # type: ignore[no-any-return]  # whatever is decided on


def _nothing(thing: Any) -> Iterable[Model]:
    return ()


@dataclass(frozen=True)
class Decision:
    """Something that is decided.

    ``what``: as the handbook tells it. ``parts``: the models whose rows make up what is decided, all on one ``card``;
    none named: whatever is on it. ``elsewhere``: further rows of it, told on other cards. ``handing_in``: actions by
    which somebody else's work becomes one's own to answer for. ``settled``: after these counting begins anew.
    """

    what: Any
    parts: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset({"adopt"})
    handing_in: frozenset[str] = frozenset()
    card: Callable[[Any], Model] = _itself
    elsewhere: Callable[[Any], Iterable[Model]] = _nothing
    drafter: Callable[[Any], int | None] = _drafter
    refusal: Any = field(default=_("Người soạn không được tự duyệt; cần một người khác có thẩm quyền."))

    def __post_init__(self) -> None:
        DECISIONS.append(self)

    def hands(self, thing: Model) -> frozenset[int]:
        """Whoever wrote any part of it since it was begun or last decided on."""
        return self.hands_of([thing])[thing.pk]

    def hands_of(self, things: Iterable[M]) -> dict[Any, frozenset[int]]:
        """The same of several things of one kind, by their keys."""
        many = list(things)
        told = _told_on({_key(self.card(one)) for one in many})
        return {one.pk: self._of(one, told.get(_key(self.card(one)), ())) for one in many}

    def refuse(self, user: Model, thing: Model) -> None:
        """Raise PermissionDenied for whoever had a hand in it."""
        if user.pk in self.hands(thing):
            raise PermissionDenied(self.refusal)

    def open_to(self, user: Model, things: Iterable[M]) -> list[M]:
        """Those that the person may decide on, as far as eyes go."""
        others = [one for one in things if self.drafter(one) != user.pk]
        hands = self.hands_of(others) if others else {}
        return [one for one in others if user.pk not in hands[one.pk]]

    def _of(self, thing: Model, told: Iterable["_Told"]) -> frozenset[int]:
        own, shared = _key(thing), self.card(thing) is not thing
        written: set[int | None] = set()
        for one in told:
            if one.of == own and shared:  # what was written before it was begun is of another on the same card
                written.clear()
                shared = False
            if one.of[0] == own[0] and one.action in self.settled:
                written.clear()
            elif self._is_edit(one) or (one.of == own and one.action in self.handing_in):
                written.add(one.actor)
        further = [_key(one) for one in self.elsewhere(thing)]
        if further:
            keys = [key for _label, key in further]
            there = audit.told("actor_id", object_type=further[0][0], object_id__in=keys, action__in=EDITS)
            written |= {actor for (actor,) in there}
        return frozenset(pk for pk in {*written, self.drafter(thing)} if pk is not None)

    def _is_edit(self, one: "_Told") -> bool:
        return one.action in EDITS and (not self.parts or one.of[0] in self.parts)


@dataclass(frozen=True)
class _Told:
    """What a record says of who did what to which row."""

    action: str
    actor: int | None
    of: tuple[str, str]


def _told_on(cards: set[tuple[str, str]]) -> dict[tuple[str, str], list[_Told]]:
    """The records on cards of one kind, oldest first."""
    found: dict[tuple[str, str], list[_Told]] = {}
    for *card, action, actor, label, key in audit.told(
        *("subject_type", "subject_id", "action", "actor_id", "object_type", "object_id"),
        subject_type__in={label for label, _key in cards},
        subject_id__in={key for _label, key in cards},
    ):
        found.setdefault((card[0], card[1]), []).append(_Told(action, actor, (label, key)))
    return found


def _key(thing: Model) -> tuple[str, str]:
    return thing._meta.label_lower, str(thing.pk)
