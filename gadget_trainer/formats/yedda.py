"""YEDDA's inline marks: ``[@Ana Ruiz#PERSON*]``, and ``[$Oslo#CITY*]`` for what it recommended. A line is a text.

The marks are taken out of the text. Recommended spans are kept for a text that is then to do.
"""

import re
from collections.abc import Iterator

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.cleaning import RawSpan, clean_spans, text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source

# Marks do not nest: the opening that counts is the last one before a closing.
_MARK = re.compile(r"\[([@$])((?:(?!\[[@$])[^\n]){1,10000}?)#([^#*\[\]\s]{1,100})\*\]")

_MARKS = 3
"""So many marks prove the format, however many lines have none."""


class Yedda(Reader):
    """Plain text with marks."""

    name = "yedda"
    title = "YEDDA inline (.ann)"
    suffixes = (".ann",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain when there are several marks or many lines have one, and the file is not made of brackets."""
        text = sample.text.lstrip()
        if text.startswith(("{", '["', "[[")):
            return Fit.NO
        lines = [line for line in text.splitlines() if line.strip()]
        marks = sum(len(_MARK.findall(line)) for line in lines)
        marked = sum(_MARK.search(line) is not None for line in lines)
        # One mark in a long text may be there because it is about YEDDA.
        return Fit.CERTAIN if marks >= _MARKS or (marked and 2 * marked >= len(lines)) else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a line."""
        for number, line in source.lines():
            where = f"{source.name}:{number}"
            if not line.strip():
                receipt.texts_skipped.add(where, "the line is empty")
                continue
            text, raws, is_sure = _unmarked(line)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            if text.count("[@") or text.count("#") != line.count("#") - len(raws):
                receipt.remarks.add(where, "a mark is not closed, and stays in the text")
            lost = receipt.spans_lost.count
            spans = clean_spans(text, raws, where, receipt)
            state = TextState.DONE if receipt.had_spans(spans, where) and is_sure else TextState.TODO
            complete = state is TextState.DONE and receipt.spans_lost.count == lost
            yield AnnotatedText(text, spans, state, source=where, complete=complete)


def _unmarked(line: str) -> tuple[str, list[RawSpan], bool]:
    """The text without its marks, the spans, and whether a person made all of them."""
    parts: list[str] = []
    raws: list[RawSpan] = []
    length, position, is_sure = 0, 0, True
    for mark in _MARK.finditer(line):
        kind, surface, label = mark.groups()
        before = line[position : mark.start()]
        length += len(before)
        raws.append(RawSpan(length, length + len(surface), label))
        parts += before, surface
        length += len(surface)
        position = mark.end()
        is_sure = is_sure and kind == "@"
    return "".join([*parts, line[position:]]), raws, is_sure


FORMAT = Yedda()
