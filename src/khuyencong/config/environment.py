"""What the operator may set from outside. docs/handbook/06-quan-tri.md tells all of it in words."""

import datetime as dt
import os
import secrets
from pathlib import Path

from khuyencong.core import clock


def data_dir() -> Path:
    """Where everything the product writes lives: database, uploads, cache, keys."""
    path = Path(os.environ.get("KHUYENCONG_DATA_DIR", "var")).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(directory: Path) -> str:
    """The signing key: from the environment, else one made on first start and kept for the owner only."""
    given = os.environ.get("KHUYENCONG_SECRET_KEY")
    if given:
        return given
    file = directory / "secret_key"
    if not file.exists():
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(60))
    return file.read_text().strip()


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes and on mean yes."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """A comma-separated variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def start_clock() -> None:
    """Set the clock where the operator asked for it. Ends the process with a message when the moment is unreadable."""
    asked = os.environ.get("KHUYENCONG_CLOCK", "").strip()
    if not asked:
        return
    try:
        if asked[0] in "+-":
            clock.keep_ahead(dt.timedelta(seconds=float(asked)))
            clock.read(clock.now().isoformat())
        else:
            clock.start_at(clock.read(asked))
    except (ValueError, OverflowError):
        raise SystemExit(
            f"KHUYENCONG_CLOCK: không đọc được thời điểm “{asked}”. Cần ngày giờ của tỉnh, ví dụ 2027-02-08T09:00,"
            " hoặc thời điểm có múi giờ, ví dụ 2026-12-31T23:30+00:00, hoặc số giây so với đồng hồ máy, ví dụ -3600."
        ) from None
