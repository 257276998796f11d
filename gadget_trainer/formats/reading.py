"""Importing: files become texts, one by one, with a receipt for each file.

The texts are drawn inside one transaction of the project, so an error anywhere leaves it unchanged.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.gaps import GapReader, GapRule
from gadget_trainer.formats.mismatches import Mismatches, MismatchRule, OutsideRule
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.overlaps import ConflictKey, LabelNames, OverlapRule, Overlaps, Spans, decided_for
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.registry import reader_named, readers, recognise
from gadget_trainer.formats.source import Source
from gadget_trainer.formats.tables import Columns, TableReader


@dataclass(frozen=True, slots=True)
class FileChoice:
    """A file, or a folder that is one thing to its format, and what was decided about it."""

    path: Path
    name: str = ""
    """What its receipt and its texts' sources call it; empty: its own name."""
    format_name: str | None = None
    """None: the format that its content fits."""
    encoding: str | None = None
    """A codec of Python's; None: UTF-8, or what its byte order mark says."""
    offsets: Reading | None = None
    """What its offsets count; None: as its content says."""
    overlaps: OverlapRule = OverlapRule.LONGEST
    gaps: GapRule = GapRule.PARTS
    """What is taken of spans that have a gap."""
    mismatches: MismatchRule | None = None
    """What becomes of spans that are elsewhere than their words; None: nobody has decided, their offsets are taken."""
    outside: OutsideRule = OutsideRule.REFUSE
    """What becomes of spans outside their texts."""
    columns: Columns | None = None
    """Which columns of a table are what; None: as its content says."""
    whole_texts: bool = False
    """Whether plain text is one text rather than a text a line, if nobody chooses: so in a folder of texts."""

    def source(self) -> Source:
        """The file, to be read."""
        return Source(self.path, self.name, self.encoding)

    def reader(self) -> Reader:
        """The reader of the format that was chosen, or that the content fits.

        Raises:
            UserError: the path is missing, no file, empty, not readable, or in no known format.
        """
        named = reader_named(self.format_name) if self.format_name is not None else None
        reader = _reader(self.path, named, self.encoding)
        if isinstance(reader, TableReader) and self.columns is not None:
            return reader.with_columns(self.columns)
        if isinstance(reader, GapReader):
            return reader.with_gaps(self.gaps)
        return reader_named("txt-file") if named is None and self.whole_texts and reader.name == "txt" else reader


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is not read, by its name for the receipt, and why, as a sentence."""

    name: str
    sentence: str


@dataclass(slots=True)
class Import:
    """Files that were looked at and are about to be read."""

    files: tuple[tuple[FileChoice, Reader], ...]
    labels: LabelNames = field(default_factory=dict)
    decided: Mapping[Path, Mapping[ConflictKey, Spans]] = field(default_factory=dict)
    """What was decided about overlaps, by file."""
    unread: tuple[Unread, ...] = ()
    """Files that were to be read and are not; each has a receipt that says so."""
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
        for choice, reader in self.files:
            source = choice.source()
            decided = decided_for(self.labels, self.decided.get(choice.path, {}))
            receipt = Receipt(
                source.name,
                reader.title,
                overlaps=Overlaps(choice.overlaps, decided),
                mismatches=Mismatches(choice.mismatches, choice.outside),
                label_names=self.labels,
            )
            self.receipts.append(receipt)
            try:
                for annotated in reader.read(source, receipt, choice.offsets):
                    receipt.note_text(annotated)
                    yield annotated
            except OSError as error:
                raise unreadable(choice.path, error) from error
            receipt.note_end()
            receipt.encoding = source.encoding_read
        self.receipts += [Receipt(one.name, "", unread=one.sentence) for one in self.unread]

    def examples(self) -> dict[str, list[str]]:
        """Words that the files, which are all read, say are likely to be of a label, by label."""
        found: dict[str, list[str]] = {}
        for receipt in self.receipts:
            for label, words in receipt.examples.items():
                name = self.labels.get(label, label)
                if name is not None:  # else it is left out on purpose
                    found.setdefault(name, []).extend(words)
        return found


def read_files(
    paths: Iterable[Path],
    format_name: str | None = None,
    offsets: Reading | None = None,
    text_column: str | None = None,
) -> Import:
    """Look at the files and choose a reader for each: the one named, or the one that their content fits.

    ``offsets`` is what their offsets count, ``text_column`` the column of a table that the texts are in; without them,
    the content of each file decides. Nothing is kept before :meth:`Import.texts` is walked through.

    Raises:
        UserError: a path is missing, no file, empty, not readable, in no known format, or has no such column.
    """
    return read_alike(paths, FileChoice(Path(), format_name=format_name, offsets=offsets), text_column)


def read_alike(paths: Iterable[Path], decided: FileChoice, text_column: str | None = None) -> Import:
    """Do as :func:`read_files` does, with all that was ``decided`` about each of the files but its path."""
    choices = [replace(decided, path=path) for path in paths]
    if text_column is not None:
        choices = [_with_text_column(choice, text_column) for choice in choices]
    return Import(tuple((choice, choice.reader()) for choice in choices))


def _with_text_column(choice: FileChoice, name: str) -> FileChoice:
    reader, source = choice.reader(), choice.source()
    if not isinstance(reader, TableReader):
        raise UserError(
            f"{source.name} was taken for {reader.title}, which has no columns to choose from. "
            "Import it without a text column, or name the format of a table."
        )
    try:
        columns = reader.with_text_in(source, name)
    except OSError as error:
        raise unreadable(choice.path, error) from error
    return replace(choice, format_name=reader.name, columns=columns)


def unreadable(path: Path, error: Exception) -> UserError:
    """The error of a file that the operating system does not let one read."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UserError(f"{path} cannot be read: {reason}. Check that you may open it, then import it again.")


def _reader(path: Path, named: Reader | None, encoding: str | None) -> Reader:
    try:
        if path.is_dir():
            return _reader_of_folder(path, named)
        if not path.exists():
            raise UserError(f"{path} does not exist. Check its name, or whether it was moved.")
        if not path.is_file():
            raise UserError(f"{path} is not a file that can be imported. Choose a file that holds texts.")
        if path.stat().st_size == 0:
            raise UserError(f"{path} is empty. Choose a file that holds texts.")
        return named or recognise(path, encoding)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def _reader_of_folder(path: Path, named: Reader | None) -> Reader:
    reader = named or next((each for each in readers() if each.reads_folder(path)), None)
    if reader is None or not reader.reads_folder(path):
        raise UserError(f"{path} is a folder. Choose the files in it that hold your texts.")
    return reader
