"""Scripts, styles and pictures under names that change with their content, so that browsers keep them for good."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise tells no types
    """Names with a hash once the files were collected (``up`` does so); until then, as in tests, their own."""

    # Not into the maps for debuggers, which no page needs and we do not carry.
    patterns = tuple(
        (kind, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for kind, rules in CompressedManifestStaticFilesStorage.patterns
    )

    def stored_name(self, name: str) -> str:
        """The name under which a file is served."""
        found: str = super().stored_name(name) if self.hashed_files else name
        return found


def collect_stale() -> None:
    """Collect the files anew when one of them is another than last time."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    now = _mark()
    if not mark.exists() or mark.read_text() != now:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(now)


def _mark() -> str:
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return seen.hexdigest()
