"""The small interface that every file format implements, to be read, written, or both.

A format is one module of this package with an instance under the name ``FORMAT``; the registry finds it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO, ClassVar

from gadget_trainer.corpus.records import AnnotatedText, Pieces
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source


class Fit(IntEnum):
    """How well the beginning of a file fits a format; the best fit is taken."""

    NO = 0
    ANY_TEXT = 1
    """Readable as plain text, as nearly everything is."""
    SHAPE = 2
    """The outer shape is right, but nothing in the sample proves the format."""
    LIKELY = 3
    """It holds texts and spans in a shape that no tool is known for."""
    CERTAIN = 4


class Format(ABC):
    """What the command line and the file dialogs know of a format."""

    name: ClassVar[str]
    """For the command line: ``jsonl``."""
    title: ClassVar[str]
    """For people: ``Prodigy JSONL``."""
    suffixes: ClassVar[tuple[str, ...]]
    """Usual endings of its files, with the dot, the first of them for new files."""


class Reader(Format):
    """A format that can be imported."""

    @abstractmethod
    def recognises(self, sample: Sample) -> Fit:
        """How well the sample fits, judged by its content."""

    def reads_folder(self, folder: Path) -> bool:
        """Whether a whole folder is one thing to this format, as with files that belong together, and this one is."""
        return False

    def files_of(self, folder: Path) -> Iterable[Path]:
        """The files that are read with such a folder, so that they are not read by themselves as well."""
        return ()

    @abstractmethod
    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield the texts one by one, with id 0 and their source, and note what is repaired, lost or skipped.

        ``offsets`` is what the person says that the file's offsets count; formats without offsets ignore it.
        ``texts_read``, ``spans_kept`` and ``spans_refused`` are counted by the caller.

        Raises:
            UserError: the file is not of this format or not readable to its end.
        """


@dataclass(frozen=True, slots=True)
class TokenRules:
    """How texts are cut into tokens, for the formats whose spans are made of them."""

    language: str = "en"
    """A spaCy language code."""
    splits: tuple[Pieces, ...] = ()
    """Words that are always split, as the pieces of each."""


class Target(Format):
    """A format that can be exported, to a file, a folder, or either."""

    limits: ClassVar[str] = ""
    """A sentence that says what of a project the format has no place for; empty where it holds everything."""
    by_ending: ClassVar[bool] = True
    """Whether a file with one of its endings is meant to be in this format, if nobody says more."""


class Writer(Target):
    """A format that is one file."""

    @abstractmethod
    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write the texts and count in the receipt what was written and what the format could not hold."""


class FolderWriter(Target):
    """A format of several files, which stand in a folder of their own."""

    own_files: ClassVar[tuple[str, ...]]
    """Patterns of the names that it writes: a folder with other files in it is not replaced."""

    @abstractmethod
    def write_folder(
        self, folder: Path, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Do as :meth:`Writer.write` does, into an empty folder."""
