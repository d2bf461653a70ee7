"""The worker: does what waits, one job after another."""

import time
from typing import Any

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from khuyencong.core.queue import alive, lost, owed, tidying
from khuyencong.core.queue.router import QUEUE


def work_off() -> None:
    """Do everything that waits, here and now."""
    with alive.living() as name:
        lost.take_up()
        owed.take_up()
        _work_off(_worker(name))


def work_on(calm: float = 1.0) -> None:
    """Do what waits until the process is asked to end; ``calm``: seconds between two looks at an empty queue."""
    with alive.living() as name:
        lost.take_up()
        owed.take_up()
        worker = _worker(name)
        worker.configure_signals()
        while worker.running:
            _work_off(worker)
            tidying.every_day()
            close_old_connections()
            time.sleep(calm)


def _work_off(worker: Worker) -> None:
    # Not the library's own loop: that closes connections, which a test that waits inside a transaction still needs.
    while worker.running and (entry := _taken(worker.worker_id)):
        worker.run_task(entry)


def _taken(name: str) -> "DBTaskResult[Any, Any] | None":
    with exclusive_transaction(QUEUE):
        entry = DBTaskResult.objects.ready().get_locked()
        if entry is not None:
            entry.claim(name)
    return entry


def _worker(name: str) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
