"""What an installation should know about the machine that it runs on."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning, register

from khuyencong.core.files import apart


@register()
def memory_can_be_limited(**kwargs: Any) -> Sequence[CheckMessage]:
    """Foreign files are read in a child whose memory the system limits; not every system can."""
    if apart.LIMITED:
        return []
    return [
        Warning(
            "This system cannot limit the memory of a process: a file made to hurt may take all of it.",
            hint="Run the server on Linux; time limits hold here too.",
            id="khuyencong.W001",
        )
    ]
