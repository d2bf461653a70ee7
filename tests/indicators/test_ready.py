"""Nobody who opens a page waits for an import of seconds."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.database_free
HEAVY = ("ibis", "duckdb", "sqlglot", "pyarrow", "pandas", "numpy")
AFTER_THE_START = """
import sys, khuyencong.config.wsgi
known = set(sys.modules)
from khuyencong.core.periods import Window
from khuyencong.indicators.asked import Asked
from khuyencong.indicators.compute import Store
from khuyencong.indicators.facts.schema import SCHEMAS
from khuyencong.indicators.records import records
with Store({name: schema.empty_table() for name, schema in SCHEMAS.items()}) as store:
    asked = [Asked(code, Window(2024, 1, 6)) for code in ("establishments_supported", "disbursed", "workers")]
    store.figures(asked)
    store.figures(asked, ("province", "commune"))
    for one in asked:
        records(store, one)
print("at the start:", "ibis.backends.duckdb" in known)
print("later:", sorted(name for name in set(sys.modules) - known if name.partition(".")[0] in %r))
"""


def test_a_server_has_imported_what_is_heavy_before_the_first_page():
    done = subprocess.run([sys.executable, "-c", AFTER_THE_START % (HEAVY,)], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["at the start: True", "later: []"], done.stderr
