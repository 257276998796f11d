"""Excel workbooks with a text a row, by openpyxl: the first sheet that holds anything."""

from collections.abc import Iterator

from gadget_trainer.errors import UserError
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.office_zip import checked, holds
from gadget_trainer.formats.optional import library
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tables import Cells, TableReader

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
        """Yield the rows by their numbers."""
        openpyxl = library("openpyxl", "Excel workbooks")
        data = checked(source, _ENTRY, "Excel workbook", _MOST_BYTES)
        try:
            workbook = openpyxl.load_workbook(data, read_only=True, data_only=True)
            for sheet in workbook.worksheets:
                found = False
                for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                    row = ["" if cell is None else str(cell) for cell in cells]
                    if any(row):
                        found = True
                        yield f"{source.name}:{number}", row
                if found:
                    return
        except Exception as error:
            # A damaged workbook fails anywhere in openpyxl, and with any exception.
            raise UserError(f"{source.name} is damaged, or no Excel workbook. Save it again, and import it.") from error


FORMAT = Xlsx()
