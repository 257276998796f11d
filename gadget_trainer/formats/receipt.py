"""What became of every text and every span of a file that was read: nothing is dropped that is not counted here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.mismatches import Mismatches
from gadget_trainer.formats.notes import KEPT_NOTES, Notes, as_sentence, count_lines, counted, losses_in_words
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.overlaps import LabelNames, Overlaps
from gadget_trainer.formats.repeated_texts import RepeatedTexts

_FEW = 3
"""Files that are summed up one by one."""


@dataclass(slots=True)
class Receipt:
    """What was read from one file. It fills while the texts are drawn and is complete after the last one.

    The spans of a file are those of the records that gave a text: of several annotations of a text, those of the one
    that was taken. Each is counted once: it came in exactly, or it was repaired, lost, or left out on purpose. Exact
    is a span that covers just what the file says, whatever unit its offsets are counted in there and whatever its
    label is called here. Repaired is one that was trimmed, and one that another had made already, so that the two
    were merged.
    """

    file: str
    format_title: str
    texts_read: int = 0
    spans_kept: int = 0
    """Spans that the texts have, repaired ones included."""
    spans_refused: int = 0
    """Spans that are known to be wrong, and are kept as such."""
    spans_merged: int = 0
    """Those of the repaired spans of which nothing is left but another one that is the same."""
    texts_skipped: Notes = field(default_factory=Notes)
    """Records that gave no text. A text that comes in with the state "skipped" is not among them."""
    spans_repaired: Notes = field(default_factory=Notes)
    spans_lost: Notes = field(default_factory=Notes)
    categories_kept: int = 0
    """Categories that the texts have: two of a text count twice."""
    categories_lost: Notes = field(default_factory=Notes)
    remarks: Notes = field(default_factory=Notes)
    """What was kept as it stands in the file, but is worth a look."""
    fields_dropped: Counter[str] = field(default_factory=Counter)
    """Fields that a text of the project has no room for, with how often they occurred."""
    field_places: dict[str, list[str]] = field(default_factory=dict)
    """The first places of such a field, where they are known."""
    examples: dict[str, dict[str, None]] = field(default_factory=dict)
    """Words that the file says are likely to be of a label, by label, in their order."""
    encoding: str = ""
    """What the file's characters are encoded in, such as ``UTF-8``; empty where it is no text."""
    offsets: Reading | None = None
    """What the offsets were taken to count; None where the format has none."""
    offsets_reason: str = ""
    offsets_assumed: bool = False
    """Whether the file leaves open what its offsets count, so that the person should look, and may choose."""
    overlaps: Overlaps = field(default_factory=Overlaps)
    """How spans that overlap are settled."""
    gaps: int = 0
    """Spans that have a gap, whatever becomes of them."""
    further_parts: int = 0
    """Parts of those, beside the first of each, which are counted as spans."""
    mismatches: Mismatches = field(default_factory=Mismatches)
    """How spans that do not fit their text are settled."""
    label_names: LabelNames = field(default_factory=dict)
    """What the file's labels, without the spaces around them, are to be called."""
    labels_changed: Notes = field(default_factory=Notes)
    """Spans whose labels got another name."""
    spans_left_out: Notes = field(default_factory=Notes)
    """Spans whose labels are left out on purpose. The texts are no less complete for the others."""
    unread: str = ""
    """Why the file was not read, as a sentence; empty where it was."""
    _left_out_at: str | None = None
    _repeated: RepeatedTexts = field(default_factory=RepeatedTexts)

    @property
    def spans_exact(self) -> int:
        """Spans that came in as the file has them, refused ones included."""
        return self.spans_kept + self.spans_refused - (self.spans_repaired.count - self.spans_merged)

    @property
    def spans_in_file(self) -> int:
        """All of them: the exact, the repaired and the lost ones, and those that were left out on purpose."""
        return self.spans_exact + self.spans_repaired.count + self.spans_lost.count + self.spans_left_out.count

    def note_text(self, annotated: AnnotatedText) -> None:
        """Count a text that was read, with its spans and categories."""
        self.texts_read += 1
        if annotated.spans:  # most texts of a million have none of these
            self.spans_kept += len(annotated.spans)
            self._repeated.take(annotated)
        if annotated.refused:
            self.spans_refused += len(annotated.refused)
        if annotated.categories:
            self.categories_kept += len(annotated.categories)

    def note_end(self) -> None:
        """Remark on what is only known when all texts are noted."""
        reason = "the text is in the file more than once, with other spans"
        for numbers in self._repeated.found():
            places = [f"{self.file}:{number}" if number else self.file for number in numbers]
            self.remarks.add(places[1], reason, " and ".join(dict.fromkeys(places)))

    def note_merged(self, where: str, reason: str, detail: str, source: str = "") -> None:
        """Note a span that is the same as one that the text has already, which came from ``source`` or there too."""
        self.spans_merged += 1
        self.spans_repaired.add(where, reason, detail, source)

    def drop_field(self, where: str, name: str) -> None:
        """Count a field that is not kept, at that place."""
        self.fields_dropped[name] += 1
        places = self.field_places.setdefault(name, [])
        if len(places) < KEPT_NOTES:
            places.append(where)

    def note_left_out(self, where: str, detail: str, source: str) -> None:
        """Note a span whose label is left out on purpose, of the text that came from ``source``."""
        self.spans_left_out.add(where, "its label was left out on purpose", detail, source)
        self._left_out_at = source

    def had_spans(self, spans: Sequence[Span], where: str) -> bool:
        """Whether a text that was read just now has spans, or had some before labels were left out."""
        return bool(spans) or self._left_out_at == where

    def name_of(self, label: str) -> str | None:
        """What the project calls a label of the file, which has no spaces around it there; None: it is left out."""
        name = label.strip()
        return self.label_names.get(name, name)

    def _offsets_lines(self) -> list[str]:
        if self.offsets is None:
            return []
        look = "  Look whether the spans are where they should be; if not, import it again, and choose another unit."
        line = f"Offsets: {self.offsets.phrase}; {self.offsets_reason}"
        return [line, look] if self.offsets_assumed else [line]

    def span_counts(self) -> list[str]:
        """How many spans the file has, and how many of them are exact; nothing where it has none."""
        if not self.spans_in_file:
            return []
        refused = f", of which {self.spans_refused:,} as refused" if self.spans_refused else ""
        parts = f", each part of one with a gap counted ({self.further_parts:,} more)" if self.further_parts else ""
        return [f"Spans in the file: {self.spans_in_file:,}{parts}", f"Spans exact: {self.spans_exact:,}{refused}"]

    def summary(self) -> str:
        """One sentence: "Read 949 texts with 1,904 spans from food_data.jsonl; 3 spans repaired, 1 lost."."""
        if self.unread:
            return f"{self.file} was not read."
        losses = losses_in_words(self.spans_repaired.count, self.spans_lost.count)
        if self.spans_left_out.count:
            losses.append(f"{self.spans_left_out.count:,} left out on purpose")
        if self.texts_skipped.count:
            losses.insert(0, f"{counted(self.texts_skipped.count, 'record')} without a usable text")
        if self.categories_lost.count:
            losses.append(f"{self.categories_lost.count:,} of the categories lost")
        if self.remarks.count:
            losses.append(f"{self.remarks.count:,} worth a look")
        what = f"{counted(self.texts_read, 'text')} with {counted(self.spans_kept, 'span')}"
        if self.examples and not self.texts_read:
            words = sum(map(len, self.examples.values()))
            what = f"{counted(words, 'example')} of {counted(len(self.examples), 'label')}"
        if self.categories_kept:
            what += f" and {counted(self.categories_kept, 'choice')} of a category"
        return as_sentence(f"Read {what} from {self.file}", losses)

    def lines(self) -> list[str]:
        """The whole report, a line an entry, fit to be saved as a text file."""
        if self.unread:
            return [self.summary(), f"  {self.unread}"]
        return [
            self.summary(),
            f"Format: {self.format_title}",
            *([f"Encoding: {self.encoding}"] if self.encoding else []),
            *self._offsets_lines(),
            *self.texts_skipped.lines("Records without a usable text"),
            *self.span_counts(),
            *self.spans_repaired.lines("Spans repaired"),
            *self.spans_lost.lines("Spans lost"),
            *self.spans_left_out.lines("Spans left out"),
            *self.categories_lost.lines("Categories lost"),
            *self.remarks.lines("Worth a look"),
            *count_lines("Labels renamed", self.labels_changed.reasons),
            *count_lines("Fields that are not kept", self.fields_dropped),
        ]

    def to_json(self) -> dict[str, object]:
        """A dict for ``json.dumps``, with every count and the notes that were kept."""
        return {
            "file": self.file,
            "format": self.format_title,
            "summary": self.summary(),
            "texts_read": self.texts_read,
            "spans_in_file": self.spans_in_file,
            "spans_exact": self.spans_exact,
            "spans_kept": self.spans_kept,
            "spans_refused": self.spans_refused,
            "texts_skipped": self.texts_skipped.to_json(),
            "spans_repaired": self.spans_repaired.to_json(),
            "spans_lost": self.spans_lost.to_json(),
            "categories_kept": self.categories_kept,
            "categories_lost": self.categories_lost.to_json(),
            "remarks": self.remarks.to_json(),
            "examples": {label: list(words) for label, words in self.examples.items()},
            "encoding": self.encoding,
            "offsets": self.offsets,
            "offsets_reason": self.offsets_reason,
            "offsets_assumed": self.offsets_assumed,
            "labels_changed": dict(self.labels_changed.reasons),
            "spans_left_out": self.spans_left_out.to_json(),
            "unread": self.unread,
            "fields_dropped": dict(self.fields_dropped),
        }


def summary_of(receipts: Sequence[Receipt]) -> str:
    """The sentences of a few files, or one sentence about many."""
    if len(receipts) <= _FEW:
        return " ".join(receipt.summary() for receipt in receipts)
    read = [one for one in receipts if not one.unread]
    losses = losses_in_words(sum(one.spans_repaired.count for one in read), sum(one.spans_lost.count for one in read))
    skipped, unread = sum(one.texts_skipped.count for one in read), len(receipts) - len(read)
    losses += [f"{counted(skipped, 'record')} without a usable text"] if skipped else []
    losses += [f"{counted(unread, 'file')} not read"] if unread else []
    texts, spans = sum(one.texts_read for one in read), sum(one.spans_kept for one in read)
    return as_sentence(f"Read {counted(texts, 'text')} with {counted(spans, 'span')} from {len(read):,} files", losses)
