"""The signature at the end of the audit chain: a keyed hash that only this installation can make."""

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "khuyencong.core.seal"  # the name under which the first signatures were made; another would break them


def sign(seq: int, digest: str) -> str:
    """The signature of a chain that ends at record ``seq`` with this hash."""
    return _signature(seq, digest, settings.SECRET_KEY)


def holds(seq: int, digest: str, signature: str) -> bool:
    """Whether the signature was made by this installation, with its key of today or a former one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(_signature(seq, digest, key), signature) for key in keys)


def mark(content: str) -> str:
    """The installation's mark on something that waits to enter the chain."""
    return _mark(content, settings.SECRET_KEY)


def is_marked(content: str, given: str) -> bool:
    """Whether this installation put the mark there."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(_mark(content, key), given) for key in keys)


def key_mark() -> str:
    """A short mark by which two installations know whether they share a key; tells nothing of the key."""
    return salted_hmac(_SALT, "mark", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:16]


def _signature(seq: int, digest: str, key: str | bytes) -> str:
    return salted_hmac(_SALT, f"{seq}:{digest}", secret=key, algorithm="sha256").hexdigest()


def _mark(content: str, key: str | bytes) -> str:
    return salted_hmac("khuyencong.core.audit.entry", content, secret=key, algorithm="sha256").hexdigest()
