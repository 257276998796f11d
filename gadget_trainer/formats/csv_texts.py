"""CSV and TSV with a text a row: what spreadsheets, surveys and databases write.

Which sign parts the cells is read from the file. Going out, a text has its state and its categories in other columns;
what a spreadsheet would take for a formula gets an apostrophe before it, which is taken away again
when such a file is read.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import Fit, TokenRules, Writer
from gadget_trainer.formats.separated import Cells, rows_of_sample, separated_rows
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tables import SEPARATOR, STATES_HEADER, TableReader, guarded


class SeparatedTable(TableReader):
    """Cells between signs, in quotation marks where they hold the sign or a line break."""

    signs: ClassVar[str]
    """The signs that may part the cells."""

    def recognises(self, sample: Sample) -> Fit:
        """Likely when there are several rows with as many cells, of which some have names that tables of texts have."""
        rows = rows_of_sample(sample, self.signs)
        if len(rows) < 2 or sample.text.lstrip()[:1] in ("{", "[", "#"):
            return Fit.NO
        if tuple(rows[0][: len(STATES_HEADER)]) == STATES_HEADER:
            return Fit.CERTAIN
        same = sum(len(row) == len(rows[0]) for row in rows)
        names_text = any(name.strip().casefold() in ("text", "sentence", "content", "comment") for name in rows[0])
        is_table = names_text or (len(rows[0]) > 2 and _are_names(rows[0]))
        # Somebody's comma without quotation marks makes a row longer, and is no reason to take all of it for prose.
        return Fit.LIKELY if 10 * same >= 9 * len(rows) and is_table else Fit.NO

    def rows(self, source: Source) -> Iterator[tuple[str, Cells]]:
        """Yield the rows by the line where each begins."""
        return separated_rows(source, self.signs)


class CsvTexts(SeparatedTable, Writer):
    """Commas, or semicolons as spreadsheets write them where the comma is the decimal sign."""

    name = "csv"
    title = "CSV table of texts"
    suffixes = (".csv",)
    by_ending = False
    signs = ",;"
    limits = (
        "It is a table of texts with their categories: spans, refused spans, flags, notes, metadata and whether "
        "words are unknown have no place in it, nor have names of categories with “|” in them."
    )

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write a row a text, with a byte order mark, without which Excel takes the file for another encoding."""
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        rows = csv.writer(lines)
        rows.writerow(STATES_HEADER)
        for annotated in texts:
            names = [name for name in annotated.categories if SEPARATOR not in name and name == name.strip()]
            if len(names) < len(annotated.categories):
                receipt.not_held["categories with “|” or spaces at their edges"] += 1
            rows.writerow([guarded(annotated.text), annotated.state.value, SEPARATOR.join(map(guarded, names))])
            receipt.count_written(annotated, 0, categories=True)
            if annotated.spans:
                receipt.not_held["spans"] += len(annotated.spans)
        lines.detach()  # which writes what is left, and leaves the stream open


class TsvTexts(SeparatedTable):
    """Tabs."""

    name = "tsv"
    title = "TSV table of texts"
    suffixes = (".tsv",)
    signs = "\t"


def _are_names(cells: Cells) -> bool:
    """Whether they look like the names of columns: short, one or two words each, no two alike."""
    names = [cell.strip() for cell in cells]
    short = all(0 < len(name) <= 30 and len(name.split()) <= 2 and not name.isdigit() for name in names)
    return short and len(set(names)) == len(names)


FORMATS = (CsvTexts(), TsvTexts())
