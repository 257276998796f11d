"""brat's standoff files: a ``.txt`` and an ``.ann`` a text and ``annotation.conf``, in a folder or a zip.

Offsets are code points. A span over a line break is written as fragments, as brat does it. Relations, events,
attributes and notes that a text brought from brat go back, with the ids of their spans, if all that they point to is
still there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.format import FolderWriter, TokenRules, Writer
from gadget_trainer.formats.receipt import ExportReceipt
from gadget_trainer.formats.tokenised import one_word

_LINE_BREAKS = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+)(?: .*)? (\d+)(?:\t|$)")
_REFERENCE = re.compile(r"(?<![^\s:])[TREAMN]\d+(?!\S)")
_CONFIGURATION = "annotation.conf"
_NUMBER = "[0-9]" * 8
"""What the files of the texts are called: other texts in a folder are the person's."""


class BratWriter(Writer, FolderWriter):
    """Texts under their number, so that they come back in order."""

    name = "brat"
    title = "brat standoff (.txt and .ann)"
    suffixes = (".zip",)
    own_files = (f"{_NUMBER}.txt", f"{_NUMBER}.ann", _CONFIGURATION)
    limits = (
        "Skipped texts are left out. Spaces in labels become “_”; whether a text without spans is done, whether words "
        "are unknown, categories, flags, notes, refused spans and metadata of other programs have no place in it."
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
    """The names and contents of the files; the configuration comes last, when all labels are known."""
    labels: dict[str, None] = {}
    for number, annotated in enumerate(texts, start=1):
        if annotated.state is TextState.SKIPPED:
            receipt.texts_left_out.add(receipt.place(annotated, number), "the text is skipped")
            continue
        spans = [(span, one_word(span.label, receipt)) for span in annotated.spans]
        labels |= dict.fromkeys(label for _span, label in spans)
        lines = _lines(annotated, spans, receipt)
        # The first byte order mark is the file's, and no character of its text.
        mark = "\ufeff" if annotated.text.startswith("\ufeff") else ""
        yield f"{number:08}.txt", (mark + annotated.text).encode()
        yield f"{number:08}.ann", "".join(f"{line}\n" for line in lines).encode()
        receipt.count_written(annotated, len(spans), kept_meta=("brat",))
        receipt.count_unknown(annotated)
        receipt.count_state(annotated)
    sections = ["[entities]", *labels, "[relations]", "[events]", "[attributes]", ""]
    yield _CONFIGURATION, "\n".join(sections).encode()


def _lines(annotated: AnnotatedText, spans: Sequence[tuple[Span, str]], receipt: ExportReceipt) -> list[str]:
    kept = annotated.meta.get("brat")
    brought: Mapping[str, Any] = kept if isinstance(kept, Mapping) else {}
    found = (_BOUND.match(line) for line in _strings(brought.get("spans")))
    ids = {(match[2], int(match[3]), int(match[4])): match[1] for match in found if match}
    free = max((int(name[1:]) for name in ids.values()), default=0)
    lines: list[str] = []
    for span, label in spans:
        name = ids.pop((label, span.start, span.end), None)
        if name is None:
            free += 1
            name = f"T{free}"
        lines.append(_bound_line(name, label, span, annotated.text))
    others = _strings(brought.get("lines"))
    held = _with_their_ends(others, {line.partition("\t")[0] for line in lines})
    if len(held) < len(others):
        receipt.not_held["lines about spans that are gone"] += len(others) - len(held)
    return lines + held


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _bound_line(name: str, label: str, span: Span, text: str) -> str:
    """The span in fragments, cut where a line ends."""
    edges = [span.start]
    for gap in _LINE_BREAKS.finditer(text, span.start, span.end):
        edges += gap.span()
    edges.append(span.end)
    pieces = list(zip(edges[::2], edges[1::2], strict=True))
    offsets = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{name}\t{label} {offsets}\t{' '.join(text[start:end] for start, end in pieces)}"


def _with_their_ends(lines: list[str], ids: set[str]) -> list[str]:
    """Those of the lines of which all that they point to is there."""
    while True:
        known = ids | {line.partition("\t")[0] for line in lines}
        held = [line for line in lines if known.issuperset(_REFERENCE.findall(f"{line}\t".split("\t")[1]))]
        if len(held) == len(lines):
            return held
        lines = held


FORMAT = BratWriter()
