"""Who becomes eligible, and who stops being so, if a draft of a rule is adopted; the money that hangs on it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from khuyencong.establishments.eligibility import facts_of
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import registry
from khuyencong.law.eligibility.queries import rules
from khuyencong.law.eligibility.rules import Facts, Judge, Rule, judge
from khuyencong.law.models import ActivityType, EligibilityRule
from khuyencong.people.models import User
from khuyencong.projects.eligibility.queries import contents_on
from khuyencong.projects.models import Project
from khuyencong.projects.record.queries import earlier_support
from khuyencong.whatif import projects


@dataclass(frozen=True)
class Change:
    """One content: how many are eligible without and with the draft, and for whom that is another answer."""

    content: ActivityType
    before: int
    after: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """What the draft does to establishments and to projects."""

    changes: tuple[Change, ...]
    gained: tuple[Establishment, ...]
    lost: tuple[Establishment, ...]
    projects_gained: tuple[Project, ...]
    projects_lost: tuple[Project, ...]
    past: tuple[Project, ...]
    past_gained: tuple[Project, ...]
    past_lost: tuple[Project, ...]


def outcome(draft: EligibilityRule, user: User, today: dt.date) -> Outcome:
    """Hold every establishment, and every project that waits or was accepted lately, against both sets of rules."""
    day = max(today, draft.valid_from)
    contents = [one for one in contents_on(day) if _concerned(draft, one)]
    sides = rules(), rules([draft])
    known = list(registry(user).select_related("commune", "eligible_group"))
    facts = facts_of(known, earlier_support([one.pk for one in known], until=day.year))
    changes = tuple(_change(content, facts, sides, day) for content in contents)
    names = {one.pk: one for one in known}
    gained = {pk for change in changes for pk in change.gained}
    lost = {pk for change in changes for pk in change.lost}
    codes = {one.code for one in contents}
    waiting = [one for one in projects.pending(user) if one.activity.code in codes]
    past = [one for one in projects.accepted(user, today) if one.activity.code in codes]
    return Outcome(
        changes,
        tuple(one for pk, one in names.items() if pk in gained),
        tuple(one for pk, one in names.items() if pk in lost),
        *_turned(waiting, facts, sides, day),
        tuple(past),
        *_turned(past, facts, sides, day),
    )


def asked(found: Iterable[Project]) -> int:
    """The support of these projects, in VND."""
    return sum(one.support_amount for one in found)


def _concerned(draft: EligibilityRule, content: ActivityType) -> bool:
    """Whether the draft, or what it replaces, is about the content; no contents named: about every one."""
    stated = [one.contents for one in (draft, draft.replaces) if isinstance(one, EligibilityRule)]
    return any(not one or content.code in one for one in stated)


def _change(
    content: ActivityType, facts: dict[int, Facts], sides: tuple[list[Rule], list[Rule]], day: dt.date
) -> Change:
    judges = [Judge(side, [content.code], day) for side in sides]
    found = {pk: tuple(one.answers(fact)[0].eligible is True for one in judges) for pk, fact in facts.items()}
    return Change(
        content,
        sum(before for before, _after in found.values()),
        sum(after for _before, after in found.values()),
        tuple(pk for pk, (before, after) in found.items() if after and not before),
        tuple(pk for pk, (before, after) in found.items() if before and not after),
    )


def _turned(
    found: list[Project], facts: dict[int, Facts], sides: tuple[list[Rule], list[Rule]], day: dt.date
) -> tuple[tuple[Project, ...], tuple[Project, ...]]:
    """The projects that all their establishments could have only with the draft, and only without it."""
    gained, lost = [], []
    for project in found:
        cases = [_before(project, facts[one.pk]) for one in project.establishments.all() if one.pk in facts]
        before, after = (
            all(judge(side, fact, project.activity.code, day).eligible is True for fact in cases) for side in sides
        )
        if after and not before:
            gained.append(project)
        elif before and not after:
            lost.append(project)
    return tuple(gained), tuple(lost)


def _before(project: Project, facts: Facts) -> Facts:
    """The establishment as it was before the project: what it got with it, or later, does not count against it."""
    if project.accepted_year is None:
        return facts
    return replace(facts, earlier=tuple(one for one in facts.earlier if one.year < project.accepted_year))
