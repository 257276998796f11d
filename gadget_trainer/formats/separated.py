"""Rows of cells between signs: commas, semicolons or tabs, with quotation marks around what holds them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from gadget_trainer.errors import UserError
from gadget_trainer.formats.source import Sample, Source

Cells = Sequence[str]
_LONGEST_CELL = 2**24
"""Code points of a cell that is read; the csv module's own limit is less than a long text."""
LOOKED_AT = 50
"""As many rows, and one, tell what a table is."""


def separated_rows(source: Source, signs: str) -> Iterator[tuple[str, Cells]]:
    """Yield the rows that have cells, by the line where each begins; one of ``signs`` parts the cells.

    Raises:
        UserError: a row cannot be read.
    """
    sign = _sign(source.sample().text, signs)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(source.whole_lines(), delimiter=sign)
    begun = 1
    try:
        for cells in reader:
            if cells and not (begun == 1 and _says_sign(cells)):
                yield f"{source.name}:{begun}", cells
            begun = reader.line_num + 1
    except csv.Error as error:
        raise UserError(
            f"{source.name}:{begun} cannot be read as a row of cells: {error}. Mend the row, and import it again."
        ) from error


def rows_of_sample(sample: Sample, signs: str) -> list[list[str]]:
    """The first rows that are whole; none where the sample cannot be read as rows."""
    text = sample.text.removeprefix("\ufeff")
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_sign(sample.text, signs)):
            rows.append([*row])
            if len(rows) > LOOKED_AT:
                break
    except csv.Error:
        return []
    whole = sample.whole or len(rows) > LOOKED_AT
    known = rows if whole else rows[:-1]
    return [row for at, row in enumerate(known) if row and not (at == 0 and _says_sign(row))]


def _says_sign(cells: Cells) -> bool:
    """Whether the row is no row, but tells Excel which sign parts the cells."""
    return "".join(cells) in ("sep=", "sep=,", "sep=;", "sep=\t")


def _sign(text: str, signs: str) -> str:
    """The sign that parts the first line, outside of quotation marks, into most cells."""
    lines = text.lstrip("\ufeff\r\n").split("\n", 2)
    first = lines[1] if lines[0].startswith("sep=") and len(lines) > 1 else lines[0]
    outside = "".join(first.split('"')[::2])
    return max(signs, key=Counter(outside).__getitem__)
