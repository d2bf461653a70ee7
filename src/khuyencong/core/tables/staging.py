"""The rows of an import as they are to stand, made ready before anybody has to wait for them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from khuyencong.core import audit


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

    @property
    def change(self) -> audit.Change:
        """The same as a change of its own, where an import is told row by row."""
        return audit.Change("import", self.obj, self.before, audit.snapshot(self.obj), subject=self.card)
