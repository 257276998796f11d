"""brat's standoff files: ``x.txt`` with ``x.ann`` beside it, a folder of them, or a zip of such a folder.

A span over a line break is stored as fragments, which are joined again where nothing but spaces lies between them. Of
a span with a true gap the person says what is taken. Events, relations, attributes and notes go to ``meta["brat"]``
line by line, with the lines of the spans that they point to, whose offsets are then code points.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self
from zipfile import is_zipfile

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.brat_files import Document, documents, has_pairs, label_names, pairs_in
from gadget_trainer.formats.brat_lines import BoundLine, bound_line, joined, line_of
from gadget_trainer.formats.cleaning import RawSpan, alike, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.gaps import GapReader, GapRule
from gadget_trainer.formats.kept_places import Kept, Place, place_in, still_there
from gadget_trainer.formats.mismatches import Mismatches
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText
from gadget_trainer.formats.zipped import Archive

_LINE = re.compile(r"[TREAMN]\d+\t|#\d*\t|\*\t|#")
_OTHER_WORDS = "a span with a gap covers other words than the file gives for it"
_SPAN_LINE = re.compile(r"T\d+\t\S+ \d+ \d+(;\d+ \d+)*(\t|$)", re.MULTILINE)


class Brat(GapReader):
    """Texts and their annotations in files of the same name."""

    name = "brat"
    title = "brat standoff (.txt and .ann)"
    suffixes = (".ann", ".zip", ".txt")

    def __init__(self, gaps: GapRule = GapRule.PARTS) -> None:
        self._gaps = gaps

    def with_gaps(self, rule: GapRule) -> Self:
        """A reader that follows this rule."""
        return type(self)(rule)

    def recognises(self, sample: Sample) -> Fit:
        """Certain by the lines of the annotations, those beside a plain text and those in a zip included."""
        if sample.path is not None and sample.head.startswith(b"PK\x03\x04"):
            return Fit.CERTAIN if is_zipfile(sample.path) and has_pairs(Archive(sample.path).names()) else Fit.NO
        if _is_standoff(sample.text, whole=sample.whole):
            return Fit.CERTAIN
        beside = sample.path.with_suffix(".ann") if sample.path is not None and sample.path.suffix else None
        if beside is None or beside == sample.path or not beside.is_file() or not sample.text:
            return Fit.NO
        opening = Source(beside).sample()
        return Fit.LIKELY if opening.is_blank() or _is_standoff(opening.text, whole=opening.whole) else Fit.NO

    def reads_folder(self, folder: Path) -> bool:
        """Whether there are annotations with their texts in the folder, or in folders in it."""
        return next(pairs_in(folder), None) is not None

    def files_of(self, folder: Path) -> Iterator[Path]:
        """Texts and annotations, and brat's own configuration."""
        for pair in pairs_in(folder):
            yield from pair
        yield from folder.rglob("*.conf")

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a pair of files, with the lines about its spans where there are any."""
        names = label_names(source.path)
        for annotated in super().read(source, receipt, offsets):
            yield _located(annotated, names, self._gaps, receipt) if "brat" in annotated.meta else annotated

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a pair of files, in the order of their names."""
        names = label_names(source.path)
        for document in documents(source, receipt):
            problem = text_problem(document.text)
            if problem is not None:
                receipt.texts_skipped.add(document.name, problem)
                continue
            gaps = receipt.gaps
            bound, others = _lines(document, receipt)
            named = ((line, names.get(line.label, line.label)) for line in bound)
            spans = [raw for line, label in named for raw in self._spans(document.text, line, label, receipt)]
            meta = {"brat": {"lines": others, "spans": bound}} if others or receipt.gaps > gaps else {}
            yield RawText(document.name, document.text, spans, None, meta=meta, complete=True)

    def _spans(self, text: str, line: BoundLine, label: str, receipt: Receipt) -> Iterator[RawSpan]:
        units = (Reading.CODE_POINTS, Reading.UTF16) if len(line.fragments) > 1 else ()
        parts = joined(text, line.fragments, [OffsetMap(text, unit) for unit in units])
        if len(parts) == 1:
            yield RawSpan(*parts[0], label, line.surface, line.where)
            return
        receipt.gaps += 1
        if receipt.name_of(label) is None:  # it is left out once, not in parts
            yield RawSpan(*parts[0], label, where=line.where)
            return
        if self._gaps is GapRule.LEAVE_OUT:
            receipt.spans_lost.add(line.where, self._gaps.reason, quoted(line.surface or line.name))
        places = self._gaps.places(parts)
        receipt.further_parts += max(len(places) - 1, 0)
        for place in places:
            yield RawSpan(*place, label, where=line.where)


class _Located(NamedTuple):
    """A line whose fragments are code points."""

    line: BoundLine
    has_gap: bool
    counts: bool
    """Whether the receipt is to say what became of a gap."""


def _is_standoff(text: str, *, whole: bool) -> bool:
    lines = [line for line in (text if whole else text[: text.rfind("\n") + 1]).split("\n") if line.strip()]
    return bool(lines) and all(_LINE.match(line) for line in lines) and _SPAN_LINE.search(text) is not None


def _lines(document: Document, receipt: Receipt) -> tuple[list[BoundLine], list[str]]:
    """The lines that are spans, and the others."""
    bound: list[BoundLine] = []
    others: list[str] = []
    for number, line in enumerate(re.split("\r\n|\n|\r", document.annotations), start=1):
        where = f"{document.name}:{number}"
        found = bound_line(line, where) if line.startswith("T") else None
        if found is not None:
            bound.append(found)
        elif line.startswith("T"):
            receipt.spans_lost.add(where, "the line is not “ID, label start end, text”", quoted(line))
        elif line.strip():
            others.append(line)
    return bound, others


def _located(annotated: AnnotatedText, names: dict[str, str], rule: GapRule, receipt: Receipt) -> AnnotatedText:
    """The text with the lines of its spans in code points: those of which it has the span, or a part of it."""
    text, brought, lines = annotated.text, annotated.meta["brat"], annotated.meta["brat"]["spans"]
    offsets = OffsetMap(text, receipt.offsets or Reading.CODE_POINTS)
    called = (receipt.name_of(names.get(line.label, line.label)) for line in lines)
    found = [
        each
        for line, name in zip(lines, called, strict=True)
        for each in _kept(text, line, name, offsets, rule, receipt.mismatches)
    ]
    there = still_there(found, annotated.spans)
    for line in dict.fromkeys(one.line for one, _place in there if one.has_gap):
        stated = " ".join(text[slice(*each)] for each in line.fragments)
        if not alike(" ".join(stated.split()), " ".join((line.surface or stated).split())):
            detail = f"{line.name}: {quoted(line.surface)}, here {quoted(stated)}"
            receipt.remarks.add(line.where, _OTHER_WORDS, detail, annotated.source)
    counting: dict[Place, BoundLine] = {}
    for one, place in there:
        if one.counts:
            counting.setdefault(place, one.line)
    for (start, end), line in counting.items():
        detail = f"{start}–{end}, {quoted(text[start:end])}"
        receipt.spans_repaired.add(line.where, rule.reason, detail, annotated.source)
    held = dict.fromkeys(line_of(one.line.name, one.line.label, one.line.fragments, text) for one, _place in there)
    parts: dict[str, list[Place]] = {}
    for one, place in there:
        if one.has_gap:
            parts.setdefault(one.line.name, []).append(place)
    kept = {"lines": brought["lines"], "spans": list(held)} | ({"parts": parts} if parts else {})
    others = {name: value for name, value in annotated.meta.items() if name != "brat"}
    return annotated._replace(meta=others | ({"brat": kept} if held or brought["lines"] else {}))


def _kept(
    text: str, line: BoundLine, name: str | None, offsets: OffsetMap, rule: GapRule, settled: Mismatches
) -> Iterator[Kept[_Located]]:
    """What may have come of a line whose label has that ``name`` here."""
    # One that is whole may have been moved to its words.
    surface = line.surface if len(line.fragments) == 1 else None
    trimmed = [place_in(text, offsets, *each, surface, settled) for each in line.fragments]
    fragments = tuple(each for each in trimmed if each is not None)
    parts = joined(text, fragments, [OffsetMap(text, Reading.CODE_POINTS)])
    has_gap = len(parts) > 1
    # What has spaces at its edges as well is counted as trimmed.
    counts = has_gap and trimmed == [offsets.span(*each) for each in line.fragments]
    here = _Located(line._replace(fragments=fragments), has_gap=has_gap, counts=counts)
    for place in rule.places(parts) if has_gap else parts:
        yield Kept(here, place, [name])


FORMAT = Brat()
