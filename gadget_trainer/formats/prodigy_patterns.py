"""Prodigy's and spaCy's pattern files: no texts, but words that are likely to be of a label.

``{"label": "FOOD", "pattern": "olive oil"}``, or a list of tokens in place of the words. They become examples of their
label, where whoever annotates sees them. A pattern that asks for more than words is counted as left out.
"""

from collections.abc import Iterator
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.cleaning import quoted, text_problem, usable_name
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.json_rows import rows, sample_rows
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source

_WORD_KEYS = ("lower", "orth", "text")


class Patterns(Reader):
    """A pattern a line."""

    name = "patterns"
    title = "Prodigy patterns"
    suffixes = (".jsonl",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain when the first row is a pattern."""
        return Fit.CERTAIN if any(is_pattern(row) for row in sample_rows(sample)[:1]) else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:  # noqa: ARG002 - it has none
        """Yield no text; the words are noted in the receipt as examples of their labels."""
        for where, row in rows(source, receipt):
            label, words = row.get("label"), _words(row.get("pattern"))
            if not isinstance(label, str) or not usable_name(label):
                receipt.texts_skipped.add(where, "the pattern has no label that can be used", quoted(label))
            elif words is None:
                receipt.texts_skipped.add(where, "the pattern asks for more than words, which no example can say")
            else:
                receipt.examples.setdefault(label, {})[words] = None
        yield from ()


def is_pattern(row: object) -> bool:
    """Whether a row is a pattern and no text."""
    return isinstance(row, dict) and "text" not in row and {"label", "pattern"} <= row.keys()


def _words(pattern: object) -> str | None:
    """The words that a pattern looks for; None where it looks for something else."""
    words = " ".join(map(_word, pattern)) if isinstance(pattern, list) and all(map(_word, pattern)) else pattern
    return words.strip() or None if isinstance(words, str) and text_problem(words) is None else None


def _word(token: Any) -> str:
    """The word that a token of a pattern stands for; empty where it stands for more."""
    if not isinstance(token, dict) or len(token) != 1:
        return ""
    ((key, value),) = token.items()
    return value if key.casefold() in _WORD_KEYS and isinstance(value, str) else ""


FORMAT = Patterns()
