"""The training runs of a project: kept with their settings and what each iteration reported, and not undone."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from gadget_trainer.corpus.schema import project, run
from gadget_trainer.corpus.store import Store

_FOUND = "found_by_run_"
"""Before the id of a run in the key of a setting: what its pipeline found. Not in the run's own row, which is read
whenever the runs are listed: a run on fifty thousand texts finds a megabyte.
"""


class RunStatus(StrEnum):
    """How a run stands. One that is ``RUNNING`` while no window trains it was broken off."""

    RUNNING = "running"
    SAVED = "saved"
    DISCARDED = "discarded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One training run as it is kept. The mappings hold what JSON holds; the trainer knows their keys."""

    id: int
    began: float
    """Seconds since 1970, UTC."""
    ended: float | None
    status: RunStatus
    settings: Mapping[str, Any]
    iterations: tuple[Mapping[str, Any], ...]
    """What each iteration reported, in order."""
    outcome: Mapping[str, Any]
    """The folder, the fingerprints of the texts held out, the fingerprint of the data, versions."""
    has_found: bool = False
    """Whether it is kept what its pipeline found in the texts held out; see :meth:`Runs.found`."""


class Runs:
    """Keeps runs, from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, settings: Mapping[str, Any], outcome: Mapping[str, Any] | None = None) -> int:
        """A run begins; gives its id."""
        row: dict[str, Any] = {
            "began": time.time(),
            "ended": None,
            "status": RunStatus.RUNNING,
            "settings": dict(settings),
            "iterations": [],
            "outcome": dict(outcome or {}),
        }
        with self._store.writing() as connection:
            return int(connection.execute(insert(run).values(row).returning(run.c.id)).scalar_one())

    def note_iterations(self, run_id: int, iterations: list[Mapping[str, Any]]) -> None:
        """What all iterations of a run so far reported."""
        with self._store.writing() as connection:
            connection.execute(update(run).where(run.c.id == run_id).values(iterations=iterations))

    def end(self, run_id: int, status: RunStatus, outcome: Mapping[str, Any]) -> None:
        """A run ended, and ``outcome`` is what came of it."""
        values = {"ended": time.time(), "status": status, "outcome": dict(outcome)}
        with self._store.writing() as connection:
            connection.execute(update(run).where(run.c.id == run_id).values(values))

    def keep_found(self, run_id: int, found: Mapping[str, Any]) -> None:
        """Remember what the pipeline of a run found in the texts that it held out; the trainer knows the keys."""
        key = f"{_FOUND}{run_id}"
        with self._store.writing() as connection:
            connection.execute(delete(project).where(project.c.key == key))
            connection.execute(insert(project).values(key=key, value=dict(found)))

    def found(self, run_id: int) -> Mapping[str, Any] | None:
        """What was given to :meth:`keep_found`; None where nothing was."""
        query = select(project.c.value).where(project.c.key == f"{_FOUND}{run_id}")
        with self._store.reading() as connection:
            kept: Mapping[str, Any] | None = connection.scalar(query)
            return kept

    def all(self) -> list[Run]:
        """All runs, the latest first."""
        return self._read(select(run))

    def running(self) -> list[Run]:
        """The runs that no end was noted of, the latest first."""
        return self._read(select(run).where(run.c.status == RunStatus.RUNNING))

    def _read(self, query: Select[Any]) -> list[Run]:
        keys = select(project.c.key).where(project.c.key.startswith(_FOUND, autoescape=True))
        with self._store.reading() as connection:
            found = set(connection.scalars(keys))
            rows = connection.execute(query.order_by(run.c.id.desc())).mappings()
            return [
                Run(
                    row["id"],
                    row["began"],
                    row["ended"],
                    RunStatus(row["status"]),
                    row["settings"],
                    tuple(row["iterations"]),
                    row["outcome"],
                    f"{_FOUND}{row['id']}" in found,
                )
                for row in rows
            ]
