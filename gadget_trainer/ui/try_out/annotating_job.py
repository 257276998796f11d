"""A folder of texts annotated into one file, in a thread: which files, how they are read, and where it all goes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.training.annotated import Annotating
from gadget_trainer.training.importing import import_spacy
from gadget_trainer.training.progress import duration

if TYPE_CHECKING:  # spaCy takes longer to import than the window to paint
    from spacy.tokens import Doc

    from gadget_trainer.training.found import Found

TEXT_SUFFIXES = (".txt", ".jsonl", ".ndjson")
"""What is taken from a folder."""
_DOC_BIN = ".spacy"
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class AnnotatedFile:
    """A file was written: which, and what is in it."""

    target: Path
    total: Annotating

    @property
    def words(self) -> int:
        """Tokens that were read."""
        return self.total.words

    @property
    def seconds(self) -> float:
        """What reading, predicting and writing took, without the loading of the pipeline."""
        return self.total.seconds


def annotate_files(model: str, files: Sequence[Path], target: Path) -> Iterator[object]:
    """Annotate the texts of ``files`` with the pipeline ``model`` into ``target``.

    Yields Annotating records and at the end an AnnotatedFile. A ``.txt`` file is one text, other files hold what their
    format says. ``target`` is Prodigy JSONL (with the categories' probabilities as ``cats``), or a
    DocBin when it ends in ``.spacy``; it is there when all of it is,
    else what was there before still is. Raises UserError.
    """
    from gadget_trainer.formats.writing import new_file

    import_spacy()
    from gadget_trainer.training.annotating import DocBinOutlet, TextFiles, annotate  # spaCy is there by now
    from gadget_trainer.training.predict import Predictor

    if target.suffix.lower() not in (_DOC_BIN, ".jsonl"):
        raise UserError(f"“{target.name}” can't be written: choose a name that ends in .jsonl or .spacy.")
    predictor = Predictor(model)
    with new_file(target) as stream:
        outlet = DocBinOutlet(stream) if target.suffix.lower() == _DOC_BIN else _JsonlOutlet(stream)
        total = yield from annotate(predictor, TextFiles(files, _read), outlet)
    yield AnnotatedFile(target, total)


def files_of(source: str, target: Path) -> list[Path]:
    """The files that a person means by a folder, a file, or several files in double quotes; never ``target``.

    Of a folder those that hold texts, in the order of their names, hidden ones left out. Raises UserError when there
    are none.
    """
    names = _QUOTED.findall(source) or [source.strip()]
    if not names[0]:
        raise UserError("Choose a folder with texts first.")
    places = [Path(name).expanduser() for name in names]
    for place in places:
        if not place.exists():
            raise UserError(f"“{place}” does not exist. Choose a folder with texts, or text files.")
    found = [path for place in places for path in (sorted(_texts_in(place)) if place.is_dir() else [place])]
    files = [path for path in found if path.resolve() != target.resolve()]
    if not files:
        raise UserError(f"There is no text in “{source.strip()}”. Files that end in .txt or .jsonl are annotated.")
    return files


def result_sentence(done: AnnotatedFile) -> str:
    """What was annotated, how fast, and what was skipped."""
    total = done.total
    texts = f"{total.texts:,} text{'s' if total.texts > 1 else ''}"
    entities = f"{total.spans:,} entit{'y' if total.spans == 1 else 'ies'}"
    speed = f"{total.words / max(total.seconds, 1e-6):,.0f} words a second"
    said = f"Annotated {texts} with {entities} in {duration(total.seconds)} ({speed}). They are in {done.target}."
    if total.skipped:
        number = len(total.skipped)
        first = total.skipped[0].reason
        files = f"{number:,} files were" if number > 1 else "1 file was"
        said += f" {files} skipped, or not read to the end: {first}"
        said += f" And {number - 1:,} more." if number > 1 else ""
    return said


class _JsonlOutlet:
    """Writes each text as a row, to do: nobody has looked at what the pipeline found."""

    def __init__(self, stream: BinaryIO) -> None:
        from gadget_trainer.formats.export_receipt import ExportReceipt
        from gadget_trainer.formats.format import TokenRules
        from gadget_trainer.formats.jsonl import FORMAT

        self._stream = stream
        self._format = FORMAT
        self._receipt = ExportReceipt("", "")
        self._rules = TokenRules()

    def add(self, text: AnnotatedText, docs: "Sequence[Doc]", found: "Found") -> None:  # noqa: ARG002 - spaCy's
        meta = dict(text.meta)
        if found.probabilities:
            meta["cats"] = {name: round(value, 4) for name, value in found.probabilities.items()}
        row = AnnotatedText(text.text, found.spans, source=text.source, meta=meta, categories=found.categories)
        self._format.write(self._stream, [row], self._receipt, self._rules)

    def end(self) -> None:
        pass


def _read(path: Path) -> Iterator[AnnotatedText]:
    from gadget_trainer.formats.reading import read_files

    whole = path.suffix.lower() == ".txt"
    yield from read_files([path], "txt-file" if whole else None).texts()


def _texts_in(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.suffix.lower() in TEXT_SUFFIXES and not path.name.startswith(".") and path.is_file():
            yield path
