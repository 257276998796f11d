"""A finished folder takes the place of an older one: at any moment one of the two is there whole.

A process that is killed in between leaves at most hidden folders beside it, which the next run clears away.
"""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path

from filelock import FileLock

_LOCK = "lock"
_AT_CURRENT_FOLDER = -100
_EXCHANGE = 2


class HiddenFolder:
    """A new folder beside a target and named after it, which no other run clears away while this one lives.

    ``purpose`` is "run", "partial" or "old".
    """

    def __init__(self, target: Path, purpose: str, left_behind: Path | None = None) -> None:
        """Make it, or take the one that another process has ``left_behind``. Raises OSError; also where that one is
        gone or held by a living process.
        """
        target = real(target)
        if left_behind is None:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.path = Path(tempfile.mkdtemp(prefix=f".{target.name}.{purpose}-", dir=target.parent))
        else:
            self.path = left_behind.resolve(strict=True)
        # The operating system lets go of it when the process ends, however it ends.
        self._lock = FileLock(self.path / _LOCK, thread_local=False)
        self._lock.acquire(timeout=0)

    def leave(self) -> None:
        """Let go of it, and leave it where it is."""
        self._lock.release()

    def remove(self) -> None:
        """Remove it with all that is in it."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def real(target: Path) -> Path:
    """Where ``target`` is when links are followed: a link stays a link, what it leads to is replaced."""
    return Path(os.path.realpath(target))


def put_in_place(new: Path, target: Path) -> None:
    """Make the folder ``new`` be ``target``, and remove what was there. Raises OSError, and then nothing changed."""
    target = real(target)
    write_through(new)
    if not target.exists():
        new.rename(target)
    elif _exchange(new, target):
        shutil.rmtree(new, ignore_errors=True)
    else:
        aside = HiddenFolder(target, "old")
        target.rename(aside.path / target.name)
        try:
            new.rename(target)
        except OSError:
            (aside.path / target.name).rename(target)
            aside.remove()
            raise
        aside.remove()
    sync_folder(target.parent)


def recover(target: Path) -> None:
    """Put back what was set aside by a process that was killed while it replaced ``target``."""
    target = real(target)
    if target.exists():
        return
    for aside in abandoned(target, "old"):
        if (aside / target.name).exists():
            (aside / target.name).rename(target)
            shutil.rmtree(aside, ignore_errors=True)
            return


def clear_leftovers(target: Path, spared: Collection[Path] = ()) -> None:
    """Remove the hidden folders beside ``target`` whose process ended without doing so, but for the ``spared``."""
    kept = {real(path) for path in spared}
    for purpose in ("run", "partial", "old"):
        for leftover in abandoned(real(target), purpose):
            if leftover not in kept:
                shutil.rmtree(leftover, ignore_errors=True)


def abandoned(target: Path, purpose: str) -> Iterator[Path]:
    """The hidden folders that no living process holds."""
    for folder in sorted(target.parent.glob(escape(f".{target.name}.{purpose}-") + "*")):
        # An error means: held, another person's, or cleared away by another run at this moment.
        with suppress(OSError):
            if (folder / _LOCK).is_file():  # else it was made a moment ago and is about to be locked
                with FileLock(folder / _LOCK, timeout=0):
                    pass
                yield folder


def write_through(folder: Path) -> None:
    """Have the disk, and not only its cache, hold all files in ``folder`` and their names. Raises OSError."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        elif path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in ``folder``, where the system has a way to ask for it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in a single step of the file system; False where that can't be done."""
    if sys.platform != "linux":
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here = ctypes.c_int(_AT_CURRENT_FOLDER)
    names = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    return bool(renameat2(here, names[0], here, names[1], ctypes.c_uint(_EXCHANGE)) == 0)
