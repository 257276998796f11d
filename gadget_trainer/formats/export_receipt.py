"""What was written to a file, and what its format could not hold."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.notes import Notes, as_sentence, count_lines, counted, losses_in_words


@dataclass(slots=True)
class ExportReceipt:
    """What was written to one file, and what its format could not hold.

    The places of its notes are texts by their id in the project: ``text 12``.
    """

    file: str
    format_title: str
    texts_written: int = 0
    spans_written: int = 0
    texts_left_out: Notes = field(default_factory=Notes)
    spans_lost: Notes = field(default_factory=Notes)
    not_held: Counter[str] = field(default_factory=Counter)
    """What the texts have beside their spans and the format has no place for, with how many texts have it."""

    def place(self, annotated: AnnotatedText, number: int) -> str:
        """Where a note is about a text: its id in the project, or its number among those handed over."""
        return f"text {annotated.id or number}"

    def count_written(
        self, annotated: AnnotatedText, spans: int, kept_meta: Iterable[str] = (), *, categories: bool = False
    ) -> None:
        """Count a text that was written with so many of its spans, without its flag, its note and its metadata.

        ``kept_meta`` are the keys of the metadata that were written; ``categories`` says whether its categories were.
        """
        self.texts_written += 1
        self.spans_written += spans
        if annotated.flagged:
            self.not_held["flags"] += 1
        if annotated.note:
            self.not_held["notes"] += 1
        if annotated.categories and not categories:
            self.not_held["categories"] += 1
        missing = annotated.meta.keys() - set(kept_meta)
        if annotated.refused or "refused" in missing:
            self.not_held["refused spans"] += 1
        if missing - {"refused"}:
            self.not_held["metadata"] += 1

    def count_unknown(self, annotated: AnnotatedText) -> None:
        """Count a text of which the file will say more than is known: that what is no span is no entity."""
        if annotated.spans and not annotated.complete:
            self.not_held["that words outside the spans are unknown"] += 1

    def count_state(self, annotated: AnnotatedText) -> None:
        """Count a text whose state the file does not say, where it is not to be guessed.

        With spans or with categories, it is done.
        """
        if (annotated.state is TextState.DONE) != bool(annotated.spans or annotated.categories):
            self.not_held["whether the text is done"] += 1

    def summary(self) -> str:
        """One sentence: "Wrote 400 texts with 231 spans to train.spacy; 12 texts left out, 3 spans lost."."""
        losses = losses_in_words(0, self.spans_lost.count)
        if self.texts_left_out.count:
            losses.insert(0, f"{counted(self.texts_left_out.count, 'text')} left out")
        what = f"{counted(self.texts_written, 'text')} with {counted(self.spans_written, 'span')}"
        return as_sentence(f"Wrote {what} to {self.file}", losses)

    def lines(self) -> list[str]:
        """The whole report, a line an entry, fit to be saved as a text file."""
        return [
            self.summary(),
            f"Format: {self.format_title}",
            *self.texts_left_out.lines("Texts left out"),
            *self.spans_lost.lines("Spans lost"),
            *count_lines("What this format cannot hold", self.not_held),
        ]

    def to_json(self) -> dict[str, object]:
        """A dict for ``json.dumps``, with every count and the notes that were kept."""
        return {
            "file": self.file,
            "format": self.format_title,
            "summary": self.summary(),
            "texts_written": self.texts_written,
            "spans_written": self.spans_written,
            "texts_left_out": self.texts_left_out.to_json(),
            "spans_lost": self.spans_lost.to_json(),
            "not_held": dict(self.not_held),
        }
