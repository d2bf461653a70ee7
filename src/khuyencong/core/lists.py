"""What stands above and at the head of every list: filters, the chips of those in force, sortable columns."""

from dataclasses import dataclass

Choice = tuple[str, str]


@dataclass(frozen=True)
class Select:
    """One filter: its name in the address bar, its label, its choices and the one chosen."""

    name: str
    label: str
    choices: list[Choice]
    chosen: str


@dataclass(frozen=True)
class Chip:
    """A filter in force, which a click removes."""

    name: str
    text: str


@dataclass(frozen=True)
class Head:
    """One column head: what a click sorts by next, and how it is sorted now."""

    label: str
    sort: str
    direction: str
    css: str

    @classmethod
    def of(cls, key: str, label: str, css: str, sort: str) -> "Head":
        """The head of the column ``key`` while the list is sorted by ``sort`` ("-" in front: descending)."""
        if sort == key:
            return cls(label, f"-{key}", "ascending", css)
        return cls(label, key, "descending" if sort == f"-{key}" else "", css)
