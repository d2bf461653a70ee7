"""The yearly report of the nation: ours fills its forms from the fact tables; the floor is report_floor.sql.

Facts of 34 provinces are made up once and stored as Parquet; each side reads them in a process of its own, and only
the filling of the forms is timed. The table by province of the two is compared, cell by cell: a floor that counts
something else is none.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from measure import compare, in_own_process
from report_facts import YEAR, prepare

BY_PROVINCE = {
    "code": "by-province", "title": "Theo tỉnh", "rows": {"by": "province"},
    "columns": [
        {"label": name, "value": name}
        for name in ("projects_approved", "projects_accepted", "establishments_supported", "support_accepted",
                     "disbursed", "investment_accepted", "results_reported", "workers", "revenue")
    ],
}  # fmt: skip


def _setup() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "khuyencong.config.settings"
    import django

    django.setup()


def _tables(folder: Path) -> dict:
    import pyarrow.parquet as pq

    return {file.stem: pq.read_table(file) for file in sorted(folder.glob("*.parquet"))}


def ours(folder: Path) -> None:
    """The forms of the yearly report to the ministry and one more by province, as the product fills them."""
    _setup()
    import duckdb

    from khuyencong.core.periods import Kind, Period
    from khuyencong.indicators.compute import Store
    from khuyencong.reports.official.definition import read_form, shipped
    from khuyencong.reports.official.fill import fill

    known = {one["code"]: one for one in shipped("forms")}
    ministry = next(one for one in shipped("kinds") if one["code"] == "ministry")
    forms = [read_form(known[code]) for code in ministry["forms"]["year"]] + [read_form(BY_PROVINCE)]
    store = Store(_tables(folder), duckdb.connect())
    store.table("plan")  # what Ibis imports, it imports here
    started = time.perf_counter()
    filled = fill(forms, store, Period(Kind.YEAR, YEAR), {}, lambda column, value: value)
    seconds = time.perf_counter() - started
    (provinces,) = (one for one in filled if one.form.code == BY_PROVINCE["code"])
    _told(seconds, {row.key: [int(value or 0) for value in row.values] for row in provinces.rows if row.level == "row"})


def floor(folder: Path) -> None:
    """One statement for each table and breakdown, as somebody writes it who wants nothing but these sums."""
    import duckdb

    base = duckdb.connect()
    for name, table in _tables(folder).items():
        base.register(name, table)
    statements = Path(__file__).with_name("report_floor.sql").read_text("utf-8").strip().split(";")[:-1]
    started = time.perf_counter()
    found = [base.sql(statement).fetchall() for statement in statements]
    seconds = time.perf_counter() - started
    projects, paid, results = ({key: row for key, *row in rows} for rows in found[-3:])
    rows = {}
    for key, (approved, accepted, support, investment, supported) in projects.items():
        workers, revenue, reported = results[key]
        row = (approved, accepted, supported, support, *paid[key], investment, reported, workers, revenue)
        rows[f"province={key}"] = [int(value or 0) for value in row]
    _told(seconds, rows)


def _told(seconds: float, values: dict) -> None:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 3), "peak_mb": round(peak, 1), "values": values}))


def main() -> None:
    """Measure, or be one of the measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--provinces", type=int, default=34)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=3, help="of each side; the quickest counts")
    parser.add_argument("--as", dest="role", choices=("prepare", "ours", "floor"))
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    if args.role:
        {"prepare": lambda: prepare(args.folder, args.provinces), "ours": lambda: ours(args.folder),
         "floor": lambda: floor(args.folder)}[args.role]()  # fmt: skip
        return
    with tempfile.TemporaryDirectory() as folder:
        own = Path(__file__).name
        script = str(Path(__file__).with_name(own))
        rows = in_own_process(script, "--as", "prepare", "--folder", folder, "--provinces", str(args.provinces))
        sides = {
            role: min(
                (in_own_process(script, "--as", role, "--folder", folder) for _ in range(args.runs)),
                key=lambda one: one["seconds"],
            )
            for role in ("ours", "floor")
        }
    values = [side.pop("values") for side in sides.values()]
    if values[0] != values[1]:
        sys.exit("the two do not count the same")
    same = sum(len(row) for row in values[0].values())
    found = {"rows": rows, "cells_compared": same, **compare(sides["ours"], sides["floor"]), "target_ratio": 1.5}
    print(json.dumps(found) if args.json else "\n".join(f"{name}: {value}" for name, value in found.items()))
    if found["ratio_to_floor"] > 1.5:
        sys.exit("slower than 1.5 times the floor")


if __name__ == "__main__":
    main()
