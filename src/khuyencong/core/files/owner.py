"""Whose the data folder is: who sets an installation up and who runs it may be two accounts of the machine."""

import os
import pwd
from pathlib import Path


class NoSuchAccount(Exception):
    """The machine has no account of this name, or this process may not hand over to it."""


def give(folder: Path, account: str) -> None:
    """Hand a folder and everything in it to an account of the machine, which alone may open it.

    Raises NoSuchAccount.
    """
    try:
        owner = pwd.getpwnam(account)
    except KeyError:
        raise NoSuchAccount(f"Máy này không có tài khoản tên {account}.") from None
    try:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
        folder.chmod(0o700)
    except PermissionError:
        raise NoSuchAccount(f"Không giao được thư mục {folder} cho {account}: hãy chạy lệnh này bằng root.") from None


def stranger_to(folder: Path) -> str:
    """The first path that this process cannot write, though it must; empty when it can write all."""
    for path in (folder, *folder.glob("*")):
        if not os.access(path, os.W_OK):
            return str(path)
    return ""
