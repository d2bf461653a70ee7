"""The queue's tables: laid where they lie apart from the others, emptied when what they speak of is replaced."""

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from khuyencong.core.queue.models import Job
from khuyencong.core.queue.router import QUEUE, is_apart

_APPS = ("queue", "django_tasks_database")


def lay() -> None:
    """Lay the tables that are missing or older than this version; nothing where the main database holds them."""
    if not is_apart():
        return
    executor = MigrationExecutor(connections[QUEUE])
    if executor.migration_plan([one for one in executor.loader.graph.leaf_nodes() if one[0] in _APPS]):
        for app in _APPS:
            call_command("migrate", app, database=QUEUE, verbosity=0, interactive=False)


def forget_all() -> None:
    """Let nothing wait any more."""
    lay()
    DBTaskResult.objects.all().delete()
    Job.objects.all().delete()
