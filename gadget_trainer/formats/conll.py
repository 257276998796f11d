"""CoNLL-2002 and 2003 and their kin: a token a line, its tag in the last column, an empty line after a sentence.

A sentence is a text. The spaces between its words are not in the file, so they are joined by one each, which the
receipt says. A first column that counts the words of each sentence is not one of words. ``-DOCSTART-`` lines, comments
(``# …`` in one column) and other columns stay with their text: see :mod:`gadget_trainer.formats.conll_brought`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import clean_spans, quoted, text_problem
from gadget_trainer.formats.conll_brought import KEY
from gadget_trainer.formats.conll_other_tags import OtherTags
from gadget_trainer.formats.conll_rows import (
    DOCUMENT,
    columns,
    is_comment,
    is_document,
    is_row,
    token,
    word_column,
    word_lines,
)
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tags import BEGINNINGS, UNKNOWN, Token, is_tag, joined, tagged_spans

_LONGEST_TEXT = 100_000
"""Tokens of one sentence; a file without empty lines is more likely something else."""
_LOOKED_AT = 200
"""Sentences that tell in which column the words are."""


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
        rows = [columns(line) for line in lines if line.strip() and not is_comment(line)]
        words = [row for row in rows if row[0] != DOCUMENT]
        tags = [row[-1] for row in words if len(row) > 1 and (is_tag(row[-1]) or row[-1] == UNKNOWN)]
        if not words or len(tags) < 0.95 * len(words):
            return Fit.NO
        if len(words) < len(rows) or any(tag not in ("O", UNKNOWN) for tag in tags):
            return Fit.CERTAIN
        return Fit.LIKELY if len(words) > 2 and "O" in tags else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a sentence, by the line where it begins."""
        beginning = islice(_sentences(source, 0, Receipt(source.name, self.title)), _LOOKED_AT)
        word = word_column(sentence.lines for sentence in beginning)
        others = OtherTags()
        for sentence in _sentences(source, word, receipt):
            where = f"{source.name}:{sentence.line}"
            others.take([sentence.lines[at] for at in word_lines(sentence.lines, word)], word)
            text, places = joined(sentence.tokens)
            problem = text_problem(text)
            if problem is not None or not text.strip():
                receipt.texts_skipped.add(where, problem or "it holds nothing but spaces")
                continue
            if not receipt.texts_read:
                receipt.remarks.add(
                    where, "the file does not know the spaces of its texts, so words are joined by one each"
                )
            lost = receipt.spans_lost.count
            spans = clean_spans(text, tagged_spans(sentence.tokens, places, where, receipt), where, receipt)
            known = all(token.tag != UNKNOWN for token in sentence.tokens)
            complete = known and not sentence.has_lost and lost == receipt.spans_lost.count
            state = TextState.DONE if known or spans else TextState.TODO
            meta = {KEY: "\n".join(sentence.lines)}
            yield AnnotatedText(text, spans, state, source=where, complete=complete, meta=meta)
        others.note(source.name, receipt)


@dataclass(slots=True)
class _Sentence:
    """The lines of a sentence, from the comments before it to the empty lines after it."""

    line: int = 0
    """Where its words begin; 0 before they do."""
    tokens: list[Token] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    ended: bool = False
    has_lost: bool = False
    """Whether the tag of a span has no word."""

    def goes_on_with(self, line: str) -> bool:
        """Whether the line is one of it, and not the first one of the next."""
        return not self.tokens or not line.strip() or not (self.ended or is_document(line))


def _sentences(source: Source, word: int, receipt: Receipt) -> Iterator[_Sentence]:
    current = _Sentence()
    for number, line in source.lines():
        if not current.goes_on_with(line):
            yield current
            current = _Sentence()
        current.lines.append(line)
        if not line.strip():
            current.ended = bool(current.tokens)
        elif is_row(line, begun=bool(current.tokens)):
            _take(current, line, word, f"{source.name}:{number}", receipt)
            current.line = current.line or number
        elif current.tokens and not is_document(line):
            receipt.remarks.add(f"{source.name}:{number}", "it is a comment within a sentence", quoted(line))
    if current.tokens:
        yield current
    elif any(map(str.strip, current.lines)):
        receipt.fields_dropped["comments and document marks"] += 1


def _take(current: _Sentence, line: str, word: int, where: str, receipt: Receipt) -> None:
    found = token(line, word)
    if not found.text:
        if found.tag[:1] in BEGINNINGS:
            receipt.spans_lost.add(where, "its line has no word", quoted(found.tag))
            current.has_lost = True
        else:
            receipt.remarks.add(where, "the line has a tag and no word, and counts as none", quoted(found.tag))
        return
    if len(columns(line)) < word + 2:
        reason = "the line has no tag, so its word counts as in no span"
        receipt.remarks.add(where, reason, quoted(found.text))
    current.tokens.append(found)
    if len(current.tokens) > _LONGEST_TEXT:
        raise UserError(
            f"{where} is in a sentence of more than {_LONGEST_TEXT:,} words. "
            "Put an empty line after each sentence, and import the file again."
        )


FORMAT = Conll()
