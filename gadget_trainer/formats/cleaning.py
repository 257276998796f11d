"""Texts and spans as files state them become texts and spans as the project holds them, labels and all.

There, spans lie within their text, in order, without overlaps, and keep no space at an edge: the rest of the
program relies on it. Whatever has to change for that is noted in the receipt.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.formats.mismatches import Mismatch, MismatchRule, place_of
from gadget_trainer.formats.receipt import Receipt

_SHOWN_CHARACTERS = 60


class RawSpan(NamedTuple):
    """A span as a file states it: anything may be anywhere. Offsets are meant as code points, end exclusive."""

    start: object
    end: object
    label: object
    surface: object = None
    """The text of the span, where the file repeats it."""
    where: str = ""
    """Where the span stands, if it has a line of its own, as then all spans of its text have."""


def printable(text: str) -> str:
    """A string from a file, short, without line breaks, direction marks and half characters."""
    short = text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in short)


def quoted(value: object) -> str:
    """A value from a file, short and printable, for a note."""
    if isinstance(value, str):
        return f"“{printable(value)}”"
    if isinstance(value, int) and abs(value) > 10**18:
        return "a huge number"  # str() refuses integers of more than 4,300 digits
    if value is None:
        return "nothing"
    return str(value) if isinstance(value, int | float) else f"a {type(value).__name__}"


def text_problem(text: object) -> str | None:
    """Why a value cannot be a text of the project, or None when it can."""
    if not isinstance(text, str):
        return "it has no text" if text is None else "its text is not a string"
    if not text:
        return "its text is empty"
    return "its text holds half a character (a lone surrogate)" if _holds_surrogates(text) else None


def _holds_surrogates(text: str) -> bool:
    """Whether the text holds half a surrogate pair, which neither spaCy nor the project's file can hold."""
    if text.isascii():  # as most are, and quickly said
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def usable_name(value: object) -> bool:
    """Whether a value can be the name of a label or of a category."""
    return isinstance(value, str) and bool(value.strip()) and not _holds_surrogates(value)


def clean_categories(raws: Iterable[object], where: str, receipt: Receipt) -> tuple[str, ...]:
    """The categories that a text keeps, each once, in their order, without the spaces around their names.

    What cannot be a name is noted as lost.
    """
    kept: dict[str, None] = {}
    for raw in raws:
        if isinstance(raw, str) and usable_name(raw):
            kept[raw.strip()] = None
        else:
            receipt.categories_lost.add(where, "it has no name that can be used", quoted(raw))
    return tuple(kept)


def span_name(span: RawSpan | Span) -> str:
    """How a note calls a span: ``20–28 “GADGET”``."""
    return f"{quoted(span.start)}–{quoted(span.end)} {quoted(span.label)}"


def clean_spans(text: str, raws: Iterable[RawSpan], where: str, receipt: Receipt) -> tuple[Span, ...]:
    """The spans that the text keeps, in order; what is trimmed, merged or lost is noted.

    Spaces at the edges are trimmed, labels called as :meth:`Receipt.name_of` says, and exact duplicates merged. Of
    spans that overlap those stay that ``receipt.overlaps`` says; one whose label is left out stands in nobody's way.
    One that is elsewhere than the words that the file gives for it goes where ``receipt.mismatches`` says.

    Raises:
        OutsideError: a span lies outside the text, and nobody said that such are left out.
    """
    repairs: _Repairs = {}
    lines: _Lines = {}
    spans: list[Span] = []
    for raw in raws:
        span = _checked(text, raw, where, receipt, repairs)
        if span is not None:
            spans.append(span)
            if raw.where:
                lines.setdefault(span, []).append(raw.where)
    spans.sort(key=attrgetter("start"))
    kept = tuple(spans)
    if any(left.end > right.start for left, right in pairwise(spans)):
        kept = _without_overlaps(text, spans, where, receipt, repairs, lines)
    for span in kept if repairs else ():
        if span in repairs:
            line, reason, detail = repairs[span][0]
            receipt.spans_repaired.add(line or where, reason, detail, where)
    return kept


_Repairs = dict[Span, list[tuple[str, str, str]]]
"""What was mended, with its line and how it stood in the file, by the span that came of it; noted when it is known
which stay."""
_Lines = dict[Span, list[str]]
"""The lines of the spans that have their own, by the span that came of them."""


def _checked(text: str, raw: RawSpan, where: str, receipt: Receipt, repairs: _Repairs) -> Span | None:
    """The span without spaces at its edges, or None when it is lost."""
    start, end, label, surface, line = raw
    # True and False are integers to Python, but no offsets.
    if type(start) is not int or type(end) is not int:
        receipt.spans_lost.add(line or where, "its start and end are not whole numbers", span_name(raw), where)
        return None
    if not isinstance(label, str) or not usable_name(label) or end <= start:
        reason = "its end is not after its start" if usable_name(label) else "it has no label that can be used"
        receipt.spans_lost.add(line or where, reason, span_name(raw), where)
        return None
    is_outside = start < 0 or end > len(text)
    if is_outside and receipt.mismatches.refuses(surface):
        raise outside(text, raw, where)
    is_as_stated = not receipt.label_names and label == label.strip()
    name = label if is_as_stated else _named(label, raw, where, receipt)
    if name is None:
        return None
    stated = text[start:end]
    if is_outside or (surface is not None and not (isinstance(surface, str) and alike(stated, surface))):
        return _settled(text, raw, name, where, receipt, repairs)
    if not (stated[0].isspace() or stated[-1].isspace()):
        return Span(start, end, name)
    return _trimmed(raw, name, stated, where, receipt, repairs)


def _named(label: str, raw: RawSpan, where: str, receipt: Receipt) -> str | None:
    """What the project calls the label; None where it is left out."""
    name = receipt.name_of(label)
    if name is None:
        receipt.note_left_out(raw.where or where, span_name(raw), where)
    elif name != label:
        reason = f"{quoted(label)} became {quoted(name)}"
        receipt.labels_changed.add(raw.where or where, reason, span_name(raw), where)
    return name


class OutsideError(UserError):
    """A span lies outside its text: what the other spans of its file cover is not to be trusted either."""


def outside(text: str, raw: RawSpan, where: str, unit: str = "characters (code points)") -> OutsideError:
    """The error of a span outside its text, of which ``unit`` says how its offsets are read."""
    words = "take the words that the file gives, " if isinstance(raw.surface, str) else ""
    return OutsideError(
        f"{raw.where or where}: the span {span_name(raw)} lies outside its text, which has {len(text):,} characters. "
        f"Nothing was imported. Offsets were read as {unit} from the start of the text; mend them, {words}or leave "
        "such spans out, and import the file again.",
        option=f"{'--mismatches words, or ' if words else ''}--outside leave-out",
    )


def _settled(text: str, raw: RawSpan, name: str, where: str, receipt: Receipt, repairs: _Repairs) -> Span | None:
    """The place of a span that does not fit its text, as was decided for the file."""
    start, end, label, surface, line = raw
    if type(start) is not int or type(end) is not int:
        raise TypeError("the offsets were to be looked at before")
    settled, words = receipt.mismatches, surface if isinstance(surface, str) else ""
    is_outside = start < 0 or end > len(text)
    by_words = settled.rule is MismatchRule.WORDS and bool(words)
    found = place_of(words, text, start) if by_words or settled.noted is not None else None
    if settled.noted is not None:
        settled.noted(Mismatch(where, text, str(label), words, None if is_outside else (start, end), found))
    if by_words and found is not None:
        span = Span(*found, name)
        moved = f"{span_name(raw)} to {found[0]}–{found[1]}"
        repairs.setdefault(span, []).append((line, "it was moved to its words", moved))
        return span
    if is_outside or by_words or settled.rule is MismatchRule.LEAVE_OUT:
        reason = "its words are not in its text" if by_words else _LEFT_OUTSIDE if is_outside else _LEFT_OUT
        receipt.spans_lost.add(line or where, reason, f"{span_name(raw)}, in the file {quoted(surface)}", where)
        return None
    stated = text[start:end]
    reason = "kept as its offsets say, but the file gives another text for it"
    detail = f"{span_name(raw)} is {quoted(stated)}, in the file {quoted(surface)}"
    receipt.remarks.add(line or where, reason, detail, where)
    if stated[0].isspace() or stated[-1].isspace():
        return _trimmed(raw, name, stated, where, receipt, repairs)
    return Span(start, end, name)


_LEFT_OUT = "the file gives other words for it than are there, and such spans were to be left out"
_LEFT_OUTSIDE = "it lies outside its text, and such spans were to be left out"


def alike(stated: str, surface: str) -> bool:
    """Whether two texts of a span are the same but for spaces, which some tools collapse or trim."""
    return stated == surface or stated.split() == surface.split()


def refused_beside(spans: Collection[Span], refused: Iterable[Span], where: str, receipt: Receipt) -> tuple[Span, ...]:
    """The refused spans of a text that has ``spans``, each once; one that it has is not refused."""
    found: dict[Span, None] = {}
    for span in refused:
        if span in spans:
            receipt.spans_lost.add(where, "it is refused, and the text has it all the same", span_name(span))
        elif span in found:
            receipt.note_merged(where, "the same span is refused twice and was merged", span_name(span))
        else:
            found[span] = None
    return tuple(found)


def _trimmed(raw: RawSpan, name: str, stated: str, where: str, receipt: Receipt, repairs: _Repairs) -> Span | None:
    """The span under its name in the project, without the spaces at its edges; ``stated`` is what it covers."""
    if not stated.strip():
        receipt.spans_lost.add(raw.where or where, "it covers nothing but spaces", span_name(raw), where)
        return None
    if type(raw.start) is not int:
        raise TypeError("the offsets were to be looked at before")
    start = raw.start + len(stated) - len(stated.lstrip())
    trimmed = Span(start, start + len(stated.strip()), name)
    detail = f"{span_name(raw)} to {trimmed.start}–{trimmed.end}"
    repairs.setdefault(trimmed, []).append((raw.where, "spaces at its edges were trimmed", detail))
    return trimmed


def _without_overlaps(
    text: str, spans: list[Span], where: str, receipt: Receipt, repairs: _Repairs, lines: _Lines
) -> tuple[Span, ...]:
    """The spans that stay where some overlap or are the same; ``spans`` come in order of their starts."""
    copies = Counter(spans)
    kept, lost = receipt.overlaps.settle(text, list(copies), where)
    for span, reason, rival in lost:
        detail = span_name(span) if rival is None else f"{span_name(span)} ({span_name(rival)})"
        for line in lines.get(span) or [where] * copies[span]:
            receipt.spans_lost.add(line, reason, detail, where)
    for span in kept:
        for line in (lines.get(span) or [where] * copies[span])[1:]:
            receipt.note_merged(line, "the same span is there twice and was merged", span_name(span), where)
        if len(repairs.get(span, ())) < copies[span]:
            repairs.pop(span, None)  # one of them stands in the file just so
    return kept
