"""spaCy's own ``.spacy`` files (DocBin): texts cut into tokens, with their entities.

Spans are held as tokens, so a span that cuts one cannot be written: its tokens become unknown, and the
receipt says which it was. Of a text that is not complete, all tokens outside its spans are unknown, so that
nothing trains them as "no entity". Read back, a text with unknown tokens is to do, every other is done.

Categories are ``doc.cats``: all that the file has for a text that is done, and for others those that were chosen. A
text whose ``cats`` are all there is done, whatever is known of its tokens.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cats import ScoredCategories, chosen_of
from gadget_trainer.formats.cleaning import RawSpan, clean_categories, clean_spans, text_problem
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import Fit, Reader, TokenRules, Writer
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tokenised import LEFT_OUT, annotated_only, token_spans, tokenised, tokenizing

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MOST_BYTES = 2**30
"""Unpacked size of a file that is read: a small file can unpack to more than any memory."""

_OF_ENTITIES = ("kb_id_", "id_")
_OTHER_LAYERS = ("TAG", "POS", "MORPH", "LEMMA", "DEP")


class SpacyDocBin(Reader, Writer):
    """What ``python -m spacy train`` reads."""

    name = "spacy"
    title = "spaCy DocBin"
    suffixes = (".spacy",)
    limits = (
        f"{LEFT_OUT} Spans that cut a token or overlap, flags, notes, refused spans and metadata have no place in it."
    )

    def recognises(self, sample: Sample) -> Fit:
        """Certain when it is packed as spaCy packs and begins with the names that spaCy writes."""
        try:
            beginning = zlib.decompressobj().decompress(sample.head, 1000)
        except zlib.error:
            return Fit.NO
        return Fit.CERTAIN if b"version" in beginning and b"attrs" in beginning else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a Doc; records are numbered from 1."""
        for number, record in enumerate(_records(source, receipt), start=1):
            where = f"{source.name}:{number}"
            problem = text_problem(record.text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            lost = receipt.spans_lost.count
            spans = clean_spans(record.text, record.spans, where, receipt)
            # Where a span was lost, its words are not "no entity".
            complete = not record.has_unknown and receipt.spans_lost.count == lost
            state = TextState.TODO if record.has_unknown and not record.has_all_cats else TextState.DONE
            categories = clean_categories(record.categories, where, receipt)
            yield AnnotatedText(record.text, spans, state, source=where, complete=complete, categories=categories)

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write all texts but the skipped ones and those that nobody has looked at."""
        from spacy.tokens import DocBin  # noqa: PLC0415 - the window lists the formats before spaCy is loaded

        nlp = tokenizing(rules)
        doc_bin = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
        categories = ScoredCategories()
        for where, annotated in annotated_only(texts, receipt, with_categories=True):
            doc = _doc(nlp, annotated, where, receipt)
            if doc is not None:
                doc_bin.add(doc)
                categories.add(annotated)
                receipt.count_written(annotated, len(doc.ents), categories=True)
        doc_bin.cats = list(categories.scores())
        try:
            stream.write(doc_bin.to_bytes())
        except ValueError as error:
            raise UserError("There are too many texts for one .spacy file. Export them as JSONL.") from error


class _Record(NamedTuple):
    """What is read of a Doc."""

    text: str
    spans: list[RawSpan]
    has_unknown: bool
    categories: list[str]
    has_all_cats: bool
    """Whether it says of each category in the file whether it fits."""


def _records(source: Source, receipt: Receipt) -> Iterator[_Record]:
    from spacy.tokens import DocBin  # noqa: PLC0415 - as in write
    from spacy.vocab import Vocab  # noqa: PLC0415 - as in write

    data = source.data()
    try:
        _refuse_bomb(data, source.name)
        doc_bin = DocBin().from_bytes(data)
        every = {name for cats in doc_bin.cats for name in cats}
        for doc in doc_bin.get_docs(Vocab()):
            yield _record(doc, every, source.name, receipt)
    except UserError:
        raise
    except Exception as error:
        # A damaged file fails anywhere in spaCy, msgpack or numpy, and with any exception.
        raise UserError(
            f"{source.name} is damaged, or not a DocBin of spaCy 3. Make it again, and import it then."
        ) from error


def _refuse_bomb(data: bytes, name: str) -> None:
    unpacking = zlib.decompressobj()
    size = 0
    while data and size <= MOST_BYTES:
        size += len(unpacking.decompress(data, 2**20))
        data = unpacking.unconsumed_tail
    if size > MOST_BYTES:
        raise UserError(f"{name} unpacks to more than a gigabyte. Split it into smaller ones, and import those.")


def _record(doc: "Doc", every: set[str], name: str, receipt: Receipt) -> _Record:
    if doc.has_unknown_spaces:
        receipt.remarks.add(name, "the file does not know the spaces of a text, so its words are joined by one each")
    for layer in _OTHER_LAYERS:
        if len(doc) and doc.has_annotation(layer):
            receipt.fields_dropped[layer] += 1
    for key, group in doc.spans.items():
        receipt.fields_dropped[f"spans: {key}"] += len(group)
    for field in _OF_ENTITIES:
        if number := sum(bool(getattr(entity, field)) for entity in doc.ents):
            receipt.fields_dropped[f"entities: {field.strip('_')}"] += number
    if doc.user_data:
        receipt.fields_dropped["user_data"] += 1
    spans = [RawSpan(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
    has_unknown = any(token.ent_iob == 0 for token in doc)
    return _Record(doc.text, spans, has_unknown, chosen_of(doc.cats), bool(every) and doc.cats.keys() == every)


def _doc(nlp: "Language", annotated: AnnotatedText, where: str, receipt: ExportReceipt) -> "Doc | None":
    """The text as tokens with its entities, or None when the tokenizer would change the text."""
    doc = tokenised(nlp, annotated, where, receipt)
    if doc is None:
        return None
    entities, lost = token_spans(doc, annotated.spans, where, receipt)
    unknown = {token for span in lost for token in _touched(doc, span)}
    unknown -= {token.i for entity in entities for token in entity}
    missing = [doc[i : i + 1] for i in sorted(unknown)]
    doc.set_ents(entities, missing=missing, default="outside" if annotated.complete else "missing")
    return doc


def _touched(doc: "Doc", span: Span) -> set[int]:
    """The tokens that share a code point with the span."""
    tokens = doc.char_span(span.start, min(span.end, len(doc.text)), alignment_mode="expand")
    return {token.i for token in tokens} if tokens is not None else set()


FORMAT = SpacyDocBin()
