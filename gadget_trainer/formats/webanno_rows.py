"""The rows of a sentence in WebAnno's TSV: a token a row, or the part of one that a span covers, with its cells."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.corpus.records import Span
from gadget_trainer.formats.webanno_layers import Layer, Place

_IN_TEXT = str.maketrans({"\\": r"\\", "\r": r"\r", "\t": r"\t"})
_IN_VALUE = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_LETTERS = {"\t": "t", "\n": "n", "\r": "r"}


def text_lines(text: str) -> Iterator[str]:
    """The lines that state the text of a sentence."""
    return (f"#Text={line.translate(_IN_TEXT)}" for line in text.split("\n"))


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """What a row is about: a token, or a part of one; offsets in code points of the text."""

    token: int
    """From 1."""
    part: int
    """From 1; 0 for the whole token."""
    start: int
    end: int


@dataclass(slots=True)
class Rows:
    """The cells of all rows of a text, those of the layers alone."""

    width: int
    """Cells of a row."""
    cells: dict[Unit, list[str]] = field(default_factory=dict)

    @classmethod
    def of_tokens(cls, places: Sequence[Place], width: int) -> "Rows":
        """Empty rows for tokens at these places."""
        units = (Unit(number, 0, start, end) for number, (start, end) in enumerate(places, start=1))
        return cls(width, {unit: ["_"] * width for unit in units})

    def mark(
        self, layer: Layer, spans: Sequence[Span], features: Mapping[Span, Sequence[str]], groups: Iterator[int]
    ) -> None:
        """Write the spans into the columns of a layer; ``features`` are what they had in them before.

        ``groups`` number the spans of several rows.
        """
        before = 3  # columns of the id, the offsets and the token
        tokens = sorted(unit for unit in self.cells if not unit.part)
        starts, ends = [token.start for token in tokens], [token.end for token in tokens]
        parts: defaultdict[int, list[Unit]] = defaultdict(list)
        for unit in self.cells:
            if unit.part:
                parts[unit.token].append(unit)
        for span in sorted(spans):
            touched = tokens[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
            units = [_covered(token, span, parts[token.token]) for token in touched]
            group = f"[{next(groups)}]" if len(units) > 1 else ""
            values = [*features.get(span, ["*"] * len(layer.features))]
            values[layer.label - layer.first] = _escaped(span.label)
            for unit in units:
                cells = self.cells.setdefault(unit, ["_"] * self.width)
                for column, value in zip(layer.columns, values, strict=True):
                    stacked = "" if cells[column - before] == "_" else f"{cells[column - before]}|"
                    cells[column - before] = f"{stacked}{value}{group}"

    def lines(self, text: str, number: int, position: int) -> Iterator[str]:
        """The rows of the sentence of that number, which begins at ``position`` (UTF-16 units)."""
        units = Utf16Map(text)
        for unit in sorted(self.cells):
            name = f"{number}-{unit.token}.{unit.part}" if unit.part else f"{number}-{unit.token}"
            start, end = position + units.to_utf16(unit.start), position + units.to_utf16(unit.end)
            form = text[unit.start : unit.end].translate(_IN_TEXT)
            yield "\t".join((name, f"{start}-{end}", form, *self.cells[unit], ""))


def _covered(token: Unit, span: Span, parts: list[Unit]) -> Unit:
    """The token itself, if the span covers all of it, else the part of it that it does, which is then among them."""
    start, end = max(token.start, span.start), min(token.end, span.end)
    if (start, end) == (token.start, token.end):
        return token
    found = next((unit for unit in parts if (unit.start, unit.end) == (start, end)), None)
    if found is None:
        found = Unit(token.token, max((unit.part for unit in parts), default=0) + 1, start, end)
        parts.append(found)
    return found


def _escaped(value: str) -> str:
    return _IN_VALUE.sub(lambda match: "\\" + _LETTERS.get(match[0], match[0]), value)
