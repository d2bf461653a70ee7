"""Files that were brought are kept for a while; what was imported from them stays, with its record."""

import datetime as dt

from khuyencong.core import clock
from khuyencong.core.queue import tidying
from khuyencong.imports import actions

KEPT_DAYS = 30


@tidying.register
def files() -> None:
    """Let go the files of imports older than ``KEPT_DAYS``."""
    actions.forget_files(clock.now() - dt.timedelta(days=KEPT_DAYS))
