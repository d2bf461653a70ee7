"""A run of the suite lies within one day of the province, whenever it begins: ten in the morning of today.

Begun an hour before midnight, tests that took their dates as their file was read would be asked about them tomorrow.
The browser keeps the machine's time.
"""

import os

from khuyencong.core import clock


def begin(hour: int = 10) -> None:
    """Set the clock of this process and of all that it starts; where a clock is asked for, that one is kept by all."""
    asked = os.environ.get("KHUYENCONG_CLOCK", "").strip()
    if not asked:
        clock.start_at(clock.at(clock.today(), hour))
    # As a difference: workers and products begin later, and none of them may begin the hour anew.
    os.environ["KHUYENCONG_CLOCK"] = f"{clock.ahead().total_seconds():+f}"
