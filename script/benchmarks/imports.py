"""A long import beside somebody who goes on writing: how long the import takes, and how long the other waits at most.

On SQLite, in processes of their own: one confirms a file, each row another establishment of a registry of as many, the
other writes something small over and over and notes its longest wait. ``--rows 200000`` is what a province brings in at
once. On a quiet machine: a wait is told by the clock.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WHAT = ("new", "names", "results", "changed-results")
_BESIDE = """
import select, sys, time
import django; django.setup()
from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
longest, began, failed = 0.0, 0.0, 0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.1)[0]:
    started = time.perf_counter()
    try:
        with audit.writing(None):
            InstallationFact.write("beside", str(started))
    except Exception:
        failed += 1
    if time.perf_counter() - started > longest:
        longest, began = time.perf_counter() - started, started
print(longest, began, failed)
"""


def measured(rows: int, what: str) -> dict[str, float | str]:
    """Seconds that the import takes, that it lets nobody write, and that the other waited at most."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "khuyencong.config.settings"
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from khuyencong.establishments.importing.actions import RegistrySwitch
    from khuyencong.imports import actions
    from khuyencong.imports.batches import actions as batches
    from khuyencong.people.actions import accounts
    from khuyencong.people.rules import Role
    from khuyencong.places.models import Unit

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    _fill(rows)
    officer = accounts.add_account(None, "can.bo", "một mật khẩu dài", "Cán bộ")
    accounts.grant(None, officer, Role.OFFICER, Unit.objects.get(code="04", kind="province", valid_to=None))
    kind, content = _file(rows, what)
    batch = actions.receive(officer, kind, ContentFile(content, "so.csv"))
    seen = actions.plan_file(kind, Path(batch.file.path), officer, batch.file_name).fingerprint()
    switching = []
    make = RegistrySwitch.make

    def timed(*given: object) -> None:
        started = time.process_time()
        make(*given)
        switching.append(time.process_time() - started)

    RegistrySwitch.make = timed
    beside = subprocess.Popen([sys.executable, "-c", _BESIDE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    beside.stdout.readline()
    started = time.perf_counter()
    shares = []
    batches.confirm_batch(
        batch, officer, actions.Choice(), lambda share, words: shares.append((time.perf_counter(), share)), seen
    )
    whole = time.perf_counter() - started
    waited, began, failed = beside.communicate("enough\n")[0].split()
    return {
        "what": what,
        "rows": rows,
        "seconds": round(whole, 1),
        "switch_cpu_seconds": round(sum(switching), 1),
        "longest_wait_of_others": round(float(waited), 1),
        "began_when_told": max((share for at, share in shares if at < float(began)), default=0.0),
        "others_failed": int(failed),
    }


def _fill(establishments: int) -> None:
    from django.db import transaction

    from khuyencong.core import clock
    from khuyencong.establishments.models import Establishment, YearlyResult
    from khuyencong.establishments.standings import laying
    from khuyencong.places.models import Unit

    communes = list(Unit.objects.filter(kind="commune", parent__code="04", valid_to=None))
    made, told = [], []
    for n in range(1, establishments + 1):
        place = communes[n % len(communes)]
        one = Establishment(
            pk=n, code=f"CB-{n:05d}", name=f"{n % 977} cơ sở {n}", legal_form="household", commune=place
        )
        one.fold()
        made.append(one)
        result = {"revenue": _revenue(n), "workers": 4, "source": "survey", "entered_at": clock.now()}
        told.append(YearlyResult(establishment=one, year=2022, **result))
    laying.remove()
    with transaction.atomic():
        Establishment.objects.bulk_create(made, batch_size=1000)
        YearlyResult.objects.bulk_create(told, batch_size=1000)
    laying.rebuild()


def _revenue(n: int) -> int:
    return 100_000_000 + 1_000_000 * (n % 9_991)


def _file(rows: int, what: str) -> tuple[str, bytes]:
    numbers = range(1, rows + 1)
    if what in ("new", "names"):
        heads = "Số đăng ký,Tên cơ sở,Loại hình,Xã"
        lines = (
            f"{'' if what == 'new' else f'CB-{n:05d}'},{n % 991} xưởng {n},Hộ kinh doanh,Xã Trùng Khánh"
            for n in numbers
        )
        return "establishments", "\n".join([heads, *lines]).encode()
    year = 2023 if what == "results" else 2022
    lines = (f"CB-{n:05d},{year},{_revenue(n) + 1_000_000 * (n % 97 + 1)},5,Khảo sát" for n in numbers)
    return "results", "\n".join(["Số đăng ký,Năm,Doanh thu (đồng),Lao động,Nguồn số liệu", *lines]).encode()


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="script/bench imports")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--what", choices=WHAT, default="results")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KHUYENCONG_DATA_DIR"] = folder
        found = measured(options.rows, options.what)
    if options.json:
        json.dump(found, sys.stdout, indent=2)
        print()
    else:
        for name, value in found.items():
            print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
