"""Plain text, a text a file: articles, letters, contracts."""

from collections.abc import Iterator

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source


class TextFile(Reader):
    """The file is one text to do, with its line ends as they are."""

    name = "txt-file"
    title = "Plain text (a text a file)"
    suffixes = (".txt",)

    def recognises(self, sample: Sample) -> Fit:
        """Nothing in a text says that it is one: the person does, by choosing this format."""
        return Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield the one text, exactly as it is."""
        text = source.text()
        if text.strip():
            yield AnnotatedText(text, source=source.name)
        else:
            receipt.texts_skipped.add(source.name, "the file holds nothing but spaces")


FORMAT = TextFile()
