"""The part that all formats with offsets share: records of texts and spans become texts of the project.

A format says what its records are; what its offsets count is judged here, by the whole file, before a span to which
it makes a difference is let through. Until then the texts stream, and files without such a span are read once.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, NamedTuple

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, clean_categories, clean_spans, outside, refused_beside, span_name
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.mismatches import MismatchRule
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.offset_vote import UNSAID, EndsOfSpans, Verdict, decide, unanimous
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Source

_ALIKE = "code points and UTF-16 units give the same spans"
_IN_WORDS = "the file does not say, but so read, most of its spans end inside a word"


class RawText(NamedTuple):
    """A record of a file: a text that the project can hold, with its spans as the file states them."""

    where: str
    text: str
    spans: Sequence[RawSpan] = ()
    state: TextState | None = TextState.TODO
    """None where the record does not say: done if a span or a category can be kept, else to do."""
    flagged: bool = False
    meta: Mapping[str, Any] | None = None
    complete: bool = False
    """As in :class:`AnnotatedText`, if no span is lost."""
    refused: Sequence[RawSpan] = ()
    """What a person said is no entity of that label."""
    note: str = ""
    categories: Sequence[object] = ()
    """The categories that were chosen for the text, as the file states them."""


class SpanReader(Reader):
    """A format whose spans are offsets into its texts."""

    unit: ClassVar[Reading] = Reading.CODE_POINTS
    """What the format's offsets are known to count: taken where the file leaves it open."""

    @abstractmethod
    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield the texts, and note what is skipped, lost or dropped; may be asked for several times.

        Raises:
            UserError: the file is not of this format or not readable to its end.
        """

    def telling(self, source: Source) -> Iterator[RawText]:
        """The records that may tell what offsets count, for a first look: all, but a format may know better."""
        # The notes are of no interest: the same come when the texts are drawn.
        return self.records(source, Receipt(source.name, self.title))

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield the texts one by one; ``offsets`` is what the person says that the offsets count."""
        verdict = Verdict(offsets, "so it was chosen") if offsets is not None else None
        self._note(verdict, receipt)
        ends = EndsOfSpans()
        first_guess, lost, losses = "", 0, receipt.spans_lost
        for record in self.records(source, receipt):
            stated = [*record.spans, *record.refused] if record.refused else record.spans
            if stated and verdict is None:
                cut = not ends.known and ends.take(record.text, stated)
                if cut or not unanimous(record.text, stated, self.unit):
                    verdict = self.verdict(source)
                    if cut and verdict.reason == UNSAID:
                        verdict = replace(verdict, reason=_IN_WORDS, assumed=True)
                    self._note(verdict, receipt)
                    if first_guess and verdict.reading not in (Reading.CODE_POINTS, Reading.UTF16):
                        raise _shown_late(first_guess, record.where, verdict.reading)
                elif not first_guess and not record.text.isascii():
                    first_guess = record.where
            spans: tuple[Span, ...] = ()
            refused: tuple[Span, ...] = ()
            if stated:
                reading = verdict.reading if verdict else Reading.CODE_POINTS
                spans = _spans(record, record.spans, reading, receipt)
                refused = _refused(record, reading, receipt)
            # Where a span was lost, by the format or here, its words are not "no entity".
            yield _finished(record, spans, refused, receipt, complete=record.complete and losses.count == lost)
            lost = losses.count

    def verdict(self, source: Source) -> Verdict:
        """What the offsets of the file count, judged by all of it.

        Raises:
            UserError: as in :meth:`records`.
        """

        def texts(records: Iterator[RawText]) -> Iterator[tuple[str, Sequence[RawSpan]]]:
            for record in records:
                yield record.text, [*record.spans, *record.refused]

        every = Receipt(source.name, self.title)
        return decide(lambda: texts(self.telling(source)), lambda: texts(self.records(source, every)), self.unit)

    def _note(self, verdict: Verdict | None, receipt: Receipt) -> None:
        receipt.offsets = verdict.reading if verdict else self.unit
        receipt.offsets_reason = verdict.reason if verdict else _ALIKE
        receipt.offsets_assumed = verdict is not None and verdict.assumed


def _shown_late(guess: str, where: str, reading: Reading) -> UserError:
    return UserError(
        f"{guess} could be read in several ways, and only {where} shows that offsets count {reading.phrase}. "
        "Choose that when you import the file again.",
        option=f"--offsets {reading}",
    )


def _spans(record: RawText, raws: Sequence[RawSpan], reading: Reading, receipt: Receipt) -> tuple[Span, ...]:
    in_code_points = raws if reading is Reading.CODE_POINTS else _in_code_points(record, raws, reading, receipt)
    return clean_spans(record.text, in_code_points, record.where, receipt)


def _refused(record: RawText, reading: Reading, receipt: Receipt) -> tuple[Span, ...]:
    """The spans that are known to be wrong. They may overlap others, so each is cleaned alone."""
    return tuple(sorted(span for raw in record.refused for span in _spans(record, [raw], reading, receipt)))


def _finished(
    record: RawText, spans: tuple[Span, ...], refused: tuple[Span, ...], receipt: Receipt, *, complete: bool
) -> AnnotatedText:
    where, text, _stated, state, flagged, meta, _complete, _refused, note, chosen = record
    categories = clean_categories(chosen, where, receipt) if chosen else ()
    if state is None:
        state = TextState.DONE if categories or receipt.had_spans(spans, where) else TextState.TODO
    complete = complete and state is TextState.DONE
    refused = refused_beside(spans, refused, where, receipt) if refused else ()
    # In the order of the fields: by their names it would take twice as long, and there may be a million texts.
    return AnnotatedText(text, spans, state, 0, flagged, where, meta or {}, note, complete, refused, categories)


def _in_code_points(record: RawText, raws: Sequence[RawSpan], reading: Reading, receipt: Receipt) -> Iterator[RawSpan]:
    offsets = OffsetMap(record.text, reading)
    for raw in raws:
        if type(raw.start) is not int or type(raw.end) is not int:
            yield raw  # to be lost where every such span is
            continue
        place = offsets.span(raw.start, raw.end)
        if place is None and receipt.mismatches.rule is MismatchRule.WORDS and isinstance(raw.surface, str):
            yield raw  # to be looked for by its words
        elif place is None:
            where, reason = raw.where or record.where, "its offsets are in the middle of a character"
            receipt.spans_lost.add(where, reason, span_name(raw), record.where)
        elif (
            raw.start < raw.end
            and (place[0] < 0 or place[1] > len(record.text))
            and receipt.mismatches.refuses(raw.surface)
        ):
            raise outside(record.text, raw, record.where, reading.phrase)
        else:
            yield raw._replace(start=place[0], end=place[1])
