"""The rows of an import as they are to stand, made ready before anybody has to wait for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from khuyencong.core import audit

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Staged:
    """One row, its key reserved if it is new. ``card``: the establishment on whose card it is told."""

    obj: models.Model
    before: dict[str, Any] | None
    card: models.Model

    @property
    def model(self) -> str:
        """Of which table."""
        return self.obj._meta.label_lower

    @cached_property
    def now(self) -> str:
        """What it will say, in the one spelling."""
        return audit.canonical(audit.snapshot(self.obj))


class Ready:
    """The rows of a plan, made ready while others work; what is left is the moment in which they come to stand.

    ``staged``: rows that one record tells of, with the hash of them all; rows of other kinds tell of themselves.
    """

    staged: Sequence[Staged] = ()

    def holds(self) -> bool:
        """Whether it still is so, now that nobody else writes; else it is to be made ready anew."""
        return True

    def make_ready(self) -> None:
        """Work out anew what others changed meanwhile; they go on."""

    def make(self, progress: Progress, words: str) -> None:
        """Put the rows in place; belongs into the writing that tells of them."""
        raise NotImplementedError

    def follow(self) -> None:
        """What need not wait for that moment, nor others for it."""
