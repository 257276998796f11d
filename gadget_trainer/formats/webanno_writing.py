"""WebAnno TSV 3.3, which INCEpTION imports: a layer of entities and whatever came with the texts, a text a sentence.

Offsets count UTF-16 units of all texts one after the other, with a line break between two. A span that cuts a token
is written as a part of it, so that none is lost. What a text brought from WebAnno goes back with it: see
:mod:`gadget_trainer.formats.webanno_brought`.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import TokenRules, Writer
from gadget_trainer.formats.tokenised import LEFT_OUT, annotated_only, tokenised, tokenizing
from gadget_trainer.formats.webanno_brought import Document
from gadget_trainer.formats.webanno_rows import Rows, text_lines

if TYPE_CHECKING:
    from spacy.language import Language


class WebAnnoWriter(Writer):
    """A header, then the texts with a line a token."""

    name = "webanno-tsv"
    title = "WebAnno / INCEpTION TSV"
    suffixes = (".tsv",)
    limits = (
        f"{LEFT_OUT} Whether words are unknown, categories, flags, notes, refused spans and metadata of other programs "
        "have no place in it."
    )

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write the texts that are done or have spans; all at once, because rows speak of each other."""
        nlp = tokenizing(rules)
        kept = list(_of_note(texts, receipt))
        document = Document([annotated for _where, annotated in kept])
        stream.write(document.header().encode())
        end = 0
        for number, (where, annotated) in enumerate(kept, start=1):
            begun = document.position(number, end)
            lines = _sentence(document, number, annotated, begun, nlp, where, receipt)
            if lines is None:
                continue
            stream.write("".join(f"{line}\n" for line in ("", *lines)).encode())
            end = begun + Utf16Map(annotated.text).to_utf16(len(annotated.text))
            brought = document.brought(number) is not None
            receipt.count_written(annotated, len(annotated.spans), kept_meta=("webanno",) if brought else ())
            receipt.count_unknown(annotated)


def _of_note(texts: Iterable[AnnotatedText], receipt: ExportReceipt) -> Iterator[tuple[str, AnnotatedText]]:
    for where, annotated in annotated_only(texts, receipt):
        if annotated.text.isspace():
            receipt.texts_left_out.add(where, "it holds nothing but spaces")
        else:
            yield where, annotated


def _sentence(
    document: Document,
    number: int,
    annotated: AnnotatedText,
    position: int,
    nlp: "Language",
    where: str,
    receipt: ExportReceipt,
) -> list[str] | None:
    """The lines of a text that begins at ``position`` (UTF-16 units); None where it cannot be cut into tokens."""
    if document.brought(number) is not None:
        return list(document.lines(number, annotated, position, receipt))
    doc = tokenised(nlp, annotated, where, receipt)
    if doc is None:
        return None
    places = [(token.idx, token.idx + len(token)) for token in doc if not token.is_space]
    rows = Rows.of_tokens(places, document.layers.width - 3)
    layer = document.entities()
    if layer is not None:
        rows.mark(layer, annotated.spans, {}, document.groups)
    return [*text_lines(annotated.text), *rows.lines(annotated.text, number, position)]


FORMAT = WebAnnoWriter()
