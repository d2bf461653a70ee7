"""Wrong passwords: who types them waits, longer each time; nobody else does.

Counted for an account and an address together, in a row: a colleague in the same office, behind the same proxy, goes on
working, and so does the account's owner at their own machine. Kept for unknown accounts too, so that nothing tells
which ones there are.
"""

import datetime as dt

from django.db.models import F

from khuyencong.core import clock
from khuyencong.people.models import SignInFailures

FREE = 5  # wrong passwords before one must wait
_FIRST, _LONGEST = dt.timedelta(minutes=1), dt.timedelta(hours=1)
_FORGOTTEN = dt.timedelta(days=1)  # after the last wrong one


def waits(account: str, address: str) -> int:
    """For how many minutes this account does not open from this address; 0 when it does."""
    now = clock.now()
    found = SignInFailures.objects.filter(account=_plain(account), address=address, locked_until__gt=now).first()
    if found is None or found.locked_until is None:
        return 0
    return -(-(found.locked_until - now) // dt.timedelta(minutes=1))


def failed(account: str, address: str) -> None:
    """A wrong password: from the fifth on the next try must wait, twice as long each time."""
    now = clock.now()
    SignInFailures.objects.filter(last_at__lt=now - _FORGOTTEN).delete()
    kept, _new = SignInFailures.objects.get_or_create(
        account=_plain(account), address=address, defaults={"last_at": now}
    )
    one = SignInFailures.objects.filter(pk=kept.pk)
    one.update(failures=F("failures") + 1, last_at=now)
    over = one.values_list("failures", flat=True).get() - FREE
    if over >= 0:
        one.update(locked_until=now + min(_FIRST * 2 ** min(over, 10), _LONGEST))


def succeeded(account: str, address: str) -> None:
    """The right password: what was mistyped before is forgotten."""
    SignInFailures.objects.filter(account=_plain(account), address=address).delete()


def forget(account: str) -> int:
    """Open an account at every address; at how many it was counted."""
    found, _by_table = SignInFailures.objects.filter(account=_plain(account)).delete()
    return found


def _plain(account: str) -> str:
    return account.strip().casefold()[:150]
