"""The reference data kept beside the tables of the test database, to go back to after a test that commits."""

from django.db import connection, transaction

_BESIDE = "kept_"


def keep():
    """Copy every table that holds something."""
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE "{_BESIDE}{table}" AS SELECT * FROM "{table}"')
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # in use it counts by itself, within a minute


def put_back():
    """Leave the reference data, as they were, and nothing else: of what did not change no row is touched."""
    _empty_queue()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # all tables at once need no order
        tables = _tables(cursor)
        for table in tables:
            kept = _BESIDE + table
            if table.startswith(_BESIDE):
                continue
            if kept not in tables:
                cursor.execute(f'DELETE FROM "{table}"')
                continue
            # By name: a test that alters a table may leave its columns in another order.
            names = [f'"{one.name}"' for one in connection.introspection.get_table_description(cursor, kept)]
            columns = ", ".join(names)
            key = connection.introspection.get_primary_key_column(cursor, table)
            is_now, was = (f'SELECT {columns} FROM "{one}"' for one in (table, kept))
            cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" IN (SELECT "{key}" FROM ({is_now} EXCEPT {was}) new)')
            cursor.execute(f'INSERT INTO "{table}" ({columns}) {was} EXCEPT {is_now}')


def _empty_queue():
    from django_tasks_db.models import DBTaskResult

    from khuyencong.core.queue.models import Job

    for model in (DBTaskResult, Job):
        model.objects.all().delete()


def _tables(cursor):
    # Ours and those kept beside them; an index that the database keeps in tables of its own follows by itself.
    ours = set(connection.introspection.django_table_names(only_existing=True))
    return [name for name in connection.introspection.table_names(cursor) if name in ours or name.startswith(_BESIDE)]
