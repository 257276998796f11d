"""Excel workbooks with a text a row, by openpyxl: the first sheet that holds anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import quoted
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.notes import counted
from gadget_trainer.formats.office_zip import checked, holds
from gadget_trainer.formats.optional import library
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.separated import Cells
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tables import TableReader

_ENTRY = "xl/workbook.xml"
_MOST_BYTES = 2**26
"""Of XML that is read; openpyxl holds all strings at once."""


class Xlsx(TableReader):
    """Formulas give the values that were stored with them."""

    name = "xlsx"
    title = "Excel table of texts"
    suffixes = (".xlsx",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain when it is a zip with a workbook in it."""
        return Fit.CERTAIN if holds(sample, _ENTRY) else Fit.NO

    def rows(self, source: Source) -> Iterator[tuple[str, Cells]]:
        """Yield the rows of the first sheet that has any, by their numbers."""
        for _title, rows in _sheets(source):
            found = False
            for number, cells in rows:
                found = True
                yield f"{source.name}:{number}", cells
            if found:
                return

    def note_rest(self, source: Source, receipt: Receipt) -> None:
        """Count the rows of the sheets after the one that was read."""
        sizes = [(title, sum(1 for _row in rows)) for title, rows in _sheets(source)]
        filled = [(title, size) for title, size in sizes if size]
        for title, size in filled[1:]:
            reason = "the sheet was not read, because only the first one with rows is: save it as a file of its own"
            receipt.remarks.add(source.name, reason, f"{quoted(title)} with {counted(size, 'row')}")
            receipt.fields_dropped["rows of other sheets"] += size


def _sheets(source: Source) -> Iterator[tuple[str, Iterator[tuple[int, Cells]]]]:
    """Yield the name of each sheet, and its rows that are not empty with their numbers."""
    openpyxl = library("openpyxl", "Excel workbooks")
    data = checked(source, _ENTRY, "Excel workbook", _MOST_BYTES)
    with _damage_said(source):
        for sheet in openpyxl.load_workbook(data, read_only=True, data_only=True).worksheets:
            yield sheet.title, _filled_rows(sheet, source)


def _filled_rows(sheet: Any, source: Source) -> Iterator[tuple[int, Cells]]:
    with _damage_said(source):
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            row = ["" if cell is None else str(cell) for cell in cells]
            if any(row):
                yield number, row


@contextmanager
def _damage_said(source: Source) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # A damaged workbook fails anywhere in openpyxl, and with any exception.
        raise UserError(f"{source.name} is damaged, or no Excel workbook. Save it again, and import it.") from error


FORMAT = Xlsx()
