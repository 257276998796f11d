"""Exporting: texts become a file that is either whole or not there.

It is written beside its target and renamed when it is on the disk, so that a full disk or a kill leaves
the file that was there before.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.receipt import ExportReceipt
from gadget_trainer.formats.registry import writer_for, writer_named


def write_file(
    path: Path, texts: Iterable[AnnotatedText], format_name: str | None = None, language: str = "en"
) -> ExportReceipt:
    """Write the texts in the format named, or in the one that the path's ending says.

    ``language`` is a spaCy language code; only formats whose texts are cut into tokens use it. Texts are
    drawn one by one. A file that exists is replaced, keeping its permissions.

    Raises:
        UserError: the format or language is unknown, or the file cannot be written; the old file is as it was.
    """
    writer = writer_named(format_name) if format_name is not None else writer_for(path)
    receipt = ExportReceipt(path.name, writer.title)
    with new_file(path) as stream:
        writer.write(stream, texts, receipt, language)
    return receipt


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which is at ``path`` when the block ends without an error; else the old one still is.

    Raises:
        UserError: it cannot be written.
    """
    if path.is_dir():
        raise UserError(f"{path} is a folder. Choose a file name to export to.")
    try:
        with _replacing(path.resolve()) as stream:
            yield stream
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """A new file beside the target, which takes its place when the block ends without an error."""
    partial = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.partial")
    try:
        with partial.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, partial)
        partial.replace(target)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """Have the new name on the disk too. Windows has no way to ask for it, and does so by itself."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> UserError:
    if error.errno == errno.ENOSPC:
        return UserError(f"The disk is full, so {path} was not written. Make room and export again.")
    if not path.parent.is_dir():
        return UserError(f"{path} cannot be written, because its folder does not exist. Choose another folder.")
    reason = error.strerror or str(error)
    return UserError(f"{path} cannot be written: {reason}. Choose another folder, or change its permissions.")
