"""What the operator may set from outside. docs/handbook/06-quan-tri.md tells all of it in words."""

import datetime as dt
import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import dj_database_url

from khuyencong.core import clock, installation
from khuyencong.core.files import whole


def data_dir() -> Path:
    """Where everything the product writes lives: database, uploads, cache, keys."""
    path = Path(os.environ.get("KHUYENCONG_DATA_DIR", "var")).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def identity(directory: Path) -> installation.Installation:
    """Whose installation it is. Ends the process with a message when file and environment do not hold together."""
    try:
        return installation.read(directory, os.environ)
    except (installation.BadIdentity, OSError) as error:
        raise SystemExit(str(error)) from None


def secret_key(directory: Path) -> str:
    """The signing key: from the environment, else one made on first start and kept for the owner only."""
    given = os.environ.get("KHUYENCONG_SECRET_KEY")
    if given:
        return given
    file = directory / "secret_key"
    try:
        return whole.kept_secret(file, lambda: secrets.token_urlsafe(60).encode()).decode().strip()
    except PermissionError:
        raise SystemExit(
            f"Tài khoản đang chạy lệnh không đọc được {file}: thư mục dữ liệu là của tài khoản khác."
            " Hãy chạy bằng tài khoản của dịch vụ (docs/handbook/06-quan-tri.md, Chạy lâu dài)."
        ) from None


def databases(directory: Path, address: str) -> dict[str, dict[str, Any]]:
    """The main database and that of the queue: a file of its own beside SQLite, a second connection to PostgreSQL."""
    return of_address(address, f"sqlite:///{directory / 'queue.sqlite3'}")


def of_address(main: str, queue_file: str) -> dict[str, dict[str, Any]]:
    """Both databases as Django wants them; ``queue_file``: where the queue lies when the main one is SQLite."""
    on_sqlite = main.startswith("sqlite")
    found = {"default": main, "queue": queue_file if on_sqlite else main}
    return {name: _database(address) for name, address in found.items()}


def _database(address: str) -> dict[str, Any]:
    settings: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            # A writer takes its lock at BEGIN, so two writers queue instead of one failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    return settings


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes and on mean yes."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """A comma-separated variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def networks(name: str, default: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, comma-separated. Ends the process with a message when one is unreadable."""
    found = []
    for word in words(name, default):
        try:
            found.append(ip_network(word, strict=False))
        except ValueError:
            raise SystemExit(
                f"{name}: không đọc được địa chỉ “{word}”. Cần địa chỉ IP hoặc dải địa chỉ, ví dụ 10.0.0.5 hoặc"
                " 10.0.0.0/24, cách nhau bằng dấu phẩy."
            ) from None
    return found


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
