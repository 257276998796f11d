"""The training runs of a project: kept with their settings and what each iteration reported, and not undone."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, insert, select, update

from gadget_trainer.corpus.schema import run
from gadget_trainer.corpus.store import Store


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

    def all(self) -> list[Run]:
        """All runs, the latest first."""
        return self._read(select(run))

    def running(self) -> list[Run]:
        """The runs that no end was noted of, the latest first."""
        return self._read(select(run).where(run.c.status == RunStatus.RUNNING))

    def _read(self, query: Select[Any]) -> list[Run]:
        with self._store.reading() as connection:
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
                )
                for row in rows
            ]
