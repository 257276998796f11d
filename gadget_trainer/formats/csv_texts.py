"""CSV and TSV with a text a row: what spreadsheets, surveys and databases write.

Which sign parts the cells is read from the file. Going out, a text has its state and its categories in other columns;
what a spreadsheet would take for a formula gets an apostrophe before it, which is taken away again
when such a file is read.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO, ClassVar

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.format import Fit, TokenRules, Writer
from gadget_trainer.formats.receipt import ExportReceipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tables import SEPARATOR, STATES_HEADER, Cells, TableReader, guarded

_LONGEST_CELL = 2**24
"""Code points of a cell that is read; the csv module's own limit is less than a long text."""
_LOOKED_AT = 50


class SeparatedTable(TableReader):
    """Cells between signs, in quotation marks where they hold the sign or a line break."""

    signs: ClassVar[str]
    """The signs that may part the cells."""

    def recognises(self, sample: Sample) -> Fit:
        """Likely when there are several rows with as many cells, of which some have names that tables of texts have."""
        rows = _sample_rows(sample, _sign(sample.text, self.signs))
        if len(rows) < 2 or sample.text.lstrip()[:1] in ("{", "[", "#"):
            return Fit.NO
        if tuple(rows[0][: len(STATES_HEADER)]) == STATES_HEADER:
            return Fit.CERTAIN
        same = sum(len(row) == len(rows[0]) for row in rows)
        names_text = any(name.strip().casefold() in ("text", "sentence", "content", "comment") for name in rows[0])
        is_table = names_text or (len(rows[0]) > 2 and _are_names(rows[0]))
        return Fit.LIKELY if same == len(rows) and is_table else Fit.NO

    def rows(self, source: Source) -> Iterator[tuple[str, Cells]]:
        """Yield the rows by the line where each begins."""
        sign = _sign(source.sample().text, self.signs)
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(source.whole_lines(), delimiter=sign)
        begun = 1
        try:
            for cells in reader:
                if cells:
                    yield f"{source.name}:{begun}", cells
                begun = reader.line_num + 1
        except csv.Error as error:
            raise UserError(
                f"{source.name}:{begun} cannot be read as a row of cells: {error}. Mend the row, and import it again."
            ) from error


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


def _sign(text: str, signs: str) -> str:
    """The sign that parts the first line, outside of quotation marks, into most cells."""
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    outside = "".join(first.split('"')[::2])
    return max(signs, key=Counter(outside).__getitem__)


def _sample_rows(sample: Sample, sign: str) -> list[list[str]]:
    text = sample.text.removeprefix("\ufeff")
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append([*row])
            if len(rows) > _LOOKED_AT:
                break
    except csv.Error:
        return []
    whole = sample.whole or len(rows) > _LOOKED_AT
    return [row for row in (rows if whole else rows[:-1]) if row]


def _are_names(cells: Cells) -> bool:
    """Whether they look like the names of columns: short, one or two words each, no two alike."""
    names = [cell.strip() for cell in cells]
    short = all(0 < len(name) <= 30 and len(name.split()) <= 2 and not name.isdigit() for name in names)
    return short and len(set(names)) == len(names)


FORMATS = (CsvTexts(), TsvTexts())
