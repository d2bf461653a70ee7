"""What only a person can say of a file: which column is which, in which unit its money is, whether an odd number is
right. Reading asks; the answers are given to the next reading of the same file.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.text import fold

NOT_USED = ""  # the answer that a column of the file is not wanted
LETTERS, KEPT = "letters", "keep"  # a question that nobody is asked: whether letters are right as they stand


@dataclass(frozen=True)
class Answers:
    """What was answered. ``headings``: folded heading -> key of a column, or NOT_USED; ``questions``: key of a question
    -> value of the option that was chosen; ``kept``: numbers that are right although they look odd (``Doubt.token``).
    """

    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    questions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kept: frozenset[str] = frozenset()

    @property
    def keeps_letters(self) -> bool:
        """Whether what looks like TCVN3 or VNI is none."""
        return self.questions.get(LETTERS) == KEPT

    def plain(self) -> dict[str, Any]:
        """As they wait in the queue, with the work they belong to."""
        return {"headings": dict(self.headings), "questions": dict(self.questions), "kept": sorted(self.kept)}

    @classmethod
    def of_plain(cls, given: Mapping[str, Any]) -> "Answers":
        """What ``plain`` gave."""
        return cls(given["headings"], given["questions"], frozenset(given["kept"]))


NOTHING_ANSWERED = Answers()


@dataclass(frozen=True)
class Question:
    """Something that a file leaves open, with the answers it allows: value -> words. ``told``: why it is asked."""

    key: str
    column: str
    told: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Heading:
    """A column of the file: its heading, some of its cells, and the key of our column it is read as.

    ``known``: whether that follows from the heading or from an earlier answer; else ``key`` is only what it may be.
    ``sheets``: the titles of those that have it.
    """

    position: int
    name: str
    samples: tuple[str, ...]
    key: str
    known: bool
    sheets: tuple[str, ...] = ()


def headings_together(by_sheet: Mapping[str, Sequence[Heading]]) -> list[Heading]:
    """The headings of several sheets, each asked about once, with positions that tell them apart."""
    merged: dict[tuple[str, int], Heading] = {}
    for title, headings in by_sheet.items():
        times: Counter[str] = Counter()
        for one in headings:
            name = fold(one.name)
            times[name] += 1
            before = merged.get((name, times[name]), one)
            merged[name, times[name]] = replace(
                before,
                samples=before.samples or one.samples,
                key=before.key or one.key,
                known=before.known and one.known,
                sheets=(*before.sheets, title),
            )
    return [replace(one, position=position) for position, one in enumerate(merged.values())]


def questions_together(by_sheet: Mapping[str, Sequence[Question]]) -> list[Question]:
    """The questions of several sheets, each asked once; the answer holds for all sheets with that column."""
    merged: dict[str, Question] = {}
    for title, questions in by_sheet.items():
        for one in questions:
            facts = {"sheet": title, "told": one.told}
            told = _("trang tính “%(sheet)s”: %(told)s") % facts if len(by_sheet) > 1 else one.told
            before = merged.get(one.key)
            merged[one.key] = replace(one, told=f"{before.told}; {told}" if before else told)
    return list(merged.values())
