"""How the money of a project is split among its establishments."""


def shares(total: int, among: int) -> list[int]:
    """Equal whole parts; what does not divide goes to the first ones, a unit each. They add up to the total.

    >>> shares(100, 3)
    [34, 33, 33]
    """
    part, rest = divmod(total, among)
    return [part + (position < rest) for position in range(among)]
