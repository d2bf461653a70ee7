"""What only a person can say of a file: which column is which, in which unit its money is, whether an odd number is
right. Reading asks; the answers are given to the next reading of the same file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NOT_USED = ""  # the answer that a column of the file is not wanted


@dataclass(frozen=True)
class Answers:
    """What was answered. ``headings``: folded heading -> key of a column, or NOT_USED; ``questions``: key of a question
    -> value of the option that was chosen; ``kept``: numbers that are right although they look odd (``Doubt.token``).
    """

    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    questions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kept: frozenset[str] = frozenset()


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
    """

    position: int
    name: str
    samples: tuple[str, ...]
    key: str
    known: bool
