"""The last head of the chain kept outside the database, signed with the installation's own Ed25519 key.

A database that is emptied or cut short together with its head is sound in itself. The anchor is what it can be held
to; so is every backup that lies where backups are made (``heads_of`` in ``core/backup``). Whoever can write the data
folder as well can forge this too: for that, heads are kept elsewhere (``--expect``).
"""

import json
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from khuyencong.core.files import whole
from khuyencong.core.models import AuditRecord

log = structlog.get_logger(__name__)


class Forged(Exception):
    """The anchor is not there though the key is, or is not signed by it."""


def note(seq: int, digest: str, anew: bool = False) -> None:
    """Keep the head, unless a later one is kept; ``anew``: whatever is kept (after a restore)."""
    try:
        kept = None if anew else read()
        if kept is None or kept[0] < seq:
            _write(seq, digest)
    except Forged as why:
        log.warning("the anchor of the audit trail is left as it is", why=str(why))
    except OSError as error:
        log.warning("the head of the audit trail could not be kept outside the database", error=str(error))


def read() -> tuple[int, str] | None:
    """The head that is kept; None where none ever was. Raises Forged."""
    try:
        kept = json.loads(_head_file().read_text())
        seq, digest = int(kept["seq"]), str(kept["hash"])
        _key().public_key().verify(bytes.fromhex(kept["signature"]), _message(seq, digest))
    except FileNotFoundError:
        if _key_file().exists():
            raise Forged("the anchor is gone") from None
        return None
    except (InvalidSignature, ValueError, KeyError, TypeError) as error:
        raise Forged("the anchor is not signed by this installation") from error
    return seq, digest


def is_explained(seq: int) -> bool:
    """Whether a restore, told in the chain, took the place of the records up to this number."""
    for told in AuditRecord.objects.filter(action="restore").values_list("after", flat=True):
        ends = json.loads(told)
        first, last = (int(ends[name].partition(":")[0]) for name in ("restored_end", "replaced_end"))
        if first < seq <= last:
            return True
    return False


def _write(seq: int, digest: str) -> None:
    _folder().mkdir(parents=True, exist_ok=True)
    kept = {"seq": seq, "hash": digest, "signature": _key().sign(_message(seq, digest)).hex()}
    whole.put(_head_file(), json.dumps(kept).encode(), whole.FOR_ALL)


def _key() -> Ed25519PrivateKey:
    """The installation's key, made when first needed and kept for the owner only."""
    key = serialization.load_pem_private_key(whole.kept_secret(_key_file(), _new_key), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Forged("the key is of another kind")
    return key


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _message(seq: int, digest: str) -> bytes:
    return f"khuyencong audit head {seq}:{digest}".encode()


def _folder() -> Path:
    return Path(settings.AUDIT_DIR)


def _head_file() -> Path:
    return _folder() / "head.json"


def _key_file() -> Path:
    return _folder() / "ed25519.pem"
