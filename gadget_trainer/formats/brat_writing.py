"""brat's standoff files: a ``.txt`` and an ``.ann`` a text with brat's configuration, in a folder or a zip.

Offsets are code points. A span over a line break is written as fragments, as brat does it. Relations, events,
attributes and notes that a text brought from brat go back, with the ids of their spans, if all that they point to is
still there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.brat_configuration import ANNOTATION, VISUAL, Configuration
from gadget_trainer.formats.brat_lines import BoundLine, bound_line, joined, line_of
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import FolderWriter, TokenRules, Writer
from gadget_trainer.formats.kept_places import Place
from gadget_trainer.formats.offset_units import OffsetMap, Reading

_REFERENCE = re.compile(r"(?<![^\s:])[TREAMN]\d+(?!\S)")
_SPAN_NAME = re.compile(r"(?<![^\s:])T[0-9]{1,15}(?!\S)")
_EVENT = re.compile(r"(E\d+\t)([^\s:]+)(:(T\d+))")
_NUMBER = "[0-9]" * 8
"""What the files of the texts are called: other texts in a folder are the person's."""


class BratWriter(Writer, FolderWriter):
    """Texts under their number, so that they come back in order."""

    name = "brat"
    title = "brat standoff (.txt and .ann)"
    suffixes = (".zip",)
    own_files = (f"{_NUMBER}.txt", f"{_NUMBER}.ann", ANNOTATION, VISUAL)
    limits = (
        "Skipped texts are left out. Signs in labels other than letters and digits of ASCII become “_”, and the names "
        "stand in visual.conf; whether a text without spans is done, whether words are unknown, categories, flags, "
        "notes, refused spans and metadata of other programs have no place in it."
    )

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write all texts but the skipped ones into a zip."""
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            for name, content in _files(texts, receipt):
                archive.writestr(name, content)

    def write_folder(
        self, folder: Path, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write all texts but the skipped ones into files."""
        for name, content in _files(texts, receipt):
            (folder / name).write_bytes(content)


def _files(texts: Iterable[AnnotatedText], receipt: ExportReceipt) -> Iterator[tuple[str, bytes]]:
    """The names and contents of the files; the configuration comes last, when all types are known."""
    configuration = Configuration()
    for number, annotated in enumerate(texts, start=1):
        if annotated.state is TextState.SKIPPED:
            receipt.texts_left_out.add(receipt.place(annotated, number), "the text is skipped")
            continue
        forms = {(span.start, span.end): configuration.storage_form(span.label, receipt) for span in annotated.spans}
        bound, others = _lines(annotated, forms, receipt)
        configuration.note(others)
        # The first byte order mark is the file's, and no character of its text.
        mark = "\ufeff" if annotated.text.startswith("\ufeff") else ""
        yield f"{number:08}.txt", (mark + annotated.text).encode()
        # What was brought may hold half a character, which no file can.
        yield f"{number:08}.ann", "".join(f"{line}\n" for line in (*bound, *others)).encode(errors="replace")
        receipt.count_written(annotated, len(annotated.spans), kept_meta=("brat",))
        receipt.count_unknown(annotated)
        receipt.count_state(annotated)
    yield from configuration.files()


class _Known(NamedTuple):
    """A line that a text brought from brat."""

    line: BoundLine
    places: tuple[Place, ...]
    """Where the spans are that came of it."""


def _lines(annotated: AnnotatedText, forms: Mapping[Place, str], receipt: ExportReceipt) -> tuple[list[str], list[str]]:
    """The lines that are spans, and the others; ``forms`` are the labels of the spans as brat knows them."""
    kept = annotated.meta.get("brat")
    brought: Mapping[str, Any] = kept if isinstance(kept, Mapping) else {}
    known = _known(annotated.text, brought, forms)
    others = _strings(brought.get("lines"))
    # The ids of spans that are gone are not given away: lines may point to them.
    free = max(_numbers(others, _strings(brought.get("spans"))), default=0)
    lines: list[str] = []
    types: dict[str, tuple[str, str]] = {}  # of the ids that are known, as they came and as they go
    written: set[Place] = set()
    for place, form in forms.items():
        for line, places in (each for each in known if each.places[0] == place):
            types[line.name] = (line.label, form)
            lines.append(line_of(line.name, form, line.fragments, annotated.text))
            written.update(places)
        if place not in written:
            free += 1
            lines.append(line_of(f"T{free}", form, [place], annotated.text))
    held = _with_their_ends(others, types.keys())
    if len(held) < len(others):
        receipt.not_held["relations, events, attributes and notes of spans that are gone"] += len(others) - len(held)
    return lines, [_EVENT.sub(lambda match: _event(match, types), line) for line in held]


def _known(text: str, brought: Mapping[str, Any], forms: Mapping[Place, str]) -> list[_Known]:
    """The lines of the spans that are still there: all that came of them, under one label."""
    parts = brought.get("parts")
    found: dict[str, _Known] = {}
    for line in filter(None, map(bound_line, _strings(brought.get("spans")))):
        places = tuple(_places(parts.get(line.name) if isinstance(parts, Mapping) else None))
        places = places or tuple(joined(text, line.fragments, [OffsetMap(text, Reading.CODE_POINTS)]))
        is_there = all(place in forms for place in places) and len({forms[place] for place in places}) == 1
        if is_there and re.fullmatch(r"T[0-9]{1,15}", line.name):
            found.setdefault(line.name, _Known(line, places))
    return list(found.values())


def _places(value: object) -> Iterator[Place]:
    """Places as JSON keeps them."""
    for one in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        match one:
            case [int(start), int(end)]:
                yield start, end
            case _:
                pass


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _numbers(*listed: list[str]) -> Iterator[int]:
    for lines in listed:
        for line in lines:
            yield from (int(name[1:]) for name in _SPAN_NAME.findall(line))


def _event(match: re.Match[str], types: Mapping[str, tuple[str, str]]) -> str:
    """An event with the label that its trigger has now."""
    before, now = types.get(match[4], ("", ""))
    return f"{match[1]}{now if match[2] == before else match[2]}{match[3]}"


def _with_their_ends(lines: list[str], ids: Iterable[str]) -> list[str]:
    """Those of the lines of which all that they point to is there."""
    while True:
        known = {*ids, *(line.partition("\t")[0] for line in lines)}
        held = [line for line in lines if known.issuperset(_REFERENCE.findall(f"{line}\t".split("\t")[1]))]
        if len(held) == len(lines):
            return held
        lines = held


FORMAT = BratWriter()
