"""Whether an establishment may be supported for a content on a day, rule by rule, each with its article."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a rule looks at."""

    BENEFICIARY = "beneficiary"
    INDUSTRY = "industry"
    AREA = "area"
    ACTIVE = "active"
    NO_DOUBLE_FUNDING = "no-double-funding"


# The codes that rules may name. Legal forms are those of the registry, which stands above this room.
LEGAL_FORMS = ("enterprise", "cooperative", "cooperative-union", "cooperative-group", "household")
# Wards of a city under the central government are not those of a province. The last two are known of no establishment
# here: a ward that was in a city of class 2 or 3, a recognised craft village.
LOCALITIES = ("commune", "ward", "special-zone", "city-ward", "lower-city-ward", "craft-village")


class Outcome(StrEnum):
    """What a rule says of a case. Unknown: the fact that it needs is missing."""

    PASSES = "passes"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """One condition. ``values``: what passes; ``contents`` empty: for every content."""

    key: str
    kind: Kind
    name: str
    values: frozenset[str]
    contents: frozenset[str]
    valid_from: dt.date
    valid_to: dt.date | None = None
    article: str = ""
    verified: bool = False

    def holds(self, content: str, day: dt.date) -> bool:
        """Whether the rule is in force that day for that content."""
        return (
            self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
            and (not self.contents or content in self.contents)
        )


@dataclass(frozen=True)
class Earlier:
    """Support received before: content, year, and what it was, in words."""

    content: str
    year: int
    label: str


@dataclass(frozen=True)
class Facts:
    """What is known of an establishment. Empty text: not known. ``area`` is one of LOCALITIES, as of today."""

    legal_form: str
    industry: str
    area: str
    active: bool
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What one rule says, and the fact it was held against."""

    rule: Rule
    outcome: Outcome
    fact: str = ""


@dataclass(frozen=True)
class Answer:
    """Eligible, not eligible, or (None) not to be said: no rules in force, or a fact is missing."""

    eligible: bool | None
    findings: tuple[Finding, ...]

    @property
    def verified(self) -> bool:
        """Whether every rule used was verified."""
        return bool(self.findings) and all(finding.rule.verified for finding in self.findings)


# Places of which only a part passes: whether the establishment lies in that part must be asked.
_PART_OF = {"ward": "lower-city-ward", "city-ward": "craft-village"}

# Rules of these kinds are alternatives: one that passes is enough. All other rules must pass each by itself.
_ALTERNATIVES = (Kind.BENEFICIARY, Kind.INDUSTRY, Kind.AREA)


def judge(rules: Iterable[Rule], facts: Facts, content: str, day: dt.date) -> Answer:
    """Hold the facts against every rule in force. The order of the rules plays no part.

    Eligible only when at least one rule on beneficiaries is in force and no group of rules fails or is unknown.
    """
    holding = sorted((r for r in rules if r.holds(content, day)), key=lambda r: (list(Kind).index(r.kind), r.key))
    findings = tuple(_finding(rule, facts, content) for rule in holding)
    outcomes = [_together([f.outcome for f in findings if f.rule.kind is kind]) for kind in _ALTERNATIVES]
    outcomes += [f.outcome for f in findings if f.rule.kind not in _ALTERNATIVES]
    present = [outcome for outcome in outcomes if outcome is not None]
    if not any(f.rule.kind is Kind.BENEFICIARY for f in findings):
        return Answer(None, findings)
    if Outcome.FAILS in present:
        return Answer(False, findings)
    return Answer(None if Outcome.UNKNOWN in present else True, findings)


class Judge:
    """The answers for many, content by content: those who are alike to the rules are judged once."""

    def __init__(self, rules: Iterable[Rule], contents: Iterable[str], day: dt.date) -> None:
        self._rules, self._contents, self._day = tuple(rules), tuple(contents), day
        self._known: dict[Facts, tuple[Answer, ...]] = {}

    def answers(self, facts: Facts) -> tuple[Answer, ...]:
        """One answer for each content, in their order."""
        if facts not in self._known:
            self._known[facts] = tuple(judge(self._rules, facts, one, self._day) for one in self._contents)
        return self._known[facts]


def _together(outcomes: list[Outcome]) -> Outcome | None:
    for outcome in (Outcome.PASSES, Outcome.UNKNOWN, Outcome.FAILS):
        if outcome in outcomes:
            return outcome
    return None


def _finding(rule: Rule, facts: Facts, content: str) -> Finding:
    if rule.kind is Kind.ACTIVE:
        return Finding(rule, Outcome.PASSES if facts.active else Outcome.FAILS, "active" if facts.active else "stopped")
    if rule.kind is Kind.NO_DOUBLE_FUNDING:
        same = [one for one in facts.earlier if one.content == content]
        told = "; ".join(one.label for one in sorted(same, key=lambda one: (one.year, one.label)))
        return Finding(rule, Outcome.FAILS if same else Outcome.PASSES, told)
    fact = {Kind.BENEFICIARY: facts.legal_form, Kind.INDUSTRY: facts.industry, Kind.AREA: facts.area}[rule.kind]
    if not fact:
        return Finding(rule, Outcome.UNKNOWN)
    if rule.kind is Kind.AREA and fact not in rule.values and _PART_OF.get(fact) in rule.values:
        return Finding(rule, Outcome.UNKNOWN, fact)
    return Finding(rule, Outcome.PASSES if fact in rule.values else Outcome.FAILS, fact)
