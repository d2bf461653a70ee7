"""A registry of any size: the invented province, copied in SQL until it has as many establishments as asked for.

Every copy has its own numbers, names and tax codes, the results of every year and the projects that are over, with
their steps, contracts and payments. What runs today stays as it is: however large,
a province has one plan a year.
"""

import os
import shutil
import sqlite3
import sys
from pathlib import Path

BASE = 1650
_ACCEPTED = "(SELECT id FROM projects_project WHERE id <= {base} AND state IN ('archived', 'monitored'))"


def made(folder: Path, establishments: int) -> Path:
    """The data directory of a registry of this size; it is made once."""
    base = _base(folder)
    place = folder / f"pages-{establishments}"
    if establishments <= BASE:
        return base
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(base, place)
        _grow(place / "khuyencong.sqlite3", -(-establishments // BASE))
        (place / "ready").touch()
    return place


def _base(folder: Path) -> Path:
    place = folder / f"pages-{BASE}"
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        _product(
            place,
            "from khuyencong.demo import load",
            "call_command('migrate', verbosity=0)",
            "call_command('load_reference', verbosity=0)",
            f"load.load(count={BASE}, with_reports=False)",
        )
        (place / "ready").touch()
    return place


def _grow(file: Path, copies: int) -> None:
    print(f"{copies} times {BASE} establishments", file=sys.stderr)
    base = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
        base.execute(f"PRAGMA {pragma}")
    triggers = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    base.execute("BEGIN")
    for name, _sql in triggers:  # what they keep is worked out once, at the end
        base.execute(f"DROP TRIGGER {name}")
    base.execute(
        "CREATE TEMP TABLE copy AS WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?)"
        " SELECT k FROM n",
        [copies - 1],
    )
    _Copies(base).all()
    for _name, sql in triggers:
        base.execute(sql)
    base.execute("COMMIT")
    base.close()
    _product(file.parent, "from khuyencong.establishments.standings import laying", "laying.rebuild()")


class _Copies:
    def __init__(self, base: sqlite3.Connection) -> None:
        self._base, self._last = base, {}

    def all(self) -> None:
        self._copy(
            "establishments_establishment",
            code="printf('CB-%d', e.id + k * {last})",
            name="e.name || ' ' || k", folded_name="e.folded_name || ' ' || k",
            tax_code="CASE e.tax_code WHEN '' THEN '' ELSE printf('%03d%09d', k, e.id) END",
            search="replace(replace(e.search, replace(lower(e.code), '-', ' '), printf('cb %d', e.id + k * {last})),"
                   " e.folded_name, e.folded_name || ' ' || k)",
        )  # fmt: skip
        owners = {"establishment_id": "establishments_establishment"}
        self._copy("establishments_yearlyresult", owners)
        self._copy("projects_project", code="e.code || '/' || k", where=f"e.id IN {_ACCEPTED}")
        project = {"project_id": "projects_project"}
        self._copy("projects_project_establishments", owners | project, where=f"e.project_id IN {_ACCEPTED}")
        self._copy("projects_step", project, where=f"e.project_id IN {_ACCEPTED}")
        self._copy("projects_contract", project, where=f"e.project_id IN {_ACCEPTED}")
        contracts = f"(SELECT id FROM projects_contract WHERE project_id IN {_ACCEPTED})"
        self._copy("projects_payment", {"contract_id": "projects_contract"}, key="lower(hex(randomblob(16)))",
                   where=f"e.contract_id IN {contracts}")  # fmt: skip

    def _copy(self, table: str, moved: dict[str, str] | None = None, where: str = "1", **changed: str) -> None:
        """Every row again for each copy, its key and those it points to (``moved``) moved on by whole copies."""
        last = self._last[table] = self._base.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        columns = [row[1] for row in self._base.execute(f"PRAGMA table_info({table})")]
        values = {name: f"e.{name} + k * {self._last[other]}" for name, other in (moved or {}).items()}
        values |= {"id": f"e.id + k * {last}"} | {name: sql.format(last=last) for name, sql in changed.items()}
        told = ", ".join(values.get(name, f"e.{name}") for name in columns)
        condition = where.format(base=self._last.get("projects_project"))
        self._base.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {told} FROM copy CROSS JOIN {table} e"
            f" WHERE e.id <= {last} AND {condition}"
        )


def _product(place: Path, *lines: str) -> None:
    """Run lines of the product on this data directory, in a process of its own."""
    import subprocess

    start = ["import django; django.setup()", "from django.core.management import call_command"]
    environment = os.environ | {
        "KHUYENCONG_DATA_DIR": str(place),
        "DJANGO_SETTINGS_MODULE": "khuyencong.config.settings",
    }
    subprocess.run([sys.executable, "-c", "\n".join([*start, *lines])], env=environment, check=True)
