"""Which reading of a file's offsets is right, judged by all of its spans and never by what the tool says.

Where a file repeats the texts of its spans, a reading is right when every span, read so, has the text that the file
gives for it. Where it does not, the unit that the format is known for is taken, and called an assumption if it
matters. Another one is taken only where that cannot be, because a span would lie outside its text, and if
all spans, read so, lie within their texts and cut no word.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from gadget_trainer.formats.cleaning import RawSpan, alike
from gadget_trainer.formats.offset_units import OffsetMap, Reading

_WITHOUT_PROOF = (Reading.CODE_POINTS, Reading.UTF16, Reading.UTF8, Reading.GRAPHEMES)
"""What may be taken without texts of spans as a proof; the others are too rare."""

UNSAID = "the file does not say, and its format is known for it"
"""The reason of a verdict that nothing in the file speaks for."""

_MARK = regex.compile(r"[\p{M}\u200d]")
_SEVERAL = regex.compile(r"\r\n|[\p{M}\u200d]")
"""What comes after it is counted otherwise in graphemes, or where a line break counts one."""

RawTexts = Callable[[], Iterator[tuple[str, Sequence[RawSpan]]]]
"""Begins the file anew: its texts with their spans."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reading of a file's offsets, and what speaks for it."""

    reading: Reading
    reason: str
    """For the receipt, after the name of the reading: "so read, all 12 spans match …"."""
    assumed: bool = False
    """Whether the file leaves it open, so that the person should look and may choose otherwise."""

    def sentence(self) -> str:
        """The whole of it: "Offsets count UTF-16 units: …"."""
        return f"Offsets count {self.reading.phrase}: {self.reason}."


class EndsOfSpans:
    """Whether spans of which the file does not give the words end inside a word, as they do where the last character
    is not counted. The first of a file tell.
    """

    _ENOUGH, _LEAST = 200, 4

    def __init__(self) -> None:
        self._looked_at = self._cut = 0
        self.known = False
        """Whether enough of them were looked at."""

    def take(self, text: str, raws: Iterable[RawSpan]) -> bool:
        """Look at the spans of a text, in code points; True once most of all so far end inside a word."""
        for start, end, _label, surface, _where in raws:
            if surface is None and type(start) is int and type(end) is int and 0 <= start < end <= len(text):
                self._looked_at += 1
                self._cut += cuts_word(text, end)
        self.known = self._looked_at >= self._ENOUGH
        return self._looked_at >= self._LEAST and 2 * self._cut > self._looked_at


def unanimous(text: str, raws: Sequence[RawSpan], documented: Reading) -> bool:
    """Whether the readings that come into question read these spans alike, as nearly always, so that none is chosen.

    A text outside ASCII whose spans come without their texts counts as such where it has no character that
    code points and UTF-16 count differently, and no span looks as if it was counted otherwise.
    """
    if documented not in (Reading.CODE_POINTS, Reading.UTF16):
        return False
    length, surfaces = len(text), False
    for start, end, _label, surface, _where in raws:
        if type(start) is not int or type(end) is not int:
            continue
        if start < 0 or end > length:
            return False
        if surface is not None:
            surfaces = True
            if not isinstance(surface, str) or not alike(text[start:end], surface):
                return False
    if not surfaces:
        return (text.isascii() or max(text) <= "\uffff") and not _is_doubtful(text, raws)
    return text.isascii() and not ("&" in text or "<" in text or ">" in text or "\r\n" in text)


def _is_doubtful(text: str, raws: Iterable[RawSpan]) -> bool:
    """Whether a span looks moved after something that takes several code points and that people see as one or none.

    So it does where it begins or ends with a space, or cuts a word.
    """
    several = None if text.isascii() and "\r\n" not in text else _SEVERAL.search(text)
    if several is None:
        return False
    for start, end, *_rest in raws:
        if type(start) is not int or type(end) is not int or not several.start() < end <= len(text):
            continue
        stated = text[max(start, 0) : end]
        if stated != stated.strip() or _cuts(text, start) or _cuts(text, end):
            return True
    return False


def decide(telling: RawTexts, texts: RawTexts, documented: Reading) -> Verdict:
    """The reading of a whole file.

    The ``telling`` texts are those that may refute the documented unit; all are looked at where they do.
    """
    known = _Count((documented,))
    for text, raws in telling():
        known.take(text, raws)
        if not known.fitting:
            break
    else:
        if known.surfaces:
            return Verdict(documented, _matching(known.surfaces))
        return Verdict(documented, UNSAID, assumed=known.matters)
    every = _Count((documented, *Reading))
    for text, raws in texts():
        every.take(text, raws)
    if every.surfaces:
        if every.fitting:
            return Verdict(every.fitting[0], _matching(every.surfaces))
        reason = "no reading fits all texts that the file gives for its spans, and where they differ both are shown"
        return Verdict(Reading.CODE_POINTS, reason, assumed=True)
    within = [one for one in every.fitting if one in _WITHOUT_PROOF and one not in every.cutting]
    if within:
        reason = f"the file does not say, but read as {documented.phrase}, a span would lie outside its text"
        return Verdict(within[0], reason, assumed=True)
    return Verdict(documented, UNSAID, assumed=True)


def _matching(surfaces: int) -> str:
    spans = "the one span matches the text" if surfaces == 1 else f"all {surfaces:,} spans match the texts"
    return f"so read, {spans} that the file gives"


class _Count:
    """Readings, of which those that do not fit are struck text by text."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.fitting = list(dict.fromkeys(readings))
        self.cutting = set[Reading]()
        """The readings that put an edge inside a word."""
        self.surfaces = 0
        """Spans whose texts the file gives."""
        self.matters = False
        """Whether a span ends after a character that code points and UTF-16 count differently, or looks moved."""

    def take(self, text: str, raws: Iterable[RawSpan]) -> None:
        stated = [raw for raw in raws if type(raw.start) is int and type(raw.end) is int and raw.start <= raw.end]
        if not stated:
            return
        self.surfaces += sum(isinstance(raw.surface, str) for raw in stated)
        end = max((raw.end for raw in stated if type(raw.end) is int), default=0)
        self.matters = self.matters or max(text[: max(end, 0)], default="") > "\uffff" or _is_doubtful(text, stated)
        for reading in tuple(self.fitting):
            edges = _edges(text, stated, reading)
            if edges is None:
                self.fitting.remove(reading)
            elif any(cuts_word(text, edge) for edge in edges):
                self.cutting.add(reading)


def _edges(text: str, raws: Iterable[RawSpan], reading: Reading) -> list[int] | None:
    """The edges of the spans in code points, or None where a span does not fit."""
    offsets = OffsetMap(text, reading)
    edges: list[int] = []
    for start, end, _label, surface, _where in raws:
        place = offsets.span(start, end) if type(start) is int and type(end) is int else None
        if place is None or place[0] < 0 or place[1] > len(text):
            return None
        if isinstance(surface, str) and not alike(text[place[0] : place[1]], surface):
            return None
        edges.extend(place)
    return edges


def _cuts(text: str, edge: int) -> bool:
    """Whether the edge of a span is inside a word, or before a mark that belongs to the letter before it."""
    return cuts_word(text, edge) or _MARK.match(text, edge) is not None


def cuts_word(text: str, edge: int) -> bool:
    """Whether the edge of a span is inside a word."""
    return 0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum()
