"""The question put to a panel."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Control = Literal["never", "not-yet"]


@dataclass(frozen=True)
class Question:
    """Which columns to read and how to compare.

    ``first_support`` names a column with the year of first support (missing, 0 or infinite: never);
    ``support_flag`` one that is 0 or 1 each year, the first 1 being the first support. Exactly one is given.
    ``control``: "never" compares with units never supported, "not-yet" also with those supported later.
    ``strata``: columns within which units are compared. ``years``: first and last year to use.
    """

    unit: str
    time: str
    outcome: str
    first_support: str | None = None
    support_flag: str | None = None
    log: bool = False
    control: Control = "never"
    strata: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    seed: int = 20120521
    permutations: int = 999

    def __post_init__(self) -> None:
        if (self.first_support is None) == (self.support_flag is None):
            raise ValueError("give either first_support or support_flag")
        if self.control not in ("never", "not-yet"):
            raise ValueError("control is never or not-yet")
        if self.permutations < 0 or self.seed < 0:
            raise ValueError("permutations and seed are not negative")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that must be in the panel."""
        support = self.first_support or self.support_flag or ""
        return (self.unit, self.time, self.outcome, support, *self.strata)

    @classmethod
    def from_json(cls, asked: dict[str, Any]) -> "Question":
        """The question that ``as_json`` wrote down."""
        return cls(**asked | {"strata": tuple(asked["strata"]), "years": tuple(asked["years"])})

    def as_json(self) -> dict[str, Any]:
        """Plain values, enough to ask again."""
        return asdict(self) | {"strata": list(self.strata), "years": list(self.years)}
