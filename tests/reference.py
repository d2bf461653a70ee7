"""The reference data kept beside the tables of the test database, to be put back after a test that commits."""

from django.db import transaction

_BESIDE = "kept_"


def keep(connection):
    """Copy every table that holds something."""
    with connection.cursor() as cursor:
        for table in _tables(connection, cursor):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE "{_BESIDE}{table}" AS SELECT * FROM "{table}"')


def put_back(connection):
    """Fill the tables again if they were emptied; one look when they were not."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM places_unit)")
        if cursor.fetchone()[0]:
            return
        present = _tables(connection, cursor)
        for kept in present:
            table = kept.removeprefix(_BESIDE)
            if kept.startswith(_BESIDE):
                cursor.execute(f'DELETE FROM "{table}"')
                # By name: a test that alters a table may leave its columns in another order.
                columns = ", ".join(
                    f'"{one.name}"' for one in connection.introspection.get_table_description(cursor, kept)
                )
                cursor.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{kept}"')


def _tables(connection, cursor):
    # Ours and those kept beside them; an index that the database keeps in tables of its own follows by itself.
    ours = set(connection.introspection.django_table_names(only_existing=True))
    return [name for name in connection.introspection.table_names(cursor) if name in ours or name.startswith(_BESIDE)]
