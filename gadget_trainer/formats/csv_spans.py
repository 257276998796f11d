"""A table of all spans for a spreadsheet: a row a span, with what it is, where it is, and how far its text is.

In UTF-8 with a byte order mark, without which Excel takes the file for another encoding. Offsets are code points, end
exclusive. A text's number is in all its rows and its words are in the first of them, so that rows may be sorted, mended
and taken out, and come back; a text without spans has a row of its own. What a spreadsheet would take for a formula
gets an apostrophe before it, so that it is shown and never run.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, quoted, text_problem
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import Fit, TokenRules, Writer
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.separated import rows_of_sample, separated_rows
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader
from gadget_trainer.formats.tables import guarded, unguarded

_COLUMNS = ("text", "source", "start", "end", "surface", "label", "state", "complete", "content")
_NEEDED = ("text", "start", "end", "label", "content")
_BEFORE_CONTENT = _COLUMNS[:7]
"""What earlier versions of this program wrote."""
_SIGNS = ",;\t"
_COMPLETE, _INCOMPLETE = "yes", "no"


@dataclass(slots=True)
class _Text:
    """What the rows of one text say, as far as they were read."""

    where: str
    content: str = ""
    state: str = ""
    complete: bool = False
    spans: list[RawSpan] = field(default_factory=list)


class CsvSpans(SpanReader, Writer):
    """A row a span."""

    name = "csv-spans"
    title = "CSV table of spans"
    suffixes = (".csv",)
    limits = (
        "It is a table of spans with the words of their texts: categories, flags, notes, refused spans and metadata "
        "have no place in it. A spreadsheet cuts cells of more than 32,767 characters when it saves."
    )

    def recognises(self, sample: Sample) -> Fit:
        """Certain when the first row has the names of the columns that are needed, in any order."""
        names = next(iter(rows_of_sample(sample, _SIGNS)), [])
        is_table = set(names).issuperset(_NEEDED) or tuple(names) == _BEFORE_CONTENT
        return Fit.CERTAIN if is_table else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a number, in the order of their first rows."""
        for found in _texts(source, receipt).values():
            problem = text_problem(found.content) if found.content else "none of its rows has the words of the text"
            if problem is not None:
                receipt.texts_skipped.add(found.where, problem)
                continue
            state = TextState(found.state) if found.state in list(TextState) else None
            yield RawText(found.where, found.content, found.spans, state, complete=found.complete)

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write the spans of all texts, with the number of their text."""
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        rows = csv.writer(lines)
        rows.writerow(_COLUMNS)
        for number, annotated in enumerate(texts, start=1):
            text, source = annotated.text, guarded(annotated.source)
            spans: list[tuple[int | str, ...]] = [
                (span.start, span.end, guarded(text[span.start : span.end]), guarded(span.label))
                for span in annotated.spans
            ]
            content, state = guarded(text), annotated.state.value
            complete = _COMPLETE if annotated.complete else _INCOMPLETE
            for cells in spans or [("", "", "", "")]:
                rows.writerow([annotated.id or number, source, *cells, state, complete, content])
                content = ""
            receipt.count_written(annotated, len(spans))
        lines.detach()  # which writes what is left, and leaves the stream open


def _texts(source: Source, receipt: Receipt) -> dict[str, _Text]:
    """What the file says of each text, by its number: its rows need not stand together."""
    rows = separated_rows(source, _SIGNS)
    _where, names = next(rows, ("", ()))
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UserError(
            f"{source.name} has no column {quoted(missing[0])}, so that it cannot be read as a table of spans. The "
            f"first row must have the columns {', '.join(_NEEDED)}."
        )
    for name in names:
        if name not in _COLUMNS:
            receipt.drop_field(f"{source.name}:1", name)
    found: dict[str, _Text] = {}
    for where, cells in rows:
        row = dict(zip(names, cells, strict=False))
        if any(cells):
            text = found.setdefault(row.get("text", "").strip() or where, _Text(where))
            _take(row, text, where, receipt)
    return found


def _take(row: Mapping[str, str], text: _Text, where: str, receipt: Receipt) -> None:
    content = unguarded(row.get("content", ""))
    if text.content and content not in ("", text.content):
        receipt.remarks.add(where, "the text of this number has other words in another row: the first were taken")
    text.content = text.content or content
    text.state = text.state or row.get("state", "")
    text.complete = text.complete or row.get("complete") == _COMPLETE
    if any(row.get(name) for name in ("start", "end", "label")):
        surface = unguarded(row.get("surface", "")) or None
        start, end = _number(row.get("start", "")), _number(row.get("end", ""))
        text.spans.append(RawSpan(start, end, unguarded(row.get("label", "")), surface))


def _number(cell: str) -> object:
    """The cell as a whole number, or as it is where it is none."""
    digits = cell.strip().removesuffix(".0")  # what some spreadsheets make of a whole number
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else cell


FORMAT = CsvSpans()
