"""PDF documents, by pypdf: a page is a text, because nothing in a PDF says where a paragraph goes on.

What a PDF holds are places of letters on a page: lines break where they break there. A scanned page is a picture and
holds no letters, which the receipt says.
"""

import logging
from collections.abc import Iterator
from io import BytesIO

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.optional import library
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source

_MARK = b"%PDF-"


class Pdf(Reader):
    """A text to do a page."""

    name = "pdf"
    title = "PDF document (a text a page)"
    suffixes = (".pdf",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain by its first bytes."""
        return Fit.CERTAIN if sample.head.startswith(_MARK) else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield the pages that have text, by their numbers.

        Raises:
            UserError: none has, or the file is damaged or locked.
        """
        found = False
        for number, text in enumerate(_pages(source), start=1):
            where = f"{source.name}:{number}"
            problem = text_problem(text) if text.strip() else "the page has no text, as when it was scanned"
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            found = True
            yield AnnotatedText(text, source=where)
        if not found:
            raise UserError(
                f"{source.name} has no text: its pages are pictures, as when it was scanned. "
                "Recognise its text with an OCR program first, and import what that makes of it."
            )


def _pages(source: Source) -> Iterator[str]:
    pypdf = library("pypdf", "PDF documents")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every odd table that it got over
    data = source.data()
    if not data.startswith(_MARK):
        raise UserError(f"{source.name} is no PDF document. Choose another format, or another file.")
    try:
        # One that is locked by a password fails as a damaged one does; one that is only protected from changes opens.
        for page in pypdf.PdfReader(BytesIO(data)).pages:
            # Letters of fonts without a table of characters come out as half characters.
            yield page.extract_text().encode("utf-8", "replace").decode()
    except Exception as error:
        # A damaged document fails anywhere in pypdf, and with any exception.
        raise UserError(
            f"{source.name} is damaged, or locked by a password. Save it again without one, and import it."
        ) from error


FORMAT = Pdf()
