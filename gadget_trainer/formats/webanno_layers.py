"""What WebAnno's TSV says of its columns, and the grammar of its cells; reading and writing agree on it here.

A layer has a column a feature, and one if it has none. A cell holds ``_`` for nothing, ``*`` for a span without that
feature, ``|`` between stacked spans, ``[n]`` after the parts of one span that covers several rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.formats.cleaning import RawSpan, quoted
from gadget_trainer.formats.receipt import Receipt

Row = Sequence[str]
Place = tuple[int, int]

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LINE_BREAKS = {"n": "\n", "r": "\r", "t": "\t"}
_VALUE = re.compile(r"(?P<name>(?:\\.|[^\\\[])*)(?:\[(?P<group>\d+)\])?")
_STACKED = re.compile(r"(?:\\.|[^|])+")


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer and its columns, counted from 0."""

    kind: str
    """``SP`` for spans, ``RL`` for relations, ``CH`` for chains."""
    name: str
    features: tuple[str, ...]
    first: int

    @property
    def columns(self) -> range:
        """The columns of its features."""
        return range(self.first, self.first + len(self.features))

    @property
    def label(self) -> int:
        """The column of what can be a label: the feature ``value``, else the first."""
        return self.first + (self.features.index("value") if "value" in self.features else 0)

    def references(self) -> list[int]:
        """The columns that name rows: where a relation comes from, and what fills a slot."""
        if self.kind == "RL":
            return [self.columns[-1]]
        slots = (at for at, name in enumerate(self.features) if name.startswith("ROLE_"))
        return [self.first + at + 1 for at in slots if at + 1 < len(self.features)]

    def joins(self, name: str) -> bool:
        """Whether its relations or slots are about spans of that layer."""
        return bool(self.references()) and (self.name == name or any(one.endswith(name) for one in self.features))


class Layers:
    """The header of a file."""

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self.lines: list[str] = []
        """The lines of version 3, as they are."""
        self.version = 2
        self._layers: list[Layer] = []
        self._column = 2
        for line in lines:
            self.take(line)

    def take(self, line: str) -> bool:
        """Whether a line is one of the header; if so, it is taken."""
        if line.startswith("#FORMAT=WebAnno TSV 3"):
            self.version, self._column = 3, 3
        elif line.startswith("#T_"):
            kind, _equals, rest = line.removeprefix("#T_").partition("=")
            self._add(kind, rest.split("|"))
        elif line.startswith((" # ", "# ")) and "|" in line:
            for layer in re.split(r"\s#\s", f" {line.strip()}")[1:]:
                self._add("SP", [part.strip() for part in layer.split("|")])
            return True
        else:
            return False
        self.lines.append(line)
        return True

    def _add(self, kind: str, parts: list[str]) -> None:
        name, *features = parts
        self._layers.append(Layer(kind, name, tuple(features) or ("",), self._column))
        self._column = self._layers[-1].columns.stop

    @property
    def width(self) -> int:
        """The number of columns."""
        return self._column

    @property
    def all(self) -> Sequence[Layer]:
        """The layers in the order of their columns."""
        return self._layers

    def entities(self) -> Layer | None:
        """The layer whose spans are read: the named entities, else the first one with a feature."""
        spans = [one for one in self._layers if one.kind == "SP"]
        return min(spans, key=_unlikely, default=None)


def _unlikely(layer: Layer) -> tuple[bool, bool, int]:
    has_name = any(name and not name.startswith("ROLE_") for name in layer.features)
    return "NamedEntity" not in layer.name, not has_name, layer.first


def unescaped(value: str) -> str:
    """A value without its backslashes."""
    return _ESCAPE.sub(lambda match: _LINE_BREAKS.get(match[1], match[1]), value)


def cell(row: Row, column: int) -> str:
    """The cell of a row; nothing where the row is too short."""
    return row[column] if column < len(row) else "_"


def is_part(row: Row) -> bool:
    """Whether a row is a part of the token before it."""
    return "." in row[0]


def offsets(row: Row) -> Place | None:
    """Where a row is, in UTF-16 units of the whole document; None where it does not say."""
    match = re.fullmatch(r"(\d{1,12})-(\d{1,12})", cell(row, 1))
    return (int(match[1]), int(match[2])) if match else None


def stated_spans(
    rows: Sequence[Row], places: dict[str, Place], text: str, layer: Layer, where: str, receipt: Receipt
) -> Iterator[tuple[RawSpan, tuple[str, ...]]]:
    """Yield the spans of a layer, each with all its features as they stand in the cells.

    ``places`` are those of the tokens by their ids, in code points. Rows with one number are one span.
    """
    groups: dict[tuple[str, str], tuple[Place, tuple[str, ...]]] = {}
    for row in rows:
        place = places.get(row[0]) or _part_place(row, rows, places, text)
        for at, value in enumerate(_STACKED.findall(cell(row, layer.label))):
            match = _VALUE.fullmatch(value)
            if value == "_":
                continue
            if match is None or place is None:
                receipt.spans_lost.add(where, "its line cannot be read", quoted(value))
                continue
            label, group = unescaped(match["name"]), match["group"]
            features = tuple(_feature(cell(row, column), at) for column in layer.columns)
            if match["name"] == "*":
                receipt.spans_lost.add(where, "it has no label that can be used", quoted(text[slice(*place)]))
            elif group:
                before, known = groups.get((group, label), (place, features))
                groups[group, label] = (min(before[0], place[0]), max(before[1], place[1])), known
            else:
                yield RawSpan(*place, label), features
    for (_group, label), (place, features) in groups.items():
        yield RawSpan(*place, label), features


def _feature(value: str, at: int) -> str:
    """One of the stacked values of a cell, without its number."""
    stacked = _STACKED.findall(value)
    match = _VALUE.fullmatch(stacked[at]) if at < len(stacked) else None
    return match["name"] if match and match["name"] not in ("", "_") else "*"


def _part_place(row: Row, rows: Sequence[Row], places: dict[str, Place], text: str) -> Place | None:
    """Where a part of a word is, by its offsets in UTF-16 units from the word that it is a part of."""
    word = row[0].partition(".")[0]
    whole = next((each for each in rows if each[0] == word), None)
    if whole is None or word not in places:
        return None
    outer, inner = offsets(whole), offsets(row)
    if outer is None or inner is None:
        return None
    start, end = places[word]
    units = Utf16Map(text[start:])
    first, last = (units.to_code_point(max(edge - outer[0], 0)) for edge in inner)
    return start + first, min(start + last, end)
