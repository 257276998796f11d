"""What an import would bring, before anything is kept: each file's first texts at once, then the whole of it counted.

Nothing is drawn into memory but the first texts, so that a file of a million costs no more than one of a hundred.
"""

import time
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import OutsideError
from gadget_trainer.formats.encodings import Encoding, found_encoding
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.mismatches import Mismatch, Mismatches
from gadget_trainer.formats.offset_question import OffsetQuestion, offset_question
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.overlaps import Conflict, Overlaps
from gadget_trainer.formats.preview_notes import preview_notes
from gadget_trainer.formats.reading import FileChoice, unreadable
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.span_reader import SpanReader
from gadget_trainer.formats.tables import Columns, TableReader

SHOWN_TEXTS = 20
SHOWN_CONFLICTS = 500
SHOWN_MISMATCHES = 10
_SHOWN_ODD = 5
"""Texts beyond ASCII that are shown first where the encoding is a guess."""
_SHOWN_CODE_POINTS = 2_000
_SECONDS_BETWEEN = 0.2
_MOST_OPEN = 16
"""Files that stay open while the others are looked at first."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What is known of a file so far."""

    asked: FileChoice
    """The file as it was asked for."""
    choice: FileChoice
    """The file as it was read, with the format and the encoding that were found: to be imported just so."""
    format_title: str = ""
    encoding: Encoding | None = None
    """None where the file is no text, or cannot be read."""
    texts: int = 0
    spans: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    """How many spans each label has."""
    first: tuple[AnnotatedText, ...] = ()
    """Shortened where they are long."""
    notes: tuple[str, ...] = ()
    """What the receipt would say of losses, repairs and doubts."""
    conflicts: tuple[Conflict, ...] = ()
    """The first of the places where spans overlap."""
    conflict_count: int = 0
    gaps: int = 0
    """How many spans have a gap."""
    columns: Columns | None = None
    """Which columns are what, where the file is a table."""
    offsets: Reading | None = None
    """What the offsets are taken to count; None where the format has none."""
    question: OffsetQuestion | None = None
    """Where the file leaves open what its offsets count."""
    mismatches: tuple[Mismatch, ...] = ()
    """The first of the spans that do not fit their texts, but for those that lie outside without a word of theirs."""
    mismatch_count: int = 0
    outside_count: int = 0
    """Spans outside their texts; where one is a reason to refuse the file, it is one."""
    complete: bool = False
    """Whether the whole file was looked at."""
    problem: str = ""
    """Why it cannot be imported so, as a sentence."""


def look_at(files: Sequence[FileChoice]) -> Iterator[Glimpse]:
    """Yield a glimpse of each file in turn, and then again and again of those that were not read to their end."""
    waiting: list[Generator[Glimpse, None, None]] = []
    for asked in files:
        glimpses = _glimpses(asked)
        first = next(glimpses)
        yield first
        if first.complete:
            continue
        if len(waiting) >= _MOST_OPEN:
            glimpses.close()
            glimpses = _glimpses(asked)
        waiting.append(glimpses)
    for glimpses in waiting:
        yield from glimpses


def part_around(text: str, spans: Sequence[Span], start: int, end: int) -> tuple[str, tuple[Span, ...]]:
    """The part of a text around a range, with those of its spans that are wholly in it, moved; whole where short."""
    if len(text) <= _SHOWN_CODE_POINTS:
        return text, tuple(spans)
    room = max(_SHOWN_CODE_POINTS - (end - start), 0) // 2
    first = max(start - room, 0)
    last = min(max(end + room, first + _SHOWN_CODE_POINTS), len(text))
    before, after = "…" if first else "", "…" if last < len(text) else ""
    shift = len(before) - first
    within = (one for one in spans if first <= one.start and one.end <= last)
    moved = tuple(Span(one.start + shift, one.end + shift, one.label) for one in within)
    return f"{before}{text[first:last]}{after}", moved


def _glimpses(asked: FileChoice) -> Generator[Glimpse, None, None]:
    """The first texts, then what was counted so far, at last all; a glimpse with a problem ends it."""
    looking = _Looking(asked)
    try:
        yield from looking.glimpses()
    except (UserError, OSError) as error:
        problem = error if isinstance(error, UserError) else unreadable(asked.path, error)
        yield looking.last_glimpse(str(problem), is_outside=isinstance(error, OutsideError))


class _Looking:
    """Reads a file to its end and keeps what a glimpse shows."""

    def __init__(self, asked: FileChoice) -> None:
        self._asked = asked
        self._choice = asked
        self._reader: Reader | None = None
        self._encoding: Encoding | None = None
        self._receipt = Receipt("", "")
        self._columns: Columns | None = None
        self._labels = Counter[str]()
        self._categories = Counter[str]()
        self._spans = 0
        self._first: list[AnnotatedText] = []
        self._odd: list[AnnotatedText] = []
        self._conflicts: list[Conflict] = []
        self._conflict_count = 0
        self._mismatches: list[Mismatch] = []
        self._mismatch_count = 0
        self._outside_count = 0
        self._question: OffsetQuestion | None = None

    def glimpses(self) -> Iterator[Glimpse]:
        """The glimpses of a file that can be read. Raises UserError and OSError where it cannot."""
        self._encoding = _encoding_of(self._asked)
        chosen = self._encoding.codec if self._encoding.guessed else self._asked.encoding
        self._choice = replace(self._asked, encoding=chosen)
        self._reader = self._choice.reader()
        self._choice = replace(self._choice, format_name=self._reader.name)
        source = self._choice.source()
        self._receipt = Receipt(
            source.name,
            self._reader.title,
            overlaps=Overlaps(self._choice.overlaps, noted=self._note),
            mismatches=Mismatches(self._choice.mismatches, self._choice.outside, self._note_mismatch),
        )
        if isinstance(self._reader, TableReader):
            self._columns = self._choice.columns or self._reader.guess(source)
        last = time.monotonic()
        for annotated in self._reader.read(source, self._receipt, self._choice.offsets):
            self._take(annotated)
            now = time.monotonic()
            if self._receipt.texts_read == SHOWN_TEXTS or (
                self._receipt.texts_read > SHOWN_TEXTS and now - last >= _SECONDS_BETWEEN
            ):
                last = now
                self._ask()
                yield self.glimpse(complete=False)
        self._receipt.note_end()
        if not source.encoding_read:
            self._encoding = None
        self._ask()
        yield self.glimpse(complete=True)

    def last_glimpse(self, problem: str, *, is_outside: bool = False) -> Glimpse:
        """What is known of a file that cannot be read to its end; how its offsets are read may be why.

        ``is_outside`` says whether a span lies outside its text.
        """
        self._outside_count += is_outside
        with suppress(UserError, OSError):
            self._ask(because_of_a_problem=True)
        return self.glimpse(complete=True, problem=problem)

    def glimpse(self, *, complete: bool, problem: str = "") -> Glimpse:
        """What is known now."""
        receipt = self._receipt
        return Glimpse(
            self._asked,
            self._choice,
            format_title=self._reader.title if self._reader is not None else "",
            encoding=self._encoding,
            texts=receipt.texts_read,
            spans=self._spans,
            labels={**dict.fromkeys(receipt.examples, 0), **self._labels},
            first=(*self._odd, *(one for one in self._first if one not in self._odd)),
            notes=preview_notes(receipt, self._categories),
            columns=self._columns,
            conflicts=tuple(self._conflicts),
            conflict_count=self._conflict_count,
            gaps=receipt.gaps,
            mismatches=tuple(self._mismatches),
            mismatch_count=self._mismatch_count,
            outside_count=self._outside_count,
            offsets=receipt.offsets,
            question=self._question,
            complete=complete,
            problem=problem or ("" if receipt.texts_read or receipt.examples or not complete else _NOTHING),
        )

    def _take(self, annotated: AnnotatedText) -> None:
        self._receipt.note_text(annotated)
        self._spans += len(annotated.spans)
        self._labels.update(span.label for span in annotated.spans)
        self._labels.update(dict.fromkeys((span.label for span in annotated.refused), 0))
        self._categories.update(annotated.categories)
        if len(self._first) < SHOWN_TEXTS:
            self._first.append(_shortened(annotated))
        guessed = self._encoding is not None and self._encoding.guessed
        if guessed and len(self._odd) < _SHOWN_ODD and not annotated.text.isascii():
            self._odd.append(_shortened(annotated))

    def _note(self, conflict: Conflict) -> None:
        self._conflict_count += 1
        self._labels.update(dict.fromkeys((span.label for span in conflict.spans), 0))  # one may be chosen that is lost
        if len(self._conflicts) < SHOWN_CONFLICTS:
            self._conflicts.append(conflict)

    def _note_mismatch(self, mismatch: Mismatch) -> None:
        self._outside_count += mismatch.offsets is None
        if mismatch.words:
            self._mismatch_count += 1
            if len(self._mismatches) < SHOWN_MISMATCHES:
                self._mismatches.append(mismatch)

    def _ask(self, *, because_of_a_problem: bool = False) -> None:
        """Put the question of the offsets once it is known that there is one."""
        asks = because_of_a_problem or self._receipt.offsets_assumed or self._asked.offsets is not None
        if self._question is None and asks and isinstance(self._reader, SpanReader):
            self._question = offset_question(self._reader, self._choice.source())


_NOTHING = "There is no text in it. Choose another format, or leave the file out."


def _encoding_of(choice: FileChoice) -> Encoding:
    """What was chosen, or else what is found in the file or, in a folder, in the first of its texts that says it."""
    if choice.encoding is not None:
        return Encoding(choice.encoding)
    if not choice.path.is_dir():
        return _found(choice) if choice.path.is_file() else Encoding("utf-8")
    found = (_found(FileChoice(path)) for path in sorted(choice.path.rglob("*.txt")) if path.is_file())
    return next((one for one in found if one.guessed), Encoding("utf-8"))


def _found(choice: FileChoice) -> Encoding:
    with choice.path.open("rb") as stream:
        return found_encoding(stream)


def _shortened(annotated: AnnotatedText) -> AnnotatedText:
    text, spans = part_around(annotated.text, annotated.spans, 0, 0)
    return annotated._replace(text=text, spans=spans)
