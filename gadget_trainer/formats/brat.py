"""brat's standoff files: ``x.txt`` with ``x.ann`` beside it, a folder of them, or a zip of such a folder.

A span over a line break is stored as fragments, which are joined again where nothing but spaces lies between them. A
true gap cannot be held by a span: it is lost, and counted. Events, relations, attributes and notes go to
``meta["brat"]`` line by line, with the lines of the spans that they point to.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import is_zipfile

from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader
from gadget_trainer.formats.zipped import Archive

_LINE = re.compile(r"[TREAMN]\d+\t|#\d*\t|\*\t|#")
_SPAN_LINE = re.compile(r"T\d+\t\S+ \d+ \d+(;\d+ \d+)*(\t|$)", re.MULTILINE)


class Brat(SpanReader):
    """Texts and their annotations in files of the same name."""

    name = "brat"
    title = "brat standoff (.txt and .ann)"
    suffixes = (".ann", ".zip", ".txt")

    def recognises(self, sample: Sample) -> Fit:
        """Certain by the lines of the annotations, those beside a plain text and those in a zip included."""
        if sample.path is not None and sample.head.startswith(b"PK\x03\x04"):
            return Fit.CERTAIN if is_zipfile(sample.path) and _has_pairs(Archive(sample.path).names()) else Fit.NO
        if _is_standoff(sample.text, whole=sample.whole):
            return Fit.CERTAIN
        beside = sample.path.with_suffix(".ann") if sample.path is not None and sample.path.suffix else None
        if beside is None or beside == sample.path or not beside.is_file() or not sample.text:
            return Fit.NO
        opening = Source(beside).sample()
        return Fit.LIKELY if opening.is_blank() or _is_standoff(opening.text, whole=opening.whole) else Fit.NO

    def reads_folder(self, folder: Path) -> bool:
        """Whether there are annotations with their texts in the folder, or in folders in it."""
        return next(_pairs_in(folder), None) is not None

    def files_of(self, folder: Path) -> Iterator[Path]:
        """Texts and annotations, and brat's own configuration."""
        for pair in _pairs_in(folder):
            yield from pair
        yield from folder.rglob("*.conf")

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a pair of files, in the order of their names."""
        for document in _documents(source, receipt):
            problem = text_problem(document.text)
            if problem is not None:
                receipt.texts_skipped.add(document.name, problem)
                continue
            spans, others, bound = _annotations(document, receipt)
            meta = {"brat": {"lines": others, "spans": bound}} if others else {}
            yield RawText(document.name, document.text, spans, None, meta=meta, complete=True)


class _Document(NamedTuple):
    name: str
    """Of the annotations' file, within the folder or zip."""
    text: str
    annotations: str


def _is_standoff(text: str, *, whole: bool) -> bool:
    lines = [line for line in (text if whole else text[: text.rfind("\n") + 1]).split("\n") if line.strip()]
    return bool(lines) and all(_LINE.match(line) for line in lines) and _SPAN_LINE.search(text) is not None


def _has_pairs(names: list[str]) -> bool:
    every = set(names)
    return any(name.endswith(".ann") and name[:-4] + ".txt" in every for name in names)


def _pairs_in(folder: Path) -> Iterator[tuple[Path, Path]]:
    for path in sorted(folder.rglob("*.ann")):
        text = path.with_suffix(".txt")
        # A link may lead out of the folder that was chosen.
        if text.is_file() and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            yield text, path


def _documents(source: Source, receipt: Receipt) -> Iterator[_Document]:
    path = source.path
    if path.is_dir():
        for text, annotations in _pairs_in(path):
            name = annotations.relative_to(path).as_posix().encode(errors="replace").decode()
            yield _Document(name, source.beside(text).text(), source.beside(annotations).text())
    elif is_zipfile(path):
        yield from _zipped(source, receipt)
    else:
        text, annotations = path.with_suffix(".txt"), path.with_suffix(".ann")
        for needed in (text, annotations):
            if not needed.is_file():
                raise UserError(f"{needed} is missing, and {path.name} needs it. Put the two into one folder.")
        yield _Document(Source(annotations).name, source.beside(text).text(), source.beside(annotations).text())


def _zipped(source: Source, receipt: Receipt) -> Iterator[_Document]:
    archive = Archive(source.path)
    names = archive.names()
    for name in sorted(name for name in names if name.endswith(".ann")):
        text_name = name[:-4] + ".txt"
        if text_name not in names:
            receipt.texts_skipped.add(name, "the zip has no text of the same name")
            continue
        shown = PurePosixPath(name).as_posix().encode(errors="replace").decode()
        text = source.decoded(archive.read(text_name), text_name)
        yield _Document(shown, text, source.decoded(archive.read(name), shown))


def _annotations(document: _Document, receipt: Receipt) -> tuple[list[RawSpan], list[str], list[str]]:
    """The spans, the lines that are none, and the lines of the spans."""
    spans: list[RawSpan] = []
    others: list[str] = []
    bound: list[str] = []
    for number, line in enumerate(re.split("\r\n|\n|\r", document.annotations), start=1):
        where = f"{document.name}:{number}"
        if line.startswith("T"):
            bound.append(line)
            raw = _span(line, document.text, where, receipt)
            if raw is not None:
                spans.append(raw)
        elif line.strip():
            others.append(line)
    return spans, others, bound


def _span(line: str, text: str, where: str, receipt: Receipt) -> RawSpan | None:
    parts = line.split("\t", 2)
    label, _space, offsets = parts[1].partition(" ") if len(parts) > 1 else ("", "", "")
    pieces = [piece.split() for piece in offsets.split(";")]
    if not all(len(piece) == 2 and all(_is_offset(each) for each in piece) for piece in pieces):
        receipt.spans_lost.add(where, "the line is not “ID, label start end, text”", quoted(line))
        return None
    edges = [(int(start), int(end)) for start, end in pieces]
    surface = parts[2] if len(parts) > 2 else None
    units = (Reading.CODE_POINTS, Reading.UTF16)
    units = (Reading.CODE_POINTS, Reading.UTF16)
    if len(edges) > 1 and not any(_only_spaces_between(text, edges, unit) for unit in units):
        receipt.spans_lost.add(where, "it has a gap, which a span cannot have", quoted(surface or line))
        return None
    return RawSpan(edges[0][0], edges[-1][1], label, surface)


def _is_offset(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 16


def _only_spaces_between(text: str, edges: list[tuple[int, int]], unit: Reading) -> bool:
    offsets = OffsetMap(text, unit)
    for (_start, end), (start, _end) in pairwise(edges):
        place = offsets.span(end, start)
        if place is None or place[0] > place[1] or place[1] > len(text) or text[slice(*place)].strip():
            return False
    return True


FORMAT = Brat()
