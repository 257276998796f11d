"""Zip files from strangers, read without unpacking: no path outside, no bomb, nothing written."""

import zlib
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile

from gadget_trainer.errors import UserError

MOST_BYTES = 2**28
"""Unpacked size of a zip that is read."""
MOST_ENTRIES = 100_000

_DAMAGED = (BadZipFile, LargeZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError)
"""What Python's module raises for damaged, encrypted and unknown entries."""


class Archive:
    """The entries of a zip file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left = MOST_BYTES

    def names(self) -> list[str]:
        """The names of its files.

        Raises:
            UserError: it is damaged, too large, or has a path that leads outside.
        """
        try:
            with ZipFile(self._path) as archive:
                entries = archive.infolist()
        except _DAMAGED as error:
            raise self._damaged() from error
        if not all(entry.filename for entry in entries):
            raise self._damaged()
        entries = [entry for entry in entries if not entry.is_dir()]
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise self._too_large()
        for entry in entries:
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
                raise UserError(
                    f"{self._path.name} has an entry that leads outside of it, so nothing of it is read. "
                    "Unpack it with a program that you trust, and import the files."
                )
        return [entry.filename for entry in entries]

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            UserError: it is damaged, encrypted, or unpacks to more than it says.
        """
        try:
            with ZipFile(self._path) as archive, archive.open(name) as stream:
                data = stream.read(self._left + 1)
        except _DAMAGED as error:
            raise self._damaged() from error
        self._left -= len(data)
        if self._left < 0:
            raise self._too_large()
        return data

    def _damaged(self) -> UserError:
        return UserError(f"{self._path.name} is damaged or locked by a password. Make it again, and import it then.")

    def _too_large(self) -> UserError:
        return UserError(f"{self._path.name} unpacks to more than 250 megabytes. Split it into smaller ones.")
