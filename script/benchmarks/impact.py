"""The evaluation of a large panel: our engine, the floor (the same moments and nothing else), diff-diff.

All three read the same parquet file in processes of their own. Ours does the whole evaluation: checks, every
ATT(g, t), the covariance, the averages and bands, the verdict. The peer does what it offers for the same
question: every ATT(g, t) and the aggregations with analytic standard errors.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

from measure import compare, in_own_process, report

FIRST_YEAR = 2012


def make_panel(path: Path, units: int, years: int) -> None:
    """A deterministic panel: 70 % never supported, three cohorts, a unit effect, a year effect, noise."""
    import duckdb

    path.parent.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute(
        f"""COPY (
            SELECT u AS unit, {FIRST_YEAR} + t AS year,
                   (u % 97) / 10.0 + t * 0.03 + (hash(u * 101 + t) % 1000000) / 1e6
                   + CASE WHEN u % 10 >= 7 AND t >= 2 + (u % 10 - 7) * 2 THEN 0.1 ELSE 0 END AS outcome,
                   CASE WHEN u % 10 >= 7 THEN {FIRST_YEAR} + 2 + (u % 10 - 7) * 2 ELSE 0 END AS first_support
            FROM range({units}) a(u), range({years}) b(t)
        ) TO '{path}' (FORMAT parquet)"""
    )


def ours(path: str) -> None:
    """The whole evaluation."""
    from khuyencong.impact.estimation.evaluate import evaluate
    from khuyencong.impact.estimation.question import Question
    from khuyencong.impact.reading import stream

    started = time.perf_counter()
    evaluate(stream(Path(path)), Question("unit", "year", "outcome", first_support="first_support"))
    report(time.perf_counter() - started)


def floor(path: str) -> None:
    """One DuckDB pass that computes the same moments and nothing else."""
    import duckdb

    con = duckdb.connect(config={"threads": 2})
    started = time.perf_counter()
    years = [row[0] for row in con.execute(f"SELECT DISTINCT year FROM '{path}' ORDER BY 1").fetchall()]
    count = len(years)
    outcomes = ", ".join(f"sum(CASE WHEN year = {y} THEN outcome END) AS y{i}" for i, y in enumerate(years))
    mask = " + ".join(f"(y{i} IS NOT NULL)::INT * {1 << i}" for i in range(count))
    sums = ", ".join(f"sum(y{i})" for i in range(count))
    products = ", ".join(f"sum(y{i} * y{j})" for i in range(count) for j in range(i, count))
    con.execute(
        f"""WITH units AS (SELECT unit, min(first_support) AS g, {outcomes} FROM '{path}' GROUP BY unit)
        SELECT g, {mask} AS mask, count(*), {sums}, {products} FROM units GROUP BY g, mask"""
    ).fetchall()
    report(time.perf_counter() - started)


def peer(path: str) -> None:
    """diff-diff's CallawaySantAnna on the same file."""
    import warnings

    warnings.filterwarnings("ignore")
    import pandas as pd
    from diff_diff import CallawaySantAnna

    started = time.perf_counter()
    frame = pd.read_parquet(path)
    CallawaySantAnna(control_group="never_treated", estimation_method="reg", n_bootstrap=0).fit(
        frame, outcome="outcome", unit="unit", time="year", first_treat="first_support", aggregate="all"
    )
    report(time.perf_counter() - started)


def repeated(which: str, path: str, times: int) -> dict[str, object]:
    """The median of some runs."""
    runs = [in_own_process(__file__, "--only", which, "--file", path) for _ in range(times)]
    return {key: statistics.median(run[key] for run in runs) for key in ("seconds", "peak_mb")}


def main() -> None:
    """Compare, or run one side alone (used by the comparison itself)."""
    parser = argparse.ArgumentParser(prog="script/bench impact")
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--years", type=int, default=12)
    parser.add_argument("--repeat", type=int, default=3, help="runs of ours and of the floor; the peer runs once")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=["ours", "floor", "peer"])
    parser.add_argument("--file")
    options = parser.parse_args()
    if options.only:
        {"ours": ours, "floor": floor, "peer": peer}[options.only](options.file)
        return
    path = Path("var/bench") / f"panel-{options.units}-{options.years}.parquet"
    if not path.exists():
        make_panel(path, options.units, options.years)
    file = str(path.resolve())
    result = compare(
        {"name": "khuyencong evaluate", **repeated("ours", file, options.repeat)},
        {"name": "duckdb, the same moments only", **repeated("floor", file, options.repeat)},
        {"name": "diff-diff CallawaySantAnna", **repeated("peer", file, 1)},
    )
    result |= {"units": options.units, "years": options.years}
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        for side in ("ours", "floor", "peer"):
            one = result[side]
            print(f"{one['name']:32} {one['seconds']:8.2f} s {one['peak_mb']:8.0f} MB")
        print(f"to the floor: {result['ratio_to_floor']}x; peer to ours: {result['ratio_peer_to_ours']}x")


if __name__ == "__main__":
    main()
