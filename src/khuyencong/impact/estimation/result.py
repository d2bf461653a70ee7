"""The answer to a question, as plain dataclasses with a stable JSON form."""

import math
from dataclasses import asdict, dataclass, field
from typing import Any

from khuyencong.impact.estimation.diagnostics import Attrition, PreTrend
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.estimation.resampling import LeaveOneOut, Randomization
from khuyencong.impact.estimation.verdict import Verdict


@dataclass(frozen=True)
class Effect:
    """An estimate with its standard error and 95 % interval, in units of the outcome (log points if logged)."""

    estimate: float
    se: float | None
    low: float | None
    high: float | None
    supported: int


@dataclass(frozen=True)
class GroupTimeEffect(Effect):
    """ATT(g, t): the cohort first supported in ``group``, in year ``time``."""

    group: int
    time: int
    controls: int


@dataclass(frozen=True)
class EventEffect(Effect):
    """The effect ``since`` years after first support (0: the year of support), with the simultaneous band."""

    since: int
    band_low: float | None
    band_high: float | None


@dataclass(frozen=True)
class Labelled(Effect):
    """The average of one cohort or one calendar year."""

    year: int


@dataclass(frozen=True)
class Overall(Effect):
    """The average over supported unit-years. ``controls``: units that stand for "without support" in it."""

    p_normal: float | None
    p_randomization: float | None
    controls: int


@dataclass(frozen=True)
class Warning_:
    """Something the reader must know, as a code with its figures."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Evaluation:
    """Everything found. ``sup_t``: the critical value of the simultaneous band."""

    question: Question
    fingerprint: str
    years: tuple[int, ...]
    units: int
    supported: int
    controls: int
    observations: int
    overall: Overall
    event_study: tuple[EventEffect, ...]
    group_time: tuple[GroupTimeEffect, ...]
    by_group: tuple[Labelled, ...]
    by_year: tuple[Labelled, ...]
    sup_t: float
    pre_trend: PreTrend
    minimum_detectable_effect: float | None
    attrition: Attrition
    randomization: Randomization | None
    leave_one_out: LeaveOneOut | None
    warnings: tuple[Warning_, ...]
    verdict: Verdict

    def as_json(self) -> dict[str, Any]:
        """Plain values without NaN or infinity.

        Keys: question, fingerprint, years, units, supported, controls, observations, overall (estimate, se, ci,
        p_normal, p_randomization, supported, controls), event_study, group_time, by_group, by_year, sup_t, pretrend,
        minimum_detectable_effect, attrition, randomization, leave_one_out, warnings, verdict.
        """
        plain = asdict(self)
        plain["question"] = self.question.as_json()
        plain["pretrend"] = plain.pop("pre_trend")
        plain["attrition"]["gap"] = self.attrition.gap
        effects = [plain["overall"], *(e for name in _LISTS for e in plain[name])]
        for effect in effects:
            effect["ci"] = [effect.pop("low"), effect.pop("high")]
        for effect in plain["event_study"]:
            effect["band"] = [effect.pop("band_low"), effect.pop("band_high")]
        cleaned: dict[str, Any] = _finite(plain)
        return cleaned


_LISTS = ("event_study", "group_time", "by_group", "by_year")


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
