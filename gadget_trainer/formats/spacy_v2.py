"""The JSON that ``spacy train`` of version 2 read: documents of paragraphs of sentences of tokens with BILUO tags.

A paragraph is a text. Where it has no ``raw`` text, or the tokens are not found in it one after the other, the text is
the tokens joined by one space each, which the receipt says.
"""

from collections.abc import Iterator

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.cats import CHOSEN
from gadget_trainer.formats.cleaning import clean_categories, clean_spans, text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.json_rows import Row, rows, sample_rows
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tags import Token, joined, placed, tagged_spans

_LAYERS = ("tag", "dep", "head", "lemma", "brackets")


class SpacyTwo(Reader):
    """A list of documents."""

    name = "spacy-v2"
    title = "spaCy 2 training JSON"
    suffixes = (".json",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain when a document has paragraphs."""
        if any(isinstance(row.get("paragraphs"), list) for row in sample_rows(sample)):
            return Fit.CERTAIN
        is_cut = not sample.whole and sample.text.lstrip().startswith(("[", "{"))
        keys = ('"paragraphs"', '"sentences"', '"tokens"', '"orth"')
        return Fit.CERTAIN if is_cut and all(key in sample.text for key in keys) else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a paragraph; notes name the document by its number."""
        for where, row in rows(source, receipt):
            paragraphs = row.get("paragraphs")
            if not isinstance(paragraphs, list):
                receipt.texts_skipped.add(where, "the document has no paragraphs")
                continue
            for paragraph in paragraphs:
                annotated = _annotated(paragraph, where, receipt)
                if annotated is not None:
                    yield annotated


def _annotated(paragraph: object, where: str, receipt: Receipt) -> AnnotatedText | None:
    row = paragraph if isinstance(paragraph, dict) else {}
    tokens = [
        Token(str(token.get("orth", "")), str(token.get("ner", "-")))
        for sentence in _objects(row.get("sentences"))
        for token in _objects(sentence.get("tokens"))
        if _counted(token, receipt)
    ]
    raw = row.get("raw")
    text, places = joined(tokens)
    if isinstance(raw, str) and raw:
        found = placed(tokens, raw)
        if found is not None:
            text, places = raw, found
        else:
            receipt.remarks.add(where, "its tokens are not in its raw text, so they are joined by one space each")
    elif tokens:
        receipt.remarks.add(where, "it has no raw text, so its tokens are joined by one space each")
    problem = text_problem(text)
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    lost = receipt.spans_lost.count
    spans = clean_spans(text, tagged_spans(tokens, places, where, receipt), where, receipt)
    complete = lost == receipt.spans_lost.count and not any(token.tag == "-" for token in tokens)
    categories = clean_categories(_chosen(row.get("cats")), where, receipt)
    state = TextState.DONE if complete or categories or receipt.had_spans(spans, where) else TextState.TODO
    return AnnotatedText(text, spans, state, source=where, complete=complete, categories=categories)


def _chosen(cats: object) -> Iterator[object]:
    """The categories of a paragraph: a list of labels with a value each."""
    for one in _objects(cats):
        value = one.get("value")
        if isinstance(value, int | float) and value >= CHOSEN:
            yield one.get("label")


def _objects(value: object) -> list[Row]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _counted(token: Row, receipt: Receipt) -> bool:
    receipt.fields_dropped.update(key for key in _LAYERS if key in token)
    return True


FORMAT = SpacyTwo()
