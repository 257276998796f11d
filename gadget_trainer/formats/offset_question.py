"""What a file's offsets count, where it leaves that open: the ways to read them, and texts in which they differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gadget_trainer.corpus.records import Span
from gadget_trainer.formats.cleaning import RawSpan, alike
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.offset_vote import cuts_word
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_TEXTS_LOOKED_AT = 20_000
"""Of a long file no more are looked at, once there are enough to show."""
_TEXTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Option:
    """A way to read the offsets."""

    reading: Reading
    matching: int
    """Spans that cover the text that the file gives for them."""
    whole: int
    """Spans that lie within their texts and cut no word."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """A text whose spans are not the same in all readings."""

    where: str
    text: str
    spans: Mapping[Reading, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class OffsetQuestion:
    """The ways to read the offsets of a file, the likelier ones first; of those that come to the same, one."""

    options: tuple[Option, ...]
    spans: int
    """Of the texts that were looked at."""
    surfaces: int
    """Those of them whose text the file gives."""
    disputed: tuple[Disputed, ...]

    def evidence(self, reading: Reading) -> str:
        """What speaks for a reading, in a few words; empty where it comes to the same as another one."""
        option = next((one for one in self.options if one.reading is reading), None)
        if option is None:
            return ""
        if self.surfaces:
            return f"{option.matching:,} of {self.surfaces:,} spans match the words that the file gives for them"
        return f"{option.whole:,} of {self.spans:,} spans begin and end with a word"


def offset_question(reader: SpanReader, source: Source) -> OffsetQuestion | None:
    """The question for a file; None where all readings come to the same. Raises UserError where it cannot be read."""
    tally = _Tally()
    for number, record in enumerate(reader.records(source, Receipt(source.name, reader.title))):
        if number >= _TEXTS_LOOKED_AT and tally.has_enough():
            break
        tally.take(record)
    question = tally.question(reader.unit)
    return question if question.disputed else None


class _Tally:
    """Counts for each reading how well it fits the spans of the texts."""

    def __init__(self) -> None:
        self._matching = Counter[Reading]()
        self._whole = Counter[Reading]()
        self._spans = 0
        self._surfaces = 0
        self._traces = dict.fromkeys(Reading, 0)
        """Equal for readings that read every span alike."""
        self._disputed: list[Disputed] = []

    def take(self, record: RawText) -> None:
        raws = [raw for raw in (*record.spans, *record.refused) if _is_stated(raw)]
        if not raws:
            return
        self._spans += len(raws)
        self._surfaces += sum(isinstance(raw.surface, str) for raw in raws)
        places = {reading: _places(record.text, raws, reading) for reading in Reading}
        for reading, found in places.items():
            self._traces[reading] = hash((self._traces[reading], tuple(found)))
            self._matching[reading] += sum(_matches(record.text, *pair) for pair in zip(raws, found, strict=True))
        # The last character is there or not in any text: that alone is not worth showing, but where it ends words.
        whole = {
            one: sum(place is not None and not _cuts(record.text, place) for place in places[one]) for one in Reading
        }
        self._whole.update(whole)
        others = [count for reading, count in whole.items() if reading is not Reading.INCLUSIVE]
        ends_words = whole[Reading.INCLUSIVE] > max(others)
        telling = {tuple(found) for reading, found in places.items() if ends_words or reading is not Reading.INCLUSIVE}
        if len(telling) > 1 and len(self._disputed) < _TEXTS_SHOWN:
            spans = {reading: _spans(raws, found) for reading, found in places.items()}
            self._disputed.append(Disputed(record.where, record.text, spans))

    def has_enough(self) -> bool:
        """Whether there are enough texts to show."""
        return len(self._disputed) == _TEXTS_SHOWN

    def question(self, documented: Reading) -> OffsetQuestion:
        """What was counted; of readings that are as likely, the ``documented`` one stands first."""
        options = [Option(one, self._matching[one], self._whole[one]) for one in Reading]
        options.sort(key=lambda one: (-one.matching, -one.whole, one.reading is not documented))
        different = {self._traces[one.reading]: one for one in reversed(options)}
        kept = tuple(one for one in options if different[self._traces[one.reading]] is one)
        return OffsetQuestion(kept, self._spans, self._surfaces, tuple(self._disputed))


_Places = Sequence[tuple[int, int] | None]


def _is_stated(raw: RawSpan) -> bool:
    return type(raw.start) is int and type(raw.end) is int and isinstance(raw.label, str) and raw.start < raw.end


def _places(text: str, raws: Sequence[RawSpan], reading: Reading) -> _Places:
    """Where the spans are in code points; None for those that cannot be read so."""
    offsets = OffsetMap(text, reading)
    found: list[tuple[int, int] | None] = []
    for raw in raws:
        place = offsets.span(raw.start, raw.end) if type(raw.start) is int and type(raw.end) is int else None
        found.append(place if place is not None and 0 <= place[0] < place[1] <= len(text) else None)
    return found


def _cuts(text: str, place: tuple[int, int]) -> bool:
    return any(cuts_word(text, edge) for edge in place)


def _matches(text: str, raw: RawSpan, place: tuple[int, int] | None) -> bool:
    return place is not None and isinstance(raw.surface, str) and alike(text[slice(*place)], raw.surface)


def _spans(raws: Sequence[RawSpan], places: _Places) -> tuple[Span, ...]:
    found = zip(raws, places, strict=True)
    return tuple(sorted({Span(*place, str(raw.label)) for raw, place in found if place is not None}))
