"""A finished folder takes the place of an older one: at any moment one of the two is there whole.

A process that is killed in between leaves at most hidden folders beside it, which the next run clears away.
"""

import ctypes
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_DAY = 24 * 3600
"""Seconds. A hidden folder that is younger may belong to a run that goes on."""

_AT_CURRENT_FOLDER = -100
_EXCHANGE = 2


def folder_beside(target: Path, purpose: str) -> Path:
    """A new hidden folder, named after ``target`` and in the same folder. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{target.name}.{purpose}-", dir=target.parent))


def put_in_place(new: Path, target: Path) -> None:
    """Make the folder ``new`` be ``target``, and remove what was there. Raises OSError, and then nothing changed."""
    write_through(new)
    if not target.exists():
        new.rename(target)
    elif _exchange(new, target):
        shutil.rmtree(new, ignore_errors=True)
    else:
        aside = folder_beside(target, "old")
        # An empty folder can't be renamed onto everywhere, so the old one goes into it.
        target.rename(aside / target.name)
        try:
            new.rename(target)
        except OSError:
            (aside / target.name).rename(target)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    _write_through_folder(target.parent)


def recover(target: Path) -> None:
    """Put back what was set aside by a process that was killed while it replaced ``target``."""
    if target.exists():
        return
    for aside in sorted(target.parent.glob(f".{target.name}.old-*")):
        if (aside / target.name).exists():
            (aside / target.name).rename(target)
            aside.rmdir()
            return


def clear_leftovers(target: Path) -> None:
    """Remove the hidden folders that killed runs left beside ``target`` more than a day ago."""
    for purpose in ("run", "partial", "old"):
        for leftover in target.parent.glob(f".{target.name}.{purpose}-*"):
            with suppress(FileNotFoundError):  # Another run may clear it away at the same time.
                if time.time() - leftover.stat().st_mtime > _DAY:
                    shutil.rmtree(leftover, ignore_errors=True)


def write_through(folder: Path) -> None:
    """Have the disk, and not only its cache, hold all files in ``folder``. Raises OSError."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _write_through_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # It has no way to open a folder.
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
