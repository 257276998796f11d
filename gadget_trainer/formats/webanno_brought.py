"""Sentences that came from WebAnno's TSV return to it with all their layers.

One whose spans are as they came has the lines that it came with. Of one whose spans were changed the layer of the
entities is written anew, further features staying with the spans that stayed; relations and slots of that layer are
left out then, because what they join may be gone. Numbers and offsets follow from where the sentence is now.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.tags import Token, placed
from gadget_trainer.formats.webanno_layers import (
    Layer,
    Layers,
    Place,
    cell,
    is_part,
    offsets,
    stated_spans,
    unescaped,
)
from gadget_trainer.formats.webanno_rows import Rows, Unit

DEFAULT_LAYER = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
_FORMAT = "#FORMAT=WebAnno TSV 3.3"
_ROW = re.compile(r"(\d+)-(\d+)(?:\.(\d+))?\t\d+-\d+\t")
_GROUPS = re.compile(r"(?<!\\)\[(\d+)(?:_(\d+))?\]")
_REFERENCE = re.compile(r"(?<![\d-])(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Came:
    """A sentence as it came."""

    file: str
    head: tuple[str, ...]
    lines: tuple[str, ...]
    spans: tuple[Span, ...]
    """Those that were read of it."""
    number: int
    start: int
    """Where it began in its document, in UTF-16 units."""
    places: Mapping[str, Place]
    """Where its tokens are in its text, by the ids of their rows, in code points."""

    @property
    def rows(self) -> list[list[str]]:
        """The cells of its rows."""
        return [line.split("\t") for line in self.lines if _ROW.match(line)]


def came(annotated: AnnotatedText) -> Came | None:
    """What the text brought from WebAnno; None where it did not, or where that is not of this text."""
    kept = annotated.meta.get("webanno")
    if not isinstance(kept, Mapping):
        return None
    head, lines = _strings(kept.get("head")), _strings(kept.get("lines"))
    rows = [line.split("\t") for line in lines if _ROW.match(line)]
    stated = "\n".join(unescaped(line[6:]) for line in lines if line[:6].lower() == "#text=")
    words = [row for row in rows if not is_part(row)]
    places = placed([Token(unescaped(cell(row, 2)), "") for row in words], annotated.text)
    first = offsets(words[0]) if words else None
    if stated != annotated.text or not places or first is None:
        return None
    start = first[0] - Utf16Map(annotated.text).to_utf16(places[0][0])
    by_id = dict(zip((row[0] for row in words), places, strict=True))
    file, number = annotated.source.rpartition(":")[0], int(words[0][0].partition("-")[0])
    return Came(file, tuple(head), tuple(lines), tuple(_spans(kept.get("spans"))), number, start, by_id)


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _spans(value: object) -> Iterator[Span]:
    for one in value if isinstance(value, list) else []:
        match one:
            case [int(start), int(end), str(label)]:
                yield Span(start, end, label)


class Document:
    """The sentences of one file: its header, and the numbers by which rows speak of each other."""

    def __init__(self, texts: Sequence[AnnotatedText]) -> None:
        brought = [came(one) for one in texts]
        head = next((one.head for one in brought if one), (_FORMAT, DEFAULT_LAYER))
        self._brought = [one if one and one.head == head else None for one in brought]
        self.layers = Layers(head)
        entities = self.layers.entities()
        self._has_own_layer = (entities is None or entities.features == ("",)) and any(one.spans for one in texts)
        if self._has_own_layer:
            self.layers.take(DEFAULT_LAYER)
        self._numbers = {(one.file, one.number): at for at, one in enumerate(self._brought, start=1) if one}
        self._shifts: dict[str, int] = {}
        newest = 0
        for one in self._brought:
            if one and one.file not in self._shifts:
                self._shifts[one.file] = newest
                newest += max(_newest_group(other) for other in self._brought if other and other.file == one.file)
        self.groups = count(newest + 1)

    def header(self) -> str:
        """The lines before the first sentence."""
        return "".join(f"{line}\n" for line in self.layers.lines) + "\n"

    def entities(self) -> Layer | None:
        """The layer that the spans are written into."""
        return self.layers.entities()

    def brought(self, number: int) -> Came | None:
        """What the text of that number, from 1, brought and can be written with this header."""
        return self._brought[number - 1]

    def position(self, number: int, end: int) -> int:
        """Where the sentence begins if the one before it ends at ``end``: as far after it as in its own document."""
        one, before = self.brought(number), self.brought(number - 1) if number > 1 else None
        if one and number == 1:
            return one.start
        if one and before and (one.file, one.number) == (before.file, before.number + 1):
            length = len("\n".join(_text(before)).encode("utf-16-le")) // 2
            return end + one.start - (before.start + length)
        return end + bool(number > 1)

    def lines(self, number: int, annotated: AnnotatedText, position: int, receipt: ExportReceipt) -> Iterator[str]:
        """The lines of a sentence that came, at ``position`` (UTF-16 units)."""
        one = self.brought(number)
        if one is None:
            raise ValueError("the text did not come from WebAnno")
        others = [line for line in one.lines if not _ROW.match(line)]
        rows = [self._renumbered(row, number, one, position - one.start, receipt) for row in one.rows]
        yield from others
        if annotated.spans == one.spans and not self._has_own_layer:
            yield from ("\t".join(row) for row in rows)
        else:
            yield from self._marked(one, rows, annotated, receipt).lines(annotated.text, number, position)

    def _renumbered(self, row: list[str], number: int, one: Came, shift: int, receipt: ExportReceipt) -> list[str]:
        start, end = offsets(row) or (0, 0)
        found = [f"{number}-{row[0].partition('-')[2]}", f"{start + shift}-{end + shift}", *row[2:]]
        if groups := self._shifts[one.file]:
            found[3:] = [_GROUPS.sub(lambda match: _shifted(match, groups), value) for value in found[3:]]
        for layer in self.layers.all:
            columns = [column for column in layer.references() if column < len(found)]
            named = {int(match[1]) for column in columns for match in _REFERENCE.finditer(found[column])}
            if all((one.file, other) in self._numbers for other in named):
                for column in columns:
                    found[column] = _REFERENCE.sub(lambda match: self._reference(match, one.file), found[column])
            else:
                receipt.not_held["relations to sentences that do not go out"] += 1
                found[layer.first : layer.columns.stop] = ["_"] * len(layer.features)
        return found

    def _reference(self, match: re.Match[str], file: str) -> str:
        return f"{self._numbers[file, int(match[1])]}-{match[2]}"

    def _marked(self, one: Came, rows: list[list[str]], annotated: AnnotatedText, receipt: ExportReceipt) -> Rows:
        """The rows with the spans of now."""
        text, layer = annotated.text, self.layers.entities()
        width = self.layers.width - 3
        found = Rows(width, {unit: _cells(row, width) for unit, row in _units(one, rows, text)})
        if layer is None:
            return found
        emptied = [layer]
        if annotated.spans != one.spans:
            emptied += [other for other in self.layers.all if other is not layer and other.joins(layer.name)]
        for other in emptied:
            lost = False
            for cells in found.cells.values():
                part = slice(other.first - 3, other.columns.stop - 3)
                lost = lost or any(value != "_" for value in cells[part])
                cells[part] = ["_"] * len(other.features)
            if lost and other is not layer:
                receipt.not_held["relations of spans that were changed"] += 1
        found.cells = {unit: cells for unit, cells in found.cells.items() if not unit.part or set(cells) != {"_"}}
        found.mark(layer, annotated.spans, self._features(one, text, layer), self.groups)
        return found

    def _features(self, one: Came, text: str, layer: Layer) -> dict[Span, tuple[str, ...]]:
        """All features of the spans that came."""
        stated = stated_spans(one.rows, dict(one.places), text, layer, "", Receipt("", ""))
        return {span: features for raw, features in stated for span in _spans([[raw.start, raw.end, raw.label]])}


def _text(one: Came) -> list[str]:
    return [unescaped(line[6:]) for line in one.lines if line[:6].lower() == "#text="]


def _newest_group(one: Came) -> int:
    cells = (value for row in one.rows for value in row[3:])
    return max(
        (int(each) for value in cells for match in _GROUPS.finditer(value) for each in match.groups("0")), default=0
    )


def _shifted(match: re.Match[str], by: int) -> str:
    numbers = (str(int(one) + by if int(one) else 0) for one in match.groups() if one is not None)
    return f"[{'_'.join(numbers)}]"


def _cells(row: Sequence[str], width: int) -> list[str]:
    """The cells of the layers, as many as there are columns; a row may end in a tab."""
    cells = [value or "_" for value in row[3 : 3 + width]]
    return cells + ["_"] * (width - len(cells))


def _units(one: Came, rows: Iterable[list[str]], text: str) -> Iterator[tuple[Unit, list[str]]]:
    """The rows with what each is about; ``rows`` are those of the sentence, under their new numbers."""
    units = Utf16Map(text)
    for old, row in zip(one.rows, rows, strict=True):
        _number, token, part = _ids(old[0])
        place = one.places.get(old[0])
        if place is None:
            start, end = (units.to_code_point(max(edge - one.start, 0)) for edge in offsets(old) or (0, 0))
            place = start, end
        yield Unit(token, part, *place), row


def _ids(name: str) -> tuple[int, int, int]:
    sentence, _dash, rest = name.partition("-")
    token, _dot, part = rest.partition(".")
    return int(sentence), int(token), int(part or 0)
