"""What holds for the money and the year of a project. Pure."""

FIRST_YEAR = 1990  # the programme is younger; an earlier year is a slip of the pen


def money_problem(support: int, counterpart: int, total: int) -> int | None:
    """How many VND the parts exceed the total by; None when the total covers them.

    The total may be larger: other programmes may share the cost (blended funding).
    """
    over = support + counterpart - total
    return over if over > 0 else None


def year_problem(accepted: int | None, this_year: int) -> bool:
    """Whether the year of acceptance cannot be: a project not yet accepted has none."""
    return accepted is not None and not FIRST_YEAR <= accepted <= this_year
