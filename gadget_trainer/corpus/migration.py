"""Project files of earlier versions become files of this version, after a copy was put aside."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Table, func, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.records import TextState


def put_copy_aside(path: Path, version: int) -> Path:
    """Copy a project file of that version beside itself, and return where the copy is. Raises OSError."""
    aside = path.with_name(f"{path.stem} (version {version}){path.suffix}")
    partial = aside.with_name(f".{aside.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        # What is still in the write-ahead log belongs to the copy too.
        with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(partial)) as copy:
            original.backup(copy)
    except sqlite3.Error as error:
        partial.unlink(missing_ok=True)
        raise OSError(str(error)) from error
    return partial.replace(aside)


def migrate(connection: Connection, version: int) -> None:
    """Bring the tables of a file of that version to the layout of today, within the caller's transaction."""
    if version < 2:
        _to_version_2(connection)
    if version < 4:
        _to_version_4(connection)
    for index in schema.text.indexes:  # version 3 has one more
        index.create(connection, checkfirst=True)
    table = schema.project
    connection.execute(update(table).where(table.c.key == "schema_version").values(value=schema.VERSION))


def _to_version_2(connection: Connection) -> None:
    """Notes, descriptions, refused spans, categories, runs."""
    for table in (schema.label, schema.text):
        for one in (table, schema.BULK[table.name]):
            _add_columns(connection, one)
    schema.metadata.create_all(connection)


def _to_version_4(connection: Connection) -> None:
    """Which categories a text was done for: so far it was done for all of them."""
    newest = connection.scalar(select(func.max(schema.category.c.id))) or 0
    for table in (schema.text, schema.BULK["text"]):
        _add_columns(connection, table)
        done = table.c.state == TextState.DONE
        connection.execute(update(table).where(done).values(decided_through=newest))


def _add_columns(connection: Connection, table: Table) -> None:
    """Add the columns that ``table`` lacks; each has a default that the rows take."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in there:
            words = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f'ALTER TABLE "{table.name}" ADD COLUMN {words}'))
