"""WebAnno's and INCEpTION's TSV: version 3 with its layers and offsets, and version 2 with tags.

A sentence is a text. The first span layer that names entities is taken; of its features the one called ``value``, else
the first. All other layers are counted as left out. Offsets of version 3 count UTF-16 units of the whole document, but
are only needed within a word: everywhere else the words are found in the sentence, which the file states.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.cleaning import RawSpan, clean_spans, printable, quoted, text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tags import Token, placed, tagged_spans

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LINE_BREAKS = {"n": "\n", "r": "\r", "t": "\t"}
_VALUE = re.compile(r"(?P<name>(?:\\.|[^\\\[])*)(?:\[(?P<group>\d+)\])?")
_ID = re.compile(r"(\d+)-(\d+)(?:\.(\d+))?")


@dataclass(slots=True)
class _Sentence:
    """The lines of a sentence."""

    line: int
    text: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class WebAnnoTsv(Reader):
    """A header of layers, then sentences of token lines."""

    name = "webanno-tsv"
    title = "WebAnno / INCEpTION TSV"
    suffixes = (".tsv",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain by the header of version 3, or the ids and texts of version 2."""
        text = sample.text.lstrip()
        if text.startswith("#FORMAT=WebAnno TSV 3"):
            return Fit.CERTAIN
        is_two = re.search(r"^#text=.*\n1-1\t", text, re.MULTILINE) is not None
        return Fit.CERTAIN if is_two else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:  # noqa: ARG002 - it has none of its own
        """Yield a text a sentence, by the line where it begins."""
        layers = _Layers()
        for sentence in _sentences(source, layers):
            where = f"{source.name}:{sentence.line}"
            text = "\n".join(_unescaped(line) for line in sentence.text)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            lost = receipt.spans_lost.count
            spans = clean_spans(text, _spans(sentence, text, layers, where, receipt), where, receipt)
            complete = receipt.spans_lost.count == lost
            yield AnnotatedText(text, spans, TextState.DONE, source=where, complete=complete)


class _Layers:
    """Which column holds the entities."""

    def __init__(self) -> None:
        self.is_three = False
        self._column = 3
        self._found: list[tuple[bool, bool, int, str]] = []
        self._names: list[str] = []

    def take(self, line: str) -> None:
        """A line of the header."""
        self.is_three = self.is_three or line.startswith("#FORMAT=WebAnno TSV 3")
        if not line.startswith("#T_"):
            return
        kind, _equals, rest = line.partition("=")
        layer, *features = rest.split("|")
        if kind == "#T_SP":
            names = [name for name in features if not name.startswith("ROLE_")]
            chosen = features.index("value") if "value" in features else 0
            self._found.append(("NamedEntity" not in layer, not names, self._column + chosen, layer))
        self._names.append(layer)
        self._column += max(len(features), 1)

    def column(self) -> int | None:
        """The column of the entities' labels, the named entities first."""
        if not self.is_three:
            return 2
        return min(self._found)[2] if self._found else None

    def left_out(self) -> list[str]:
        """The layers that are not read."""
        taken = min(self._found)[3] if self._found else ""
        return [name for name in self._names if name != taken]


def _sentences(source: Source, layers: _Layers) -> Iterator[_Sentence]:
    current = _Sentence(0)
    for number, line in source.lines():
        lower = line[:6].lower()
        if lower == "#text=":
            if current.rows:
                yield current
                current = _Sentence(0)
            current.line = current.line or number
            current.text.append(line[6:])
        elif _ID.match(line):
            current.line = current.line or number
            current.rows.append(line.split("\t"))
        elif line.startswith("#"):
            layers.take(line)
    if current.rows or current.text:
        yield current


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda match: _LINE_BREAKS.get(match[1], match[1]), value)


def _spans(sentence: _Sentence, text: str, layers: _Layers, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    column = layers.column()
    for name in layers.left_out():
        receipt.fields_dropped[f"layer {printable(name)}"] += 1
    if column is None:
        return
    words = [row for row in sentence.rows if not _is_part(row)]
    at = 2 if layers.is_three else 1
    tokens = [Token(_unescaped(_cell(row, at)), _cell(row, column)) for row in words]
    places = placed(tokens, text)
    if places is None:
        receipt.spans_lost.add(where, "its words are not in its text, so none of its spans is kept")
        return
    if not layers.is_three:
        for layer in range(max(len(_cell(row, column).split("|")) for row in words) if words else 0):
            stacked = [Token(token.text, _nth(token.tag, layer)) for token in tokens]
            yield from tagged_spans(stacked, places, where, receipt)
        return
    by_word = dict(zip((row[0] for row in words), places, strict=True))
    yield from _layer_spans(sentence, by_word, text, column, where, receipt)


def _is_part(row: list[str]) -> bool:
    return "." in row[0]


def _cell(row: list[str], column: int) -> str:
    return row[column] if column < len(row) else "_"


def _nth(tag: str, number: int) -> str:
    stacked = tag.split("|")
    return stacked[number] if number < len(stacked) else "O"


def _layer_spans(
    sentence: _Sentence, by_word: dict[str, tuple[int, int]], text: str, column: int, where: str, receipt: Receipt
) -> Iterator[RawSpan]:
    """Spans of version 3: values of several rows with one number are one span."""
    groups: dict[tuple[str, str], tuple[int, int]] = {}
    for row in sentence.rows:
        place = by_word.get(row[0]) or _part_place(row, sentence, by_word, text)
        for value in re.split(r"(?<!\\)\|", _cell(row, column)):
            match = _VALUE.fullmatch(value)
            if value in ("_", ""):
                continue
            if match is None or place is None:
                receipt.spans_lost.add(where, "its line cannot be read", quoted(value))
                continue
            label = _unescaped(match["name"])
            if match["name"] == "*":
                receipt.spans_lost.add(where, "it has no label that can be used", quoted(text[slice(*place)]))
            elif match["group"]:
                before = groups.get((match["group"], label), place)
                groups[match["group"], label] = (min(before[0], place[0]), max(before[1], place[1]))
            else:
                yield RawSpan(*place, label)
    for (_group, label), place in groups.items():
        yield RawSpan(*place, label)


def _part_place(
    row: list[str], sentence: _Sentence, by_word: dict[str, tuple[int, int]], text: str
) -> tuple[int, int] | None:
    """Where a part of a word is, by its offsets in UTF-16 units from the word that it is a part of."""
    word = row[0].partition(".")[0]
    whole = next((each for each in sentence.rows if each[0] == word), None)
    if whole is None or word not in by_word:
        return None
    edges = [_offsets(_cell(each, 1)) for each in (whole, row)]
    if edges[0] is None or edges[1] is None:
        return None
    start, end = by_word[word]
    units = Utf16Map(text[start:])
    first, last = (units.to_code_point(max(edge - edges[0][0], 0)) for edge in edges[1])
    return start + first, min(start + last, end)


def _offsets(cell: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{1,12})-(\d{1,12})", cell)
    return (int(match[1]), int(match[2])) if match else None


FORMAT = WebAnnoTsv()
