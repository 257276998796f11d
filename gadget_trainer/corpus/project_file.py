"""What the file of a project looks like from outside, without SQLAlchemy."""

from pathlib import Path

_BEGINNING = b"SQLite format 3\0"


def remove_project_file(path: Path) -> None:
    """Remove a project that was not to be, with what its database keeps beside it."""
    for one in (path, *(path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm", "-journal"))):
        one.unlink(missing_ok=True)
    path.with_name(f".{path.name}.lock").unlink(missing_ok=True)


def is_project_file(path: Path) -> bool:
    """Whether a file is there that is a database, as projects are. Raises OSError where it cannot be read."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_BEGINNING)) == _BEGINNING
