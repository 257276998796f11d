"""Whether a project has a run that was broken off, asked of its file: the first page tells it before one is opened.

Knows neither spaCy nor SQLAlchemy, which take longer to import than that page to paint.
"""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

CHECKPOINT_FILE = "checkpoint.arrays"
_RUNNING = "SELECT began, settings, iterations, outcome FROM run WHERE status = 'running' ORDER BY id DESC"


def has_checkpoint(folder: Path) -> bool:
    """Whether a run in ``folder`` can go on."""
    return (folder / CHECKPOINT_FILE).is_file()


def how_far(began: float, done: int, iterations: int) -> str:
    """When a run began (seconds since 1970) that was broken off, and how far it came."""
    moment = datetime.fromtimestamp(began).astimezone()
    when = f"{moment.day} {moment:%B, %H:%M}"
    return f"A run of {when} was broken off after iteration {max(done, 1):,} of {iterations:,}."


def broken_off_in(path: Path) -> str:
    """What there is to say of a run of the project at ``path`` that was broken off and can go on.

    Empty where there is none, where the project is open somewhere, or where it can't be read: opening it will tell.
    """
    try:
        for began, settings, iterations, outcome in _running(path):
            if has_checkpoint(Path(str(_read(outcome).get("run_folder", "")))):
                done = len(json.loads(iterations))
                chosen = _read(settings).get("iterations")
                said = how_far(began, done, chosen if isinstance(chosen, int) else done)
                return "" if _is_open(path) else said
    except (OSError, sqlite3.Error, ValueError, TypeError):
        pass
    return ""


def _running(path: Path) -> list[tuple[float, str, str, str]]:
    """The runs that go on, or were broken off."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=0.1)) as connection:
        return connection.execute(_RUNNING).fetchall()


def _is_open(path: Path) -> bool:
    """Whether a window, which may well train it, has the project."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to import, and most projects need not be asked

    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=0):
            return False
    except Timeout:
        return True


def _read(kept: str) -> dict[str, Any]:
    found = json.loads(kept)
    return found if isinstance(found, dict) else {}
