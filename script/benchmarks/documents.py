"""A thousand approval decisions in Word: ours numbers, records, stores and hashes each one; the floor only renders.

The floor fills the same template with the same fields by docxtpl and keeps nothing. Both run in processes of
their own on a new SQLite database with the same projects.
"""

import argparse
import json
import os
import sys
import tempfile
import time

from measure import compare, in_own_process, report

PROJECTS = 20


def _prepare() -> list:
    """A new installation with projects that are ready to be approved."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "khuyencong.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    from khuyencong.establishments.models import Establishment
    from khuyencong.law.models import ActivityType
    from khuyencong.places.models import Unit
    from khuyencong.projects.models import CostLine, Project

    commune = Unit.objects.get(code="01477", valid_to=None)
    activity = ActivityType.objects.get(code="machinery")
    made = []
    for number in range(PROJECTS):
        establishment = Establishment(code=f"CB-{number:05d}", name=f"Cơ sở thử {number}", commune=commune,
                                      legal_form="household")  # fmt: skip
        establishment.fold()
        establishment.save()
        project = Project(code=f"DA-{number}", title=f"Đề án thử {number}", activity=activity, fund="local",
                          goals="Nâng công suất.", scope="Một dây chuyền.", support_amount=105_000_000,
                          counterpart=195_000_000, total_cost=300_000_000)  # fmt: skip
        project.fold()
        project.save()
        project.establishments.set([establishment])
        for line in range(3):
            CostLine.objects.create(project=project, name=f"Máy {line}", unit="cái", quantity=1,
                                    unit_price=100_000_000, amount=100_000_000)  # fmt: skip
        made.append(project)
    return made


def ours(count: int) -> None:
    """Ordered, numbered, recorded in the audit chain, stored with its hash; each of these in its own transaction."""
    projects = _prepare()
    from khuyencong.people.models import User
    from khuyencong.projects.letters import background
    from khuyencong.projects.letters.actions.composing import compose
    from khuyencong.projects.letters.actions.orders import order

    background.begin = lambda user, pk: None  # composed here and now, not by the queue
    user = User.objects.create(username="do")
    compose(user, order(user, projects[0], "approval").pk)
    started = time.perf_counter()
    for number in range(count):
        compose(user, order(user, projects[number % PROJECTS], "approval").pk)
    report(time.perf_counter() - started)


def floor(count: int) -> None:
    """docxtpl alone: the same template, the fields of one letter each."""
    projects = _prepare()
    import datetime as dt
    import io

    from docxtpl import DocxTemplate

    from khuyencong.projects.letters.contexts.whole import context, frozen
    from khuyencong.projects.letters.render import builtin
    from khuyencong.projects.models import ProducedDocument

    letters = [ProducedDocument(project=one, kind="approval", symbol="01/QĐ-SCT", day=dt.date(2026, 3, 5))
               for one in projects]  # fmt: skip
    for letter in letters:
        letter.facts = frozen(letter)
    fields = [context(letter) for letter in letters]
    template = builtin("approval")
    started = time.perf_counter()
    for number in range(count):
        document = DocxTemplate(io.BytesIO(template))
        document.render(fields[number % PROJECTS], autoescape=True)
        document.save(io.BytesIO())
    report(time.perf_counter() - started)


def main() -> None:
    """Compare, or run one side alone (used by the comparison itself)."""
    parser = argparse.ArgumentParser(prog="script/bench documents")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=["ours", "floor"])
    options = parser.parse_args()
    if options.only:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["KHUYENCONG_DATA_DIR"] = folder
            {"ours": ours, "floor": floor}[options.only](options.count)
        return
    sides = {
        which: in_own_process(__file__, "--only", which, "--count", str(options.count)) for which in ("floor", "ours")
    }
    result = compare(
        {"name": "letters ordered and composed", **sides["ours"]}, {"name": "docxtpl alone", **sides["floor"]}
    ) | {"documents": options.count}
    if options.json:
        json.dump(result, sys.stdout, indent=2)
        print()
    else:
        for side in ("ours", "floor"):
            one = result[side]
            print(f"{one['name']:20} {one['seconds']:8.2f} s {one['peak_mb']:8.0f} MB")
        print(f"to the floor: {result['ratio_to_floor']}x")


if __name__ == "__main__":
    main()
