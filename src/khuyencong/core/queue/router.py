"""Which database the queue lies in: the one called ``queue``.

On SQLite that is a file of its own: whoever holds the one writer's lock of the main file can still say how far it is.
On PostgreSQL it is a second connection to the same database, outside the transaction of the work.
"""

from typing import Any

from django.db import connections
from django.db.models import Model

QUEUE = "queue"
_APPS = {"queue", "django_tasks_database"}


def is_apart() -> bool:
    """Whether the queue's tables lie in a database of their own."""
    return connections[QUEUE].vendor == "sqlite"


class QueueRouter:
    """Sends the queue's models to their database, and lays each table where it belongs."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        if model._meta.app_label not in _APPS:
            return None
        if model.__module__ == "__fake__" and not is_apart():
            return "default"  # a migration's own picture of a model: a second connection would wait for its tables
        return QUEUE

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        home = QUEUE if app_label in _APPS and is_apart() else "default"
        return db == home
