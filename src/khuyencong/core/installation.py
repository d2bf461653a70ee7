"""Whose installation this is: its province, its database, its address, its offices, kept in one file.

The file lies in the data folder, so that every command works on the same database from any shell. ``khuyencong up``
writes it; the environment may say the same again, never something else.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from khuyencong.core.files import whole

FILE_NAME = "installation.toml"
_SQLITE = "sqlite"  # in the file: the database is khuyencong.sqlite3 in the data folder itself
_PROVINCE = re.compile(r"\d\d")
_SCHEMES = {"sqlite", "postgres", "postgresql"}
_HEAD = """\
# Hệ thống này là của ai. Mọi lệnh đọc tệp này; xem và sửa bằng: khuyencong installation
# Tệp có thể giữ mật khẩu của cơ sở dữ liệu: chỉ tài khoản chạy hệ thống được đọc.
"""


class BadIdentity(Exception):
    """What the file or the environment says does not hold. The message is for the operator."""


@dataclass(frozen=True)
class Identity:
    """``database`` and ``address`` are empty while nobody has said any."""

    province: str = ""
    database: str = ""
    address: str = ""
    department: str = ""
    centre: str = ""


@dataclass(frozen=True)
class Installation:
    """The identity together with what holds where it is silent. ``kept``: whether the file has been written."""

    folder: Path
    identity: Identity
    kept: bool

    @property
    def file(self) -> Path:
        """Where the identity is kept."""
        return self.folder / FILE_NAME

    @property
    def province(self) -> str:
        """The General Statistics Office's code; "04" is Cao Bằng."""
        return self.identity.province or "04"

    @property
    def database_url(self) -> str:
        """The main database."""
        said = self.identity.database
        return f"sqlite:///{self.folder / 'khuyencong.sqlite3'}" if said in ("", _SQLITE) else said

    @property
    def address(self) -> str:
        """How people reach this installation."""
        return (self.identity.address or "http://127.0.0.1:8000").rstrip("/")

    @property
    def department(self) -> str:
        """The office that decides."""
        return self.identity.department or "Sở Công Thương"

    @property
    def centre(self) -> str:
        """The office that does the work."""
        return self.identity.centre or "Trung tâm Khuyến công"

    @property
    def sqlite_file(self) -> Path | None:
        """The file of the database, if it is one."""
        parts = urlsplit(self.database_url)
        return Path(unquote(parts.path[1:])) if parts.scheme == "sqlite" else None

    @property
    def database_name(self) -> str:
        """The database as a person is told of it, never with its password."""
        if self.sqlite_file:
            return f"SQLite, tệp {self.sqlite_file}"
        parts = urlsplit(self.database_url)
        port = f":{parts.port}" if parts.port else ""
        return f"PostgreSQL, {parts.path.lstrip('/')} ở {parts.hostname or 'máy này'}{port}"


def read(folder: Path, environment: Mapping[str, str]) -> Installation:
    """What the file says, and the environment where the file is silent. BadIdentity when the two disagree."""
    file = folder / FILE_NAME
    kept = _kept(file) if file.is_file() else Identity()
    given = Identity(
        province=environment.get("KHUYENCONG_PROVINCE", "").strip(),
        database=environment.get("DATABASE_URL", "").strip(),
        address=environment.get("KHUYENCONG_ADDRESS", "").strip(),
    )
    for variable, name in [
        ("KHUYENCONG_PROVINCE", "province"), ("DATABASE_URL", "database"), ("KHUYENCONG_ADDRESS", "address")
    ]:  # fmt: skip
        ours, theirs = getattr(kept, name), getattr(given, name)
        if ours and theirs and not _same(name, ours, theirs, folder):
            raise BadIdentity(
                f"{variable} ghi “{_shown(theirs)}”, còn hệ thống ở {folder} là của “{_shown(ours)}” ({FILE_NAME})."
                f" Chưa làm gì cả. Bỏ biến {variable}; nếu thật sự muốn đổi: khuyencong installation --help"
            )
    # A database that is the same may be reached with another password: the environment's, which is the newer.
    said = {name: theirs for name, theirs in asdict(given).items() if theirs}
    if kept.database == _SQLITE:
        said.pop("database", None)
    return Installation(folder, checked(replace(kept, **said)), file.is_file())


def checked(identity: Identity) -> Identity:
    """The identity, if every value can be one. Raises BadIdentity with what was read and what is expected."""
    if identity.province and not _PROVINCE.fullmatch(identity.province):
        raise BadIdentity(
            f"Mã tỉnh “{identity.province}” không đúng: cần hai chữ số của Tổng cục Thống kê, ví dụ 04 là Cao Bằng."
        )
    if identity.database not in ("", _SQLITE) and urlsplit(identity.database).scheme not in _SCHEMES:
        raise BadIdentity(
            f"Không đọc được địa chỉ cơ sở dữ liệu “{_shown(identity.database)}”: cần"
            " postgres://TÊN:MẬT_KHẨU@MÁY:5432/TÊN_CƠ_SỞ_DỮ_LIỆU, hoặc sqlite."
        )
    if identity.address and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", identity.address):
        raise BadIdentity(
            f"Địa chỉ “{identity.address}” không đúng: cần địa chỉ người dùng mở, ví dụ https://khuyencong.example.vn"
        )
    return identity


def keep(installation: Installation, **changes: str) -> Installation:
    """Write the identity with these changes, whole or not at all; only its owner may read the file."""
    said = replace(installation.identity, **changes)
    said = checked(replace(said, province=said.province or installation.province, database=said.database or _SQLITE))
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in asdict(said).items() if value]
    content = _HEAD + "\n".join(lines) + "\n"
    whole.put(installation.file, content.encode(), whole.FOR_ITS_OWNER)
    return Installation(installation.folder, said, True)


def _kept(file: Path) -> Identity:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        return checked(Identity(**values))
    except (BadIdentity, TypeError, AttributeError, ValueError) as error:
        raise BadIdentity(f"Tệp {file} không đọc được: {error}") from error


def _same(name: str, ours: str, theirs: str, folder: Path) -> bool:
    if name != "database":
        return ours.rstrip("/") == theirs.rstrip("/")
    return _place(ours, folder) == _place(theirs, folder)


def _place(database: str, folder: Path) -> tuple[str, ...]:
    """Which database it is, whoever asks with whatever password."""
    if database == _SQLITE:
        database = f"sqlite:///{folder / 'khuyencong.sqlite3'}"
    parts = urlsplit(database)
    scheme = "postgres" if parts.scheme.startswith("postgres") else parts.scheme
    port = parts.port or (5432 if scheme == "postgres" else 0)
    return scheme, parts.hostname or "", str(port), parts.path, parts.query


def _shown(value: str) -> str:
    """Without the password that may stand in an address."""
    return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:…@", value)
