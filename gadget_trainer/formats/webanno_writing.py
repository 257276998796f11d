"""WebAnno TSV 3.3, which INCEpTION imports: a layer of named entities, a text a sentence.

Offsets count UTF-16 units of all texts one after the other, with a line break between two. A span that cuts a token
is written as a part of it, so that none is lost.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.format import Writer
from gadget_trainer.formats.receipt import ExportReceipt
from gadget_trainer.formats.tokenised import LEFT_OUT, annotated_only, tokenised, tokenizing

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HEADER = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n"
_IN_TEXT = str.maketrans({"\\": r"\\", "\r": r"\r", "\t": r"\t"})
_IN_VALUE = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_LETTERS = {"\t": "t", "\n": "n", "\r": "r"}


class WebAnnoWriter(Writer):
    """A header, then the texts with a line a token."""

    name = "webanno-tsv"
    title = "WebAnno / INCEpTION TSV"
    suffixes = (".tsv",)
    limits = f"{LEFT_OUT} Whether words are unknown, categories, flags, notes and metadata have no place in it."

    def write(self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, language: str) -> None:
        """Write the texts that are done or have spans."""
        nlp = tokenizing(language)
        stream.write(_HEADER.encode())
        numbers = count(1)
        groups = count(1)
        position = 0
        for where, annotated in annotated_only(texts, receipt):
            doc = tokenised(nlp, annotated, where, receipt)
            if doc is None:
                continue
            if annotated.text.isspace():
                receipt.texts_left_out.add(where, "it holds nothing but spaces")
                continue
            lines = _sentence(annotated, doc, next(numbers), position, groups)
            stream.write("".join(f"{line}\n" for line in lines).encode())
            position += Utf16Map(annotated.text).to_utf16(len(annotated.text)) + 1
            receipt.count_written(annotated, len(annotated.spans))
            receipt.count_unknown(annotated)


@dataclass(frozen=True, slots=True, order=True)
class _Unit:
    """A line: a token, or the part of one that a span covers."""

    token: int
    """From 1."""
    part: int
    """From 1; 0 for the whole token."""
    start: int
    """Code points of the text, as ``end``."""
    end: int


def _sentence(annotated: AnnotatedText, doc: "Doc", number: int, position: int, groups: Iterator[int]) -> Iterator[str]:
    """The lines of a text that begins at ``position`` (UTF-16 units); ``groups`` number spans of several lines."""
    text, units = annotated.text, Utf16Map(annotated.text)
    yield ""
    for line in text.split("\n"):
        yield f"#Text={line.translate(_IN_TEXT)}"
    values = _values(annotated.spans, doc, groups)
    for unit in sorted(values):
        name = f"{number}-{unit.token}.{unit.part}" if unit.part else f"{number}-{unit.token}"
        start, end = position + units.to_utf16(unit.start), position + units.to_utf16(unit.end)
        identifiers = "|".join(f"*{group}" for group, _label in values[unit]) or "_"
        labels = "|".join(f"{label}{group}" for group, label in values[unit]) or "_"
        yield f"{name}\t{start}-{end}\t{text[unit.start : unit.end].translate(_IN_TEXT)}\t{identifiers}\t{labels}\t"


def _values(spans: Iterable[Span], doc: "Doc", groups: Iterator[int]) -> dict[_Unit, list[tuple[str, str]]]:
    """All lines, with the group and label of each span that is in it; the group is empty for a span of one line."""
    tokens = [_Unit(number, 0, start, end) for number, (start, end) in enumerate(_words(doc), start=1)]
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    values: dict[_Unit, list[tuple[str, str]]] = {token: [] for token in tokens}
    parts: defaultdict[int, dict[tuple[int, int], _Unit]] = defaultdict(dict)
    for span in sorted(spans):
        touched = tokens[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
        covered = [_covered(token, span, parts[token.token]) for token in touched]
        group = f"[{next(groups)}]" if len(covered) > 1 else ""
        for unit in covered:
            values.setdefault(unit, []).append((group, _escaped(span.label)))
    return values


def _words(doc: "Doc") -> Iterator[tuple[int, int]]:
    return ((token.idx, token.idx + len(token)) for token in doc if not token.is_space)


def _covered(token: _Unit, span: Span, parts: dict[tuple[int, int], _Unit]) -> _Unit:
    """The token itself, if the span covers all of it, else the part of it that it does."""
    start, end = max(token.start, span.start), min(token.end, span.end)
    if (start, end) == (token.start, token.end):
        return token
    return parts.setdefault((start, end), _Unit(token.token, len(parts) + 1, start, end))


def _escaped(value: str) -> str:
    return _IN_VALUE.sub(lambda match: "\\" + _LETTERS.get(match[0], match[0]), value)


FORMAT = WebAnnoWriter()
