"""What support does in the invented province: the truth that the measurement must find.

Without support, log revenue of an establishment is its own level, plus one path of the years common to all,
plus noise that fades within a few years: so trends are parallel in logs by construction. Who is supported
depends on size and legal form, never on the noise. Support multiplies revenue and workers by one plus the
shares below. Tax declarations, surveys and estimates are drawn from the same number.
"""

import math
from collections.abc import Iterable

# Share added to revenue in the year of acceptance, one year later, and from two years later on.
REVENUE = (0.06, 0.12, 0.18)

# Share added to the number of workers, before it is rounded to whole people.
WORKERS = (0.03, 0.07, 0.10)


def effect(path: tuple[float, ...], years_since: int) -> float:
    """The share added so many years after the first support; none before it."""
    return 0.0 if years_since < 0 else path[min(years_since, len(path) - 1)]


def average_log_effect(path: tuple[float, ...], years_since: Iterable[int]) -> float:
    """The average effect in logs over supported unit-years: what the overall ("simple") ATT estimates."""
    logs = [math.log1p(effect(path, since)) for since in years_since if since >= 0]
    return sum(logs) / len(logs)
