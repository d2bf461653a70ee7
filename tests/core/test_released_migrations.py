"""A released migration is never written again: installations have applied it as it was.

``python -m tests.core.test_released_migrations`` takes in the new ones; it changes nothing of those that are held.
"""

import hashlib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/khuyencong"
HELD = Path(__file__).with_name("released_migrations.txt")

pytestmark = pytest.mark.database_free


def present():
    """Each migration and the hash of its text."""
    files = sorted(SOURCE.glob("*/migrations/0*.py"))
    return {str(file.relative_to(SOURCE)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def held():
    """The same as it was released."""
    return dict(reversed(line.split("  ", 1)) for line in HELD.read_text().splitlines())


def test_released_migrations_are_as_they_were_released():
    now = present()
    assert {name: digest for name, digest in held().items() if now.get(name) != digest} == {}


def test_every_migration_is_held():
    assert not present().keys() - held().keys(), "python -m tests.core.test_released_migrations"


if __name__ == "__main__":
    kept = present() | (held() if HELD.exists() else {})
    HELD.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(kept.items())))
