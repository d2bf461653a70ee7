"""How many examples a property is tried with: few in the suite, thousands in ``script/prove rules``."""

import os

WISH = int(os.environ.get("HYPOTHESIS_EXAMPLES", "0"))


def examples(usual: int) -> int:
    """The usual number, or what was asked for when that is more."""
    return max(usual, WISH)
