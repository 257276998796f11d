"""A table of all spans for a spreadsheet: a row a span, with what it is, where it is, and how far its text is.

In UTF-8 with a byte order mark, without which Excel takes the file for another encoding. Offsets are code points, end
exclusive. What a spreadsheet would take for a formula gets an apostrophe before it, so that it is shown and never run.
"""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.format import TokenRules, Writer
from gadget_trainer.formats.receipt import ExportReceipt
from gadget_trainer.formats.tables import guarded

_COLUMNS = ("text", "source", "start", "end", "surface", "label", "state")


class CsvSpans(Writer):
    """A row a span; the texts themselves are not in it."""

    name = "csv-spans"
    title = "CSV table of spans"
    suffixes = (".csv",)
    limits = (
        "It is a table of the spans: the texts around them, and texts without spans, have no place in it, nor have "
        "categories, flags, notes, refused spans and metadata. It cannot be imported again."
    )

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write the spans of all texts, with the number of their text."""
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        rows = csv.writer(lines)
        rows.writerow(_COLUMNS)
        for number, annotated in enumerate(texts, start=1):
            if not annotated.spans:
                receipt.texts_left_out.add(receipt.place(annotated, number), "it has no spans")
                continue
            text, source = annotated.text, guarded(annotated.source)
            for span in annotated.spans:
                surface, label = guarded(text[span.start : span.end]), guarded(span.label)
                rows.writerow(
                    [annotated.id or number, source, span.start, span.end, surface, label, annotated.state.value]
                )
            receipt.count_written(annotated, len(annotated.spans))
        lines.detach()  # which writes what is left, and leaves the stream open


FORMAT = CsvSpans()
