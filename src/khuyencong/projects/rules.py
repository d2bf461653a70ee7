"""What holds for the money of a project. Pure."""


def money_problem(support: int, counterpart: int, total: int) -> int | None:
    """How many VND the parts exceed the total by; None when the total covers them.

    The total may be larger: other programmes may share the cost (blended funding).
    """
    over = support + counterpart - total
    return over if over > 0 else None
