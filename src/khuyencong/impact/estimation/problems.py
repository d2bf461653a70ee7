"""What can be wrong with a panel, as data. The words for people are made elsewhere."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class PanelError(ValueError):
    """The panel cannot be evaluated. ``code`` says why, ``facts`` hold what was read, where, and what was expected.

    Codes: no-file, unreadable, too-large, password, quote, several-sheets, no-sheet, ragged, encoding, empty,
    missing-column, same-heading, missing-unit, two-readings, month, not-a-year, lost-zeros, not-a-number, not-whole,
    not-a-flag, infinite, not-positive, duplicate, two-first-supports, two-strata, one-year, too-many-years,
    nobody-supported, no-controls, no-comparison.

    Where: ``file``, ``sheet`` and ``row`` of a file a person can open at that row, else ``unit`` and ``year``.
    """

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}: {told}" if told else self.code
