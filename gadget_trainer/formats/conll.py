"""CoNLL-2002 and 2003 and their kin: a token a line, its tag in the last column, an empty line after a sentence.

A sentence is a text. The spaces between its words are not in the file, so they are joined by one each, which the
receipt says. ``-DOCSTART-`` lines and comments (``# …`` in one column before a sentence) are passed over and counted.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import clean_spans, quoted, text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tags import Token, is_tag, joined, tagged_spans

_LONGEST_TEXT = 100_000
"""Tokens of one sentence; a file without empty lines is more likely something else."""
_DOCUMENT = "-DOCSTART-"


class Conll(Reader):
    """Two to any number of columns, between tabs or spaces."""

    name = "conll"
    title = "CoNLL (IOB, IOB2, BILUO, BMES)"
    suffixes = (".conll", ".iob", ".iob2", ".bio", ".txt")

    def recognises(self, sample: Sample) -> Fit:
        """Certain when nearly all lines end in a tag, and one of them is a tag of a span, or a document begins."""
        if sample.text.lstrip().startswith("#FORMAT="):
            return Fit.NO  # WebAnno's, whose labels may look like tags
        lines = sample.text.splitlines()[:2000]
        lines = lines if sample.whole else lines[:-1]
        rows = [_columns(line) for line in lines if line.strip() and not _is_comment(line)]
        words = [row for row in rows if row[0] != _DOCUMENT]
        tags = [row[-1] for row in words if len(row) > 1 and is_tag(row[-1])]
        if not words or len(tags) < 0.95 * len(words):
            return Fit.NO
        if len(words) < len(rows) or any(tag != "O" for tag in tags):
            return Fit.CERTAIN
        return Fit.LIKELY if len(words) > 2 else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:  # noqa: ARG002 - it has none
        """Yield a text a sentence, by the line where it begins."""
        for line, tokens in _sentences(source, receipt):
            where = f"{source.name}:{line}"
            text, places = joined(tokens)
            problem = text_problem(text)
            if problem is not None or not text.strip():
                receipt.texts_skipped.add(where, problem or "it holds nothing but spaces")
                continue
            if not receipt.texts_read:
                receipt.remarks.add(
                    where, "the file does not know the spaces of its texts, so words are joined by one each"
                )
            lost = receipt.spans_lost.count
            spans = clean_spans(text, tagged_spans(tokens, places, where, receipt), where, receipt)
            complete = lost == receipt.spans_lost.count
            yield AnnotatedText(text, spans, TextState.DONE, source=where, complete=complete)


class _Sentence(NamedTuple):
    line: int
    tokens: list[Token]


def _sentences(source: Source, receipt: Receipt) -> Iterator[_Sentence]:
    begun, tokens = 0, list[Token]()
    for number, line in source.lines():
        if line.strip() and not (not tokens and _is_comment(line)) and _columns(line)[0] != _DOCUMENT:
            begun = begun or number
            tokens.append(_token(line, f"{source.name}:{number}", receipt))
            if len(tokens) > _LONGEST_TEXT:
                raise UserError(
                    f"{source.name}:{begun} begins a sentence of more than {_LONGEST_TEXT:,} words. "
                    "Put an empty line after each sentence, and import the file again."
                )
            continue
        if line.strip():
            receipt.fields_dropped["comments and document marks"] += 1
        if tokens:
            yield _Sentence(begun, tokens)
            begun, tokens = 0, []
    if tokens:
        yield _Sentence(begun, tokens)


def _is_comment(line: str) -> bool:
    return line.startswith("#") and not is_tag(_columns(line)[-1])


def _columns(line: str) -> list[str]:
    """The columns; between tabs a token may hold spaces, else spaces part them."""
    return line.rstrip("\t ").split("\t") if "\t" in line.strip() else re.split(" +", line.strip())


def _token(line: str, where: str, receipt: Receipt) -> Token:
    columns = [column.strip() for column in _columns(line)]
    if len(columns) < 2:
        receipt.remarks.add(where, "the line has no tag, so its word counts as in no span", quoted(columns[0]))
        return Token(columns[0], "O")
    for number in range(2, len(columns)):
        receipt.fields_dropped[f"column {number}"] += 1
    return Token(columns[0], columns[-1])


FORMAT = Conll()
