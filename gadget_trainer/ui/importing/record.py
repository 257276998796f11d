"""An import that was made: its receipts as rows to look through, and where the texts and lines are. No Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.excerpt import excerpt
from gadget_trainer.formats.notes import Notes, counted
from gadget_trainer.formats.reading import FileChoice
from gadget_trainer.formats.receipt import Receipt, summary_of

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """What became of the files of an import."""

    title: str
    receipts: tuple[Receipt, ...]
    choices: tuple[FileChoice, ...]
    """The files that were read, in the order of their receipts, which come first."""
    last_id: int
    """The id of the last text; the others have those before it."""

    @property
    def first_id(self) -> int:
        """The id of the first text."""
        return self.last_id - sum(one.texts_read for one in self.receipts) + 1

    def summary(self) -> str:
        """What the notice says."""
        return summary_of(self.receipts)

    def lines(self) -> list[str]:
        """All of it, fit to be saved as a text file."""
        return [line for receipt in self.receipts for line in (*receipt.lines(), "")]

    def texts_of(self, file: int) -> range:
        """The ids that the texts of a file were given."""
        first = self.first_id + sum(one.texts_read for one in self.receipts[:file])
        return range(first, first + self.receipts[file].texts_read)


@dataclass(slots=True)
class ReceiptRow:
    """A line of the receipt, what is below it, and which places of which file it is about."""

    words: str
    file: int
    where: str = ""
    places: tuple[str, ...] = ()
    all_texts: bool = False
    """Whether it is about all texts of the file."""
    below: "list[ReceiptRow]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """What a row of the receipt leads to."""

    row: ReceiptRow
    text_ids: tuple[int, ...]
    """The texts that are in the project."""
    text: AnnotatedText | None = None
    """The first of them."""
    excerpt: str = ""
    """The line or record of the file, where no text came of it."""
    where: str = ""
    """The place that the excerpt is of."""


def receipt_rows(record: ImportRecord) -> list[ReceiptRow]:
    """A row a file, with the rest below it."""
    return [_file_row(number, receipt) for number, receipt in enumerate(record.receipts)]


def look_up(project: "Project", record: ImportRecord, row: ReceiptRow) -> Iterator[object]:
    """Yield the :class:`Place` that a row leads to; a thread's work."""
    ids = _text_ids(project, record, row)
    text = next(iter(project.read.texts(ids[:1])), None) if ids else None
    if text is not None:
        yield Place(row, tuple(ids), text)
    else:
        where = row.places[0] if row.places else ""
        yield Place(row, (), excerpt=_excerpt(record, row.file, where), where=where)


def _text_ids(project: "Project", record: ImportRecord, row: ReceiptRow) -> Sequence[int]:
    """The texts of the file, or those of them that came from the places of the row.

    Some formats name the line of a span, and their texts only the file; some notes are about the whole file.
    """
    whole = record.texts_of(row.file)
    if row.all_texts or not whole:
        return whole
    sources = {*row.places, *(place.rpartition(":")[0] for place in row.places)}
    ids = project.read.texts_from(sources, whole[0], whole[-1]) if row.places else ()
    return ids or (whole if record.receipts[row.file].file in row.places else ())


def _excerpt(record: ImportRecord, file: int, where: str) -> str:
    if not where or file >= len(record.choices):
        return ""
    try:
        return excerpt(record.choices[file], where)
    except (UserError, OSError):  # the file is gone or was changed since: there is nothing to show
        return ""


def _file_row(file: int, receipt: Receipt) -> ReceiptRow:
    whole = ReceiptRow(receipt.summary(), file, all_texts=not receipt.unread)
    if receipt.unread:
        whole.below.append(ReceiptRow(receipt.unread, file))
        return whole
    facts = [f"Format: {receipt.format_title}"]
    facts += [f"Encoding: {receipt.encoding}"] if receipt.encoding else []
    facts += [f"Offsets: {receipt.offsets.phrase}; {receipt.offsets_reason}"] if receipt.offsets is not None else []
    whole.below += [ReceiptRow(fact, file, all_texts=True) for fact in facts]
    whole.below.append(ReceiptRow(f"Texts read: {receipt.texts_read:,}", file, all_texts=True))
    whole.below += [ReceiptRow(words, file, all_texts=True) for words in receipt.span_counts()]
    if receipt.categories_kept:
        whole.below.append(ReceiptRow(f"Categories chosen: {receipt.categories_kept:,}", file, all_texts=True))
    for heading, notes in (
        ("Spans repaired", receipt.spans_repaired),
        ("Spans lost", receipt.spans_lost),
        ("Spans left out", receipt.spans_left_out),
        ("Labels renamed", receipt.labels_changed),
        ("Categories lost", receipt.categories_lost),
        ("Records without a usable text", receipt.texts_skipped),
        ("Worth a look", receipt.remarks),
    ):
        if notes.count:
            whole.below.append(_notes_row(heading, notes, file))
    if receipt.fields_dropped:
        counts = receipt.fields_dropped.most_common()
        below = [_field_row(receipt, name, number, file) for name, number in counts]
        unknown = any(row.all_texts for row in below)
        whole.below.append(ReceiptRow("Not kept", file, places=_united(below), all_texts=unknown, below=below))
    return whole


def _field_row(receipt: Receipt, name: str, number: int, file: int) -> ReceiptRow:
    """Where a format does not say which texts had the field, the row is about all of the file."""
    places = tuple(dict.fromkeys(receipt.field_places.get(name, ())))
    return ReceiptRow(f"{name}: {number:,} times", file, places=places, all_texts=not places)


def _notes_row(heading: str, notes: Notes, file: int) -> ReceiptRow:
    by_reason: dict[str, list[ReceiptRow]] = {reason: [] for reason, _number in notes.reasons.most_common()}
    for note in notes.first:
        reason = next((one for one in by_reason if note.message == one or note.message.endswith(f": {one}")), "")
        words = note.message.removesuffix(reason).removesuffix(": ") or reason
        by_reason.setdefault(reason, []).append(ReceiptRow(words, file, note.where, (note.source,)))
    below: list[ReceiptRow] = []
    for reason, rows in by_reason.items():
        more = notes.reasons[reason] - len(rows)
        rest = [ReceiptRow(f"… and {more:,} more, counted above", file)] if more > 0 else []
        places = _united(rows)
        below.append(ReceiptRow(f"{notes.reasons[reason]:,} × {reason}", file, places=places, below=[*rows, *rest]))
    return ReceiptRow(f"{heading}: {notes.count:,}", file, places=_united(below), below=below)


def _united(rows: Sequence[ReceiptRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for row in rows for place in row.places))


def shown_words(place: Place) -> str:
    """What the button says that leads to the texts."""
    return "Show this text" if len(place.text_ids) == 1 else f"Show these {counted(len(place.text_ids), 'text')}"
