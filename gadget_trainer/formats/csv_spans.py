"""A table of all spans for a spreadsheet: a row a span, with what it is, where it is, and how far its text is.

In UTF-8 with a byte order mark, without which Excel takes the file for another encoding. Offsets are code points, end
exclusive. Each row has the words of its text, so that rows may be sorted, mended, taken out and put under those of
another project, and come back; a text that is too long for that has them in its first row only. A text without spans
has a row of its own. What a spreadsheet would take for a formula gets an apostrophe before it, so that it is shown
and never run.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, quoted, span_name, text_problem
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
_REPEATED = 2000
"""Code points of a text that stands in each of its rows; a longer one would make the file many times as large."""
_NO_WORDS = "no row of its text has the words of the text, in the column “content”: put that row back"


_Row = Mapping[str, str]


class _Key(NamedTuple):
    """What rows of one text have alike."""

    number: str
    source: str
    content: str


@dataclass(slots=True)
class _Text:
    """What the rows of one text say, as far as they were read."""

    where: str
    state: str = ""
    complete: bool = False
    spans: list[RawSpan] = field(default_factory=list)

    def take(self, row: _Row, where: str) -> None:
        """Add what a row there says."""
        self.state = self.state or row.get("state", "").strip().casefold()
        self.complete = self.complete or row.get("complete", "").strip().casefold() == _COMPLETE
        if any(row.get(name) for name in ("start", "end", "label")):
            surface = unguarded(row.get("surface", "")) or None
            start, end = _number(row.get("start", "")), _number(row.get("end", ""))
            self.spans.append(RawSpan(start, end, unguarded(row.get("label", "")), surface, where))


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
        names = _names(next(iter(rows_of_sample(sample, _SIGNS)), []))
        is_table = set(names).issuperset(_NEEDED) or tuple(names) == _BEFORE_CONTENT
        return Fit.CERTAIN if is_table else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield the texts in the order of their first rows."""
        texts, homeless = _texts(source, receipt)
        for key, found in texts.items():
            problem = text_problem(key.content)
            if problem is not None:
                receipt.texts_skipped.add(found.where, problem)
                continue
            state = TextState(found.state) if found.state in list(TextState) else None
            yield RawText(found.where, key.content, found.spans, state, complete=found.complete)
        # Not before: a text of which a span was lost is not complete, and these are of none.
        for where, row in homeless:
            _lose(row, where, receipt)

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
                content = content if len(text) <= _REPEATED else ""
            receipt.count_written(annotated, len(spans))
        lines.detach()  # which writes what is left, and leaves the stream open


def _texts(source: Source, receipt: Receipt) -> tuple[dict[_Key, _Text], list[tuple[str, _Row]]]:
    """What the file says of each text, whose rows need not stand together; and the rows that are of none of them."""
    rows = separated_rows(source, _SIGNS)
    _where, header = next(rows, ("", ()))
    names = _names(header)
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UserError(
            f"{source.name} has no column {quoted(missing[0])}, so that it cannot be read as a table of spans. The "
            f"first row must have the columns {', '.join(_NEEDED)}."
        )
    for name in names:
        if name not in _COLUMNS:
            receipt.drop_field(f"{source.name}:1", name)
    found: dict[_Key, _Text] = {}
    wordless: list[tuple[str, _Row, _Key]] = []
    for where, cells in rows:
        row: _Row = dict(zip(names, cells, strict=False))
        key = _Key(row.get("text", "").strip(), row.get("source", ""), unguarded(row.get("content", "")))
        if key.content:
            found.setdefault(key, _Text(where)).take(row, where)
        elif any(cells):
            wordless.append((where, row, key))
    by_number: dict[_Key, list[_Text]] = {}
    for key, text in found.items():
        by_number.setdefault(key._replace(content=""), []).append(text)
    homeless: list[tuple[str, _Row]] = []
    for where, row, key in wordless:
        texts = by_number.get(key, [])
        if len(texts) == 1:
            texts[0].take(row, where)
        else:
            homeless.append((where, row))
    return found, homeless


def _lose(row: _Row, where: str, receipt: Receipt) -> None:
    """Count a row of which nobody can say what text it is of."""
    lost = _Text(where)
    lost.take(row, where)
    if lost.spans:
        receipt.spans_lost.add(where, _NO_WORDS, span_name(lost.spans[0]))
    else:
        receipt.texts_skipped.add(where, _NO_WORDS)


def _names(header: Sequence[str]) -> list[str]:
    """The names of the columns, however they are written."""
    return [name.strip().casefold() for name in header]


def _number(cell: str) -> object:
    """The cell as a whole number, or as it is where it is none."""
    digits = re.sub("[.,]0$", "", cell.strip())  # what some spreadsheets make of a whole number
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else cell


FORMAT = CsvSpans()
