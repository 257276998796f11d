"""Importing: files become texts, one by one, with a receipt for each file.

The texts are drawn inside one transaction of the project, so an error anywhere leaves it unchanged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.registry import reader_named, readers, recognise
from gadget_trainer.formats.source import Source


@dataclass(slots=True)
class Import:
    """Files that were looked at and are about to be read."""

    files: tuple[tuple[Path, Reader], ...]
    offsets: Reading | None = None
    """What the person says that the offsets count; None judges each file by its content."""
    receipts: list[Receipt] = field(default_factory=list)
    """One a file, in their order; each is complete when the texts of its file are drawn."""

    def texts(self) -> Iterator[AnnotatedText]:
        """Yield the texts of all files in turn, reading as they are drawn. To be walked through once.

        Each has id 0 and a source such as ``posts.jsonl:12``. Spans are within the text, in order, without
        overlaps and without spaces at their edges.

        Raises:
            UserError: a file cannot be read to its end; file and line are named.
        """
        self.receipts.clear()
        for path, reader in self.files:
            source = Source(path)
            receipt = Receipt(source.name, reader.title)
            self.receipts.append(receipt)
            try:
                for annotated in reader.read(source, receipt, self.offsets):
                    receipt.texts_read += 1
                    receipt.spans_kept += len(annotated.spans)
                    receipt.categories_kept += len(annotated.categories)
                    yield annotated
            except OSError as error:
                raise _unreadable(path, error) from error

    def examples(self) -> dict[str, list[str]]:
        """Words that the files, which are all read, say are likely to be of a label, by label."""
        found: dict[str, list[str]] = {}
        for receipt in self.receipts:
            for label, words in receipt.examples.items():
                found.setdefault(label, []).extend(words)
        return found


def read_files(paths: Iterable[Path], format_name: str | None = None, offsets: Reading | None = None) -> Import:
    """Look at the files and choose a reader for each: the one named, or the one that their content fits.

    ``offsets`` is what their offsets count; without it, the content of each file decides. Nothing is read
    before :meth:`Import.texts` is walked through.

    Raises:
        UserError: a path is missing, no file, empty, not readable, or in no known format.
    """
    named = reader_named(format_name) if format_name is not None else None
    return Import(tuple((path, _reader(path, named)) for path in paths), offsets)


def _reader(path: Path, named: Reader | None) -> Reader:
    try:
        if path.is_dir():
            return _reader_of_folder(path, named)
        if not path.exists():
            raise UserError(f"{path} does not exist. Check its name, or whether it was moved.")
        if not path.is_file():
            raise UserError(f"{path} is not a file that can be imported. Choose a file that holds texts.")
        if path.stat().st_size == 0:
            raise UserError(f"{path} is empty. Choose a file that holds texts.")
        return named or recognise(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _reader_of_folder(path: Path, named: Reader | None) -> Reader:
    reader = named or next((each for each in readers() if each.reads_folder(path)), None)
    if reader is None or not reader.reads_folder(path):
        raise UserError(f"{path} is a folder. Choose the files in it that hold your texts.")
    return reader


def _unreadable(path: Path, error: Exception) -> UserError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UserError(f"{path} cannot be read: {reason}. Check that you may open it, then import it again.")
