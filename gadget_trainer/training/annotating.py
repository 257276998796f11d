"""Files of texts annotated by a pipeline: read one after the other, predicted in batches, handed on as they come.

How a file is read and where an annotated text goes is handed in, so nothing here knows a file format but spaCy's own.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import BinaryIO, Protocol

from spacy.tokens import Doc, DocBin

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.training.annotated import Annotating, SkippedFile
from gadget_trainer.training.found import Found
from gadget_trainer.training.predict import Predictor

_TEXTS_BETWEEN = 16
"""Texts between two records, so that the one who asks for them can stop soon."""


class Outlet(Protocol):
    """Where annotated texts go."""

    def add(self, text: AnnotatedText, docs: Sequence[Doc], found: Found) -> None:
        """Take a text, the documents that it was read as, which are put together to it, and what was found in it."""

    def end(self) -> None:
        """There are no more."""


class DocBinOutlet:
    """Writes documents as spaCy's own file, with the pipeline's tokens, when the last one has come."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])

    def add(self, text: AnnotatedText, docs: Sequence[Doc], found: Found) -> None:  # noqa: ARG002 - the documents hold it
        """Keep the text as one document."""
        joined = docs[0] if len(docs) == 1 else Doc.from_docs(list(docs), ensure_whitespace=False)
        if joined is not None and len(joined):
            if len(docs) > 1:
                joined.cats = dict(found.probabilities)  # which spaCy does not put together
            self._docs.add(joined)

    def end(self) -> None:
        """Write the file. Raises UserError when it grows too large for the format."""
        try:
            self._stream.write(self._docs.to_bytes())
        except ValueError as error:
            raise UserError("There are too many texts for one .spacy file. Choose a JSONL file instead.") from error


class TextFiles:
    """The texts of files, one after the other. A file that can't be read to its end is noted, and the next comes."""

    def __init__(self, files: Sequence[Path], read: Callable[[Path], Iterator[AnnotatedText]]) -> None:
        """``read`` raises UserError for a file that it can't read."""
        self._files = files
        self._read = read
        self._bytes = sum(_size(path) for path in files)
        self._bytes_behind = 0
        self._code_points = 0
        self.skipped: list[SkippedFile] = []

    def __iter__(self) -> Iterator[AnnotatedText]:
        """Draw the texts; to be walked through once."""
        for path in self._files:
            try:
                for text in self._read(path):
                    self._code_points += len(text.text)
                    yield text
            except UserError as error:
                self.skipped.append(SkippedFile(path, str(error)))
            self._bytes_behind += _size(path)
            self._code_points = 0

    @property
    def fraction(self) -> float:
        """About how much has been drawn, 0 to 1: a file in work counts by its texts' code points."""
        return min((self._bytes_behind + self._code_points) / max(self._bytes, 1), 1.0)


def annotate(predictor: Predictor, files: TextFiles, outlet: Outlet) -> Generator[Annotating, None, Annotating]:
    """Hand the texts of ``files`` with what ``predictor`` finds to ``outlet``; returns what it came to.

    Stop by not asking for the next record. Raises UserError when no file gave a text.
    """
    started = perf_counter()
    texts = spans = words = 0
    waiting: deque[AnnotatedText] = deque()

    def report() -> Annotating:
        return Annotating(texts, spans, words, perf_counter() - started, files.fraction, tuple(files.skipped))

    yield report()
    for docs in predictor.documents(_noted(files, waiting)):
        outlet.add(waiting.popleft(), docs, predictor.found_in(docs))
        texts += 1
        spans += sum(len(doc.ents) for doc in docs)
        words += sum(map(len, docs))
        if texts % _TEXTS_BETWEEN == 0:
            yield report()
    if not texts:
        reason = f" {files.skipped[0].reason}" if files.skipped else ""
        raise UserError(f"There is no text to annotate, so nothing was written.{reason}")
    outlet.end()
    return report()


def _noted(files: TextFiles, waiting: deque[AnnotatedText]) -> Iterator[str]:
    """The strings of the texts; the texts themselves are put aside until their documents come back."""
    for text in files:
        waiting.append(text)
        yield text.text


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
