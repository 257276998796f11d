"""Word documents (.docx), by python-docx: a document is one text, its paragraphs and tables in the order they stand in.

Paragraphs, list items among them, are parted by line breaks, cells of a table by tabs. Headers, footnotes and pictures
are not text of the document, and are left out.
"""

from collections.abc import Iterator
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.office_zip import checked, holds
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.optional import library
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source

_ENTRY = "word/document.xml"
_MOST_BYTES = 2**24
"""Of XML that is read; as a tree it takes some ten times that."""


class Docx(Reader):
    """One text to do."""

    name = "docx"
    title = "Word document"
    suffixes = (".docx",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain when it is a zip with a document in it."""
        return Fit.CERTAIN if holds(sample, _ENTRY) else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield the one text."""
        docx = library("docx", "Word documents")
        data = checked(source, _ENTRY, "Word document", _MOST_BYTES)
        try:
            document = docx.Document(data)
            text = "\n".join(_lines(document.iter_inner_content()))
            receipt.fields_dropped.update({"pictures": len(document.inline_shapes)} if document.inline_shapes else {})
        except Exception as error:
            # A damaged document fails anywhere in python-docx, and with any exception.
            raise UserError(f"{source.name} is damaged, or no Word document. Save it again, and import it.") from error
        problem = text_problem(text) if text.strip() else "the document has no text"
        if problem is not None:
            receipt.texts_skipped.add(source.name, problem)
            return
        yield AnnotatedText(text, source=source.name)


def _lines(blocks: Any) -> Iterator[str]:
    """The paragraphs and the rows of tables; python-docx has no common type of the two."""
    for block in blocks:
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(row.cells)  # one that spans several columns is there for each of them
                yield "\t".join(" ".join(_lines(cell.iter_inner_content())) for cell in cells)
        else:
            yield block.text


FORMAT = Docx()
