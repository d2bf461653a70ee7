"""Which lines of the plan a draft touches: the projects it concerns, by the line that pays for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khuyencong.planning.models import Commitment, PlanLine
from khuyencong.projects.models import Project


@dataclass(frozen=True)
class Share:
    """A line (None: no line was chosen yet) and what the projects concerned have to do with it, in VND.

    ``held`` is what the line holds for them now, ``most`` what they would get at most, None where no norm says.
    """

    line: PlanLine | None
    count: int
    asked: int
    held: int
    most: int | None

    @property
    def missing(self) -> int:
        """What the line is short of, if all of them got the most."""
        if self.line is None or self.most is None:
            return 0
        return max(0, self.most - self.held - self.line.left)


def shares(projects: Iterable[Project], most: Mapping[int, int | None] | None = None) -> list[Share]:
    """The projects by line, later years first, those without a line last. ``most``: project key -> its new ceiling."""
    by_line: dict[int | None, list[Project]] = {}
    for one in projects:
        by_line.setdefault(one.plan_line_id, []).append(one)
    lines = PlanLine.objects.select_related("plan").in_bulk([pk for pk in by_line if pk is not None])
    keys = [one.pk for found in by_line.values() for one in found]
    held = dict(Commitment.objects.filter(project__in=keys).values_list("project", "amount"))
    made = [
        Share(
            lines.get(pk) if pk else None,
            len(found),
            sum(one.support_amount for one in found),
            sum(held.get(one.pk, 0) for one in found),
            None if most is None else sum(most.get(one.pk) or 0 for one in found),
        )
        for pk, found in by_line.items()
    ]
    return sorted(made, key=lambda one: (one.line is None, -one.line.year if one.line else 0, str(one.line)))
