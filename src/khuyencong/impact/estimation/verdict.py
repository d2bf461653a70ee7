"""The verdict: a grade and its reasons as data. Rules a statistician and an official can both read."""

from dataclasses import dataclass, field
from enum import StrEnum

ALPHA = 0.05
STRONG_ALPHA = 0.01
DOUBTFUL_TREND = 0.10
FEWEST_SUPPORTED = 8
FEWEST_CONTROLS = 20
MANY_SUPPORTED = 20
ATTRITION_GAP = 0.10


class Grade(StrEnum):
    """From best to worst footing."""

    STRONG = "strong-evidence"
    SOME = "some-evidence"
    NOT_ENOUGH = "not-enough-evidence"
    NOT_CREDIBLE = "not-credible"


class Reason(StrEnum):
    """Why the grade is what it is."""

    CLEAR = "clear"  # both p-values small
    NOT_CLEAR = "not-clear"  # a p-value is not small
    P_VALUES_DISAGREE = "p-values-disagree"
    FEW_SUPPORTED = "few-supported"
    FEW_CONTROLS = "few-controls"
    PRE_TREND = "pre-trend"
    PRE_TREND_DOUBTFUL = "pre-trend-doubtful"
    NO_PRE_TREND_TEST = "no-pre-trend-test"
    ATTRITION = "attrition"
    ONE_UNIT_DECIDES = "one-unit-decides"
    NO_ERROR = "no-standard-error"


@dataclass(frozen=True)
class Evidence:
    """What the grade is made of. P-values are None where they could not be had."""

    estimate: float
    p_normal: float | None
    p_randomization: float | None
    supported: int
    controls: int
    pre_trend_p: float | None
    attrition_gap: float
    attrition_p: float | None
    sign_holds: bool  # the sign stays when any one supported unit is left out


@dataclass(frozen=True)
class Verdict:
    """The grade, the direction of the estimate (+1, -1, 0), and the reasons, the decisive one first."""

    grade: Grade
    direction: int
    reasons: tuple[Reason, ...] = field(default_factory=tuple)


def judge(seen: Evidence) -> Verdict:
    """Grade the evidence.

    Not credible: supported and others moved apart before support already. Not enough: too few units, no
    standard error, or a p-value of 5 % or more (normal or randomization). Some: both below 5 %. Strong: both
    below 1 %, at least 20 supported, trends before support tested and far from rejected, little difference
    in attrition, and no single unit that decides the sign.
    """
    direction = (seen.estimate > 0) - (seen.estimate < 0)
    doubts = _doubts(seen)
    if seen.pre_trend_p is not None and seen.pre_trend_p < ALPHA:
        return Verdict(Grade.NOT_CREDIBLE, direction, (Reason.PRE_TREND, *doubts))
    if seen.p_normal is None:
        return Verdict(Grade.NOT_ENOUGH, direction, (Reason.NO_ERROR, *doubts))
    if seen.supported < FEWEST_SUPPORTED:
        return Verdict(Grade.NOT_ENOUGH, direction, (Reason.FEW_SUPPORTED, *doubts))
    if seen.controls < FEWEST_CONTROLS:
        return Verdict(Grade.NOT_ENOUGH, direction, (Reason.FEW_CONTROLS, *doubts))
    worst = max(p for p in (seen.p_normal, seen.p_randomization) if p is not None)
    best = min(p for p in (seen.p_normal, seen.p_randomization) if p is not None)
    if worst >= ALPHA:
        reason = Reason.P_VALUES_DISAGREE if best < ALPHA else Reason.NOT_CLEAR
        return Verdict(Grade.NOT_ENOUGH, direction, (reason, *doubts))
    strong = worst < STRONG_ALPHA and seen.supported >= MANY_SUPPORTED and not doubts
    return Verdict(Grade.STRONG if strong else Grade.SOME, direction, (Reason.CLEAR, *doubts))


def _doubts(seen: Evidence) -> tuple[Reason, ...]:
    found = []
    if seen.pre_trend_p is None:
        found.append(Reason.NO_PRE_TREND_TEST)
    elif ALPHA <= seen.pre_trend_p < DOUBTFUL_TREND:
        found.append(Reason.PRE_TREND_DOUBTFUL)
    if abs(seen.attrition_gap) > ATTRITION_GAP and (seen.attrition_p is None or seen.attrition_p < ALPHA):
        found.append(Reason.ATTRITION)
    if not seen.sign_holds:
        found.append(Reason.ONE_UNIT_DECIDES)
    return tuple(found)
