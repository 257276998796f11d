"""The SQLite file behind a project: opened safely, locked against a second window, never half written.

WAL with ``synchronous=FULL``: an edit that was acknowledged survives a crash and a power cut, and a training
thread can read while the window writes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.json_text import from_text, to_text
from gadget_trainer.corpus.migration import migrate, put_copy_aside
from gadget_trainer.errors import UserError

SUFFIX = ".gadget"


class Store:
    """One open project file; ``close`` releases it."""

    def __init__(self, path: Path, engine: Engine, lock: FileLock) -> None:
        self.path = path
        self._engine = engine
        self._lock = lock

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Make a new, empty project file. Raises UserError where something already is or cannot be written."""
        if path.exists():
            raise UserError(f"{path} exists already. Choose another name, or open it.")
        store = cls(path, _engine(path), _locked(path))
        try:
            with store.writing() as connection:
                schema.metadata.create_all(connection)
                version = {"key": "schema_version", "value": schema.VERSION}
                connection.execute(insert(schema.project).values(version))
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open a project file. Raises UserError when it is none, is newer than this program, or is in use."""
        if path.is_dir():
            raise UserError(f"{path} is a folder. Choose a project file, which ends in {SUFFIX}.")
        if not path.exists():
            raise UserError(f"There is no file {path}. It may have been moved or renamed.")
        store = cls(path, _engine(path), _locked(path))
        try:
            if store._version() < schema.VERSION:
                store._migrate()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Release the file; the write-ahead log is folded into it."""
        self._engine.dispose()
        self._lock.release()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with, from any thread. Raises UserError where the file or its disk fails."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            if not _is_of_the_file(error):
                raise
            raise UserError(f"{self.path.name} could not be read: {_reason(error)}.") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection within one transaction: all of it is kept at the end, or none of it.

        Raises UserError where the file or its disk fails.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            if not _is_of_the_file(error):
                raise
            raise UserError(
                f"The change could not be saved in {self.path.name}: {_reason(error)}. The project is as it was."
            ) from error

    def _version(self) -> int:
        try:
            with self._engine.connect() as connection:
                query = select(schema.project.c.value).where(schema.project.c.key == "schema_version")
                version = connection.scalar(query)
        except DatabaseError as error:
            raise UserError(f"{self.path} is not a Gadget Trainer project: {_reason(error)}.") from error
        if not isinstance(version, int):
            raise UserError(f"{self.path} is not a Gadget Trainer project.")
        if version > schema.VERSION:
            raise UserError(
                f"{self.path.name} was made by a newer Gadget Trainer. Install the newest version to open it."
            )
        return version

    def _migrate(self) -> None:
        """Bring an older file to the layout of today, after a copy of it was put beside it."""
        version = self._version()
        try:
            put_copy_aside(self.path, version)
        except OSError as error:
            raise UserError(
                f"{self.path.name} was made by an older Gadget Trainer, and no copy of it could be put beside it "
                f"before it is brought up to date: {error.strerror or error}. Make room, and open it again."
            ) from error
        with self.writing() as connection:
            migrate(connection, version)


def _engine(path: Path) -> Engine:
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, json_serializer=to_text, json_deserializer=from_text)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    # SQLite's own length() ends at a NUL.
    connection.create_function("code_points", 1, len, deterministic=True)


def _locked(path: Path) -> FileLock:
    lock = FileLock(path.with_name(f".{path.name}.lock"), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UserError(f"{path.name} is open in another window. Close it there, then open it here.") from error
    except OSError as error:
        raise UserError(f"{path.parent} cannot be written to: {error.strerror or error}.") from error
    return lock


def _is_of_the_file(error: DatabaseError) -> bool:
    """Whether the file or its disk is to blame; a violated constraint, say, is a bug.

    A full or failing disk and a locked file are operational errors; "database disk image is malformed" and "file is
    not a database" come as the bare base class.
    """
    return isinstance(error, OperationalError) or type(error) is DatabaseError


def _reason(error: DatabaseError) -> str:
    return str(getattr(error, "orig", None) or error)
