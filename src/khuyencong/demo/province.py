"""The whole invented province from one seed."""

from dataclasses import dataclass

import numpy as np

from khuyencong.demo import registry, results, support

# Chosen for ordinary draws: estimates near the truth and no pre-trend by chance. Of 43 seeds tried, the 95 %
# interval held the truth for revenue in 38 and for workers in 41.
DEFAULT_SEED = 3
ESTABLISHMENTS = 1650


@dataclass(frozen=True)
class Province:
    """Everything in it, before it becomes rows."""

    firms: list[registry.Firm]
    projects: list[support.Support]
    pending: list[support.Support]
    results: list[results.Result]


def invent(places: list[registry.Place], seed: int = DEFAULT_SEED, count: int = ESTABLISHMENTS) -> Province:
    """The same seed and places give the same province, on every machine."""
    streams = np.random.SeedSequence(seed).spawn(3)
    who, what, how = (np.random.Generator(np.random.PCG64(stream)) for stream in streams)
    firms = registry.invent(who, places, count)
    projects = support.invent(what, firms)
    pending = support.pending(what, firms, projects)  # drawn last, so that what was accepted stays the same
    return Province(firms, projects, pending, results.invent(how, firms, support.first_years(projects)))
