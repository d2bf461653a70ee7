"""A panel that can be handed on: the columns a question uses and no others, units as numbers."""

import pyarrow as pa

from khuyencong.impact.estimation.cells import quoted
from khuyencong.impact.estimation.panel import Panel, label
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.estimation.source import Source

_UNIT, _CODE, _NUMBER = '"· unit"', '"· code"', '"· number"'  # no heading in a file is written so


def anonymous(source: Source, question: Question) -> tuple[pa.Table, dict[str, int]]:
    """The panel as an Arrow table that gives the same answer to the question, and the number of each unit.

    Units are numbered in the order in which they first appear. All years are kept, those the question leaves
    out too: a support flag in them says who was supported when. Raises PanelError.
    """
    panel = Panel(source, question)
    columns = {question.unit: _CODE, question.time: f"{panel.number(question.time)}::INTEGER"}
    columns[question.outcome] = panel.number(question.outcome)
    if question.first_support:
        number = panel.number(question.first_support)
        columns[question.first_support] = f"(CASE WHEN isfinite({number}) THEN {number}::INTEGER END)"
    if question.support_flag:
        columns[question.support_flag] = f"{panel.number(question.support_flag)}::TINYINT"
    for name in question.strata:
        columns.setdefault(name, f"trim({quoted(name)}::VARCHAR)")
    numbered = f"(SELECT *, {panel.unit} AS {_UNIT}, row_number() OVER () AS {_NUMBER} FROM cells)"
    panel.query(
        f"CREATE TEMP TABLE codes AS SELECT {_UNIT}, row_number() OVER (ORDER BY min({_NUMBER})) AS {_CODE} "
        f"FROM {numbered} GROUP BY {_UNIT}"
    )
    chosen = ", ".join(f"{expression} AS {quoted(name)}" for name, expression in columns.items())
    table = panel.con.sql(
        f"SELECT {chosen} FROM {numbered} JOIN codes USING ({_UNIT}) ORDER BY {_NUMBER}"
    ).to_arrow_table()
    return table, {label(name): code for name, code in panel.query(f"SELECT {_UNIT}, {_CODE} FROM codes")}
