"""Word documents (.docx), by python-docx: a document is one text, its paragraphs and tables in the order they stand in.

Paragraphs, list items among them, are parted by line breaks, cells of a table by tabs. Headers, footnotes, comments,
text boxes and pictures are not in its order, and are left out and counted.
"""

import re
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
_SIDES = (
    *("header", "footer", "first_page_header", "first_page_footer"),
    *("even_page_header", "even_page_footer"),
)
_NOTES = {"footnotes": b"footnote", "endnotes": b"endnote", "comments": b"comment"}


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
            receipt.fields_dropped.update({what: number for what, number in _left_out(document) if number})
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


def _left_out(document: Any) -> Iterator[tuple[str, int]]:
    """What the document has beside its text, with how many of each."""
    yield "pictures", len(document.inline_shapes)
    sides = (getattr(section, side) for section in document.sections for side in _SIDES)
    own = [side for side in sides if not side.is_linked_to_previous]
    yield "headers and footers", sum(any(map(str.strip, _lines(side.iter_inner_content()))) for side in own)
    for kind, tag in _NOTES.items():
        parts = [one.target_part for one in document.part.rels.values() if one.reltype.endswith(f"/{kind}")]
        # The lines that part notes from the text are notes to Word, with a type.
        notes = (re.finditer(rb"<w:%s\b[^>]*>" % tag, part.blob) for part in parts)
        yield kind, sum(b"w:type=" not in note[0] for found in notes for note in found)
    boxes = (one for one in document.element.body.iter() if str(one.tag).endswith("}txbxContent"))
    # Each box is there again for older programs.
    yield "text boxes", sum(not any(str(up.tag).endswith("}Fallback") for up in one.iterancestors()) for one in boxes)


FORMAT = Docx()
