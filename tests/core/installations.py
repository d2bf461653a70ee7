"""Whole installations for tests: real processes, each with a data directory and a database of its own."""

import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

from tests import prepared

ROOT = Path(__file__).parents[2]


class Installation:
    """One installation. ``database_url`` is empty for SQLite in the data directory."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder = folder
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "KHUYENCONG_SECRET_KEY", "KHUYENCONG_TEST_DATABASE"}
        }
        self.environment |= {"KHUYENCONG_DATA_DIR": str(folder), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    def start(self, *arguments: str) -> subprocess.Popen:
        """A command of the product, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "khuyencong", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, expect: int = 0) -> str:
        """What a command printed, errors behind; its exit code must be the one expected."""
        process = self.start(*arguments)
        out, err = process.communicate()
        assert process.returncode == expect, out + err
        return out + err

    def python(self, code: str, wait: bool = True) -> subprocess.Popen | str:
        """Code with Django set up: its output, or the process when not waited for."""
        head = (
            "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'khuyencong.config.settings'\n"
            "import django; django.setup()\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", head + code],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if not wait:
            return process
        out, err = process.communicate()
        assert process.returncode == 0, out + err
        return out


def migrated(folder: Path) -> Installation:
    """One whose database, of the kind that this test run uses, holds its tables and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.environ.get("KHUYENCONG_TEST_DATABASE") != "postgresql":
        prepared.migrated(str(folder / "khuyencong.sqlite3"), str(folder / "queue.sqlite3"))
        return Installation(folder)
    name = f"kc_{uuid.uuid4().hex[:12]}"
    prepared.migrated(name)
    return Installation(folder, urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl())


def fresh_postgresql() -> str:
    """The address of a new, empty database on the server that this test run uses."""
    import psycopg

    server = os.environ["DATABASE_URL"]
    name = f"kc_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()
