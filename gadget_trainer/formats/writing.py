"""Exporting: texts become a file that is either whole or not there.

It is written beside its target and renamed when it is on the disk, so that a full disk or a kill leaves
the file that was there before.
"""

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from gadget_trainer.corpus.project_file import is_project_file
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import FolderWriter, Target, TokenRules, Writer
from gadget_trainer.formats.registry import writer_for, writer_named
from gadget_trainer.replacing import new_folder, sync_folder

_ENGLISH = TokenRules()
_SECONDS_TO_WRITE = 3600
"""A partial file that nobody has written to for so long is one that was left behind."""


def write_file(
    path: Path, texts: Iterable[AnnotatedText], format_name: str | None = None, rules: TokenRules = _ENGLISH
) -> ExportReceipt:
    """Write the texts in the format named, or in the one that the path's ending says.

    Only formats whose texts are cut into tokens use ``rules``. Texts are drawn one by one. A file that exists is
    replaced, keeping its permissions. A format of many files writes a folder, unless the path has the ending of the
    file that holds them all.

    Raises:
        UserError: the format or language is unknown, or the file cannot be written; the old file is as it was.
    """
    target = writer_named(format_name) if format_name is not None else writer_for(path)
    return write(path, texts, target, rules)


def write(path: Path, texts: Iterable[AnnotatedText], target: Target, rules: TokenRules = _ENGLISH) -> ExportReceipt:
    """Write the texts in that format; else as :func:`write_file`."""
    receipt = ExportReceipt(path.name, target.title)
    if isinstance(target, Writer) and (path.suffix.lower() in target.suffixes or not isinstance(target, FolderWriter)):
        with new_file(path) as stream:
            target.write(stream, texts, receipt, rules)
    elif isinstance(target, FolderWriter):
        with new_folder(path, target.own_files) as folder:
            target.write_folder(folder, texts, receipt, rules)
    else:
        raise TypeError(f"{target.name} is a format that writes neither a file nor a folder")
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
        if is_project_file(path):
            raise UserError(f"{path} is a project, and would be lost. Choose another file name to export to.")
        with _replacing(path.resolve()) as stream:
            yield stream
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """A new file beside the target, which takes its place when the block ends without an error."""
    _clear_away(target)
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
    sync_folder(target.parent)


def _clear_away(target: Path) -> None:
    """Remove what runs that were killed have left beside the target, an hour ago or longer."""
    ago = time.time() - _SECONDS_TO_WRITE
    for left in target.parent.glob(f".{escape(target.name[:40])}.????????.partial"):
        with suppress(OSError):
            if left.stat().st_mtime < ago:
                left.unlink()


def _unwritable(path: Path, error: OSError) -> UserError:
    if error.errno == errno.ENOSPC:
        return UserError(f"The disk is full, so {path} was not written. Make room and export again.")
    if not path.parent.is_dir():
        return UserError(f"{path} cannot be written, because its folder does not exist. Choose another folder.")
    reason = error.strerror or str(error)
    return UserError(f"{path} cannot be written: {reason}. Choose another folder, or change its permissions.")
