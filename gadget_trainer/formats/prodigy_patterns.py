"""Prodigy's and spaCy's pattern files: no texts, but words that are likely to be of a label.

``{"label": "FOOD", "pattern": "olive oil"}``, or a list of tokens in place of the words. They become examples of their
label, where whoever annotates sees them and can look for them in all texts. A token that may be one of several words
makes an example of each. A pattern that asks for more than words is counted as left out.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.cleaning import quoted, text_problem, usable_name
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.json_rows import rows, sample_rows
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source

_WORD_KEYS = ("lower", "orth", "text")
_MOST = 64
"""A pattern of more combinations of words is left out."""
_JOINTS = frozenset("-–/")
"""SpaCy makes tokens of them within words, as in coca-cola."""
_AFTER_A_WORD = ("'", "’", "n't", "n’t", ",", ".", "!", "?", ":", ";", "%", ")", "]")
"""What begins so stands close behind the token before it."""
_BEFORE_A_WORD = frozenset("([#$£€@")


class Patterns(Reader):
    """A pattern a line."""

    name = "patterns"
    title = "Prodigy patterns"
    suffixes = (".jsonl",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain when the first row is a pattern."""
        return Fit.CERTAIN if any(is_pattern(row) for row in sample_rows(sample)[:1]) else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield no text; the words are noted in the receipt as examples of their labels."""
        for where, row in rows(source, receipt):
            label, phrases = row.get("label"), _phrases(row.get("pattern"))
            if not isinstance(label, str) or not usable_name(label):
                receipt.texts_skipped.add(where, "the pattern has no label that can be used", quoted(label))
            elif not phrases:
                receipt.texts_skipped.add(where, "the pattern asks for more than words, which no example can say")
            else:
                receipt.examples.setdefault(label.strip(), {}).update(dict.fromkeys(phrases))
        yield from ()


def is_pattern(row: object) -> bool:
    """Whether a row is a pattern and no text."""
    return isinstance(row, dict) and "text" not in row and {"label", "pattern"} <= row.keys()


def _phrases(pattern: object) -> list[str]:
    """The words that a pattern looks for, in all their combinations; none where it looks for something else."""
    if isinstance(pattern, str):
        found = [pattern.strip()]
    elif isinstance(pattern, list):
        choices = [_choices(token) for token in pattern]
        found = list(map(_joined, product(*choices))) if 0 < prod(map(len, choices)) <= _MOST else []
    else:
        found = []
    return found if all(one and text_problem(one) is None for one in found) else []


def _choices(token: Any) -> list[str]:
    """The words of which a token of a pattern is one; none where it stands for more."""
    if not isinstance(token, dict) or len(token) != 1:
        return []
    ((key, value),) = token.items()
    if isinstance(value, dict) and len(value) == 1:
        ((how, among),) = value.items()
        words = among if how.casefold() == "in" and isinstance(among, list) else []
    else:
        words = [value]
    usable = key.casefold() in _WORD_KEYS and all(isinstance(one, str) and one.strip() for one in words)
    return [one.strip() for one in dict.fromkeys(words)] if usable else []


def _joined(words: Sequence[str]) -> str:
    """The tokens as they most likely stand in a text."""
    found, close = "", True
    for word in words:
        joint = word in _JOINTS and found != ""
        found += word if close or joint or word.startswith(_AFTER_A_WORD) else f" {word}"
        close = joint or word in _BEFORE_A_WORD
    return found


FORMAT = Patterns()
