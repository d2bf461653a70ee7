"""Long work in many small writings, between which others come in."""

import time

from django.db import connection

_LOOKS = 0.11  # seconds; whoever waits for SQLite looks again every tenth of one


def let_others_in() -> None:
    """Pause between two writings. On SQLite nobody queues: who writes again at once is ahead of all who wait."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(_LOOKS)
