"""WebAnno's and INCEpTION's TSV: version 3 with its layers and offsets, and the older versions 1 and 2 with tags.

A sentence is a text. The first span layer that names entities is taken; of its features the one called ``value``, else
the first. Offsets of version 3 count UTF-16 units of the whole document, but are only needed within a word: everywhere
else the words are found in the sentence, which the file states.

All that a sentence of version 3 has beside goes to ``meta["webanno"]`` with its lines as they are, so that it returns
to where it came from. Of the older versions, which are not written, the other layers are counted as left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.cleaning import RawSpan, clean_spans, printable, quoted, span_name, text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tags import Token, placed, tagged_spans
from gadget_trainer.formats.webanno_layers import Layers, Place, cell, is_part, stated_spans, unescaped

_ID = re.compile(r"\d+(?:-\d+(?:\.\d+)?)?\t")
_LABELS_OF_ONE = 4
"""The column of the entities in version 1, which has no header."""

_NO_VALUE = "_"
"""What stands behind ``B-`` in the older versions where a span does not have that feature."""


@dataclass(slots=True)
class _Sentence:
    """The lines of a sentence."""

    line: int = 0
    """Where it begins; 0 before it does."""
    text: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """All of them, as they are."""


class WebAnnoTsv(Reader):
    """A header of layers, then sentences of token lines."""

    name = "webanno-tsv"
    title = "WebAnno / INCEpTION TSV"
    suffixes = (".tsv",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain by the header of version 3, or the ids and texts of the older ones."""
        text = sample.text.lstrip()
        if text.startswith("#FORMAT=WebAnno TSV 3"):
            return Fit.CERTAIN
        is_older = re.search(r"^#text=.*\n1(-1)?\t", text, re.MULTILINE) is not None
        return Fit.CERTAIN if is_older else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a sentence, by the line where it begins."""
        layers = Layers()
        for sentence in _sentences(source, layers):
            where = f"{source.name}:{sentence.line}"
            text = "\n".join(unescaped(line) for line in sentence.text)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            lost = receipt.spans_lost.count
            spans = clean_spans(text, _spans(sentence, text, layers, where, receipt), where, receipt)
            complete = receipt.spans_lost.count == lost
            meta = {}
            if layers.version == 3:
                known = [[span.start, span.end, span.label] for span in spans]
                meta = {"webanno": {"head": list(layers.lines), "lines": sentence.lines, "spans": known}}
            yield AnnotatedText(text, spans, TextState.DONE, source=where, complete=complete, meta=meta)


def _sentences(source: Source, layers: Layers) -> Iterator[_Sentence]:
    current = _Sentence()
    for number, line in source.lines():
        is_text, is_row = line[:6].lower() == "#text=", _ID.match(line) is not None
        if current.rows and line.startswith("#"):
            yield current
            current = _Sentence()
        if not is_text and not is_row and (layers.take(line) or not line.startswith("#")):
            continue
        current.line = current.line or number
        current.lines.append(line)
        if is_text:
            current.text.append(line[6:])
        elif is_row:
            current.rows.append(line.split("\t"))
    if current.rows or current.text:
        yield current


def _spans(sentence: _Sentence, text: str, layers: Layers, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    words = [row for row in sentence.rows if not is_part(row)]
    tokens = [Token(unescaped(cell(row, 2 if layers.version == 3 else 1)), "") for row in words]
    places = placed(tokens, text)
    if places is not None:
        yield from _stated(sentence, words, tokens, places, text, layers, where, receipt)
        return
    reason = "the words of its sentence are not in the text of it"
    nowhere = [(0, 0)] * len(words)
    for raw in _stated(sentence, words, tokens, nowhere, text, layers, where, receipt):
        receipt.spans_lost.add(where, reason, quoted(raw.label))


def _stated(
    sentence: _Sentence,
    words: list[list[str]],
    tokens: list[Token],
    places: list[Place],
    text: str,
    layers: Layers,
    where: str,
    receipt: Receipt,
) -> Iterator[RawSpan]:
    """Yield the spans of a sentence whose words are at these places."""
    if layers.version == 3:
        entities = layers.entities()
        by_word: dict[str, Place] = dict(zip((row[0] for row in words), places, strict=True))
        if entities is not None:
            for raw, _features in stated_spans(sentence.rows, by_word, text, entities, where, receipt):
                yield raw
    elif words:
        column = _tagged_column(words, layers, receipt)
        for layer in range(max(len(cell(row, column).split("|")) for row in words)):
            stacked = [
                Token(token.text, _nth(cell(row, column), layer)) for token, row in zip(tokens, words, strict=True)
            ]
            for raw in tagged_spans(stacked, places, where, receipt):
                if raw.label == _NO_VALUE:
                    receipt.spans_lost.add(where, "it has no label that can be used", span_name(raw))
                else:
                    yield raw


def _tagged_column(words: list[list[str]], layers: Layers, receipt: Receipt) -> int:
    """The column of the entities' tags in an older version; all others are counted as left out."""
    entities = layers.entities()
    if entities is None:
        column = _LABELS_OF_ONE if "-" not in words[0][0] else 2
        width = max(map(len, words))
        receipt.fields_dropped.update(f"column {at + 1}" for at in range(2, width) if at != column)
        return column
    left_out = (one.name.rpartition(".")[2] for one in layers.all if one is not entities)
    receipt.fields_dropped.update(f"layer {printable(name)}" for name in left_out)
    features = zip(entities.columns, entities.features, strict=True)
    receipt.fields_dropped.update(f"feature {printable(name)}" for at, name in features if at != entities.label)
    return entities.label


def _nth(tag: str, number: int) -> str:
    stacked = tag.split("|")
    return stacked[number] if number < len(stacked) else "O"


FORMAT = WebAnnoTsv()
