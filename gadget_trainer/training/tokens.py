"""Where the tokens of a text begin and end, for the pipeline that will be trained.

A drag snaps to these edges while it moves, so they must be spaCy's own, and a text of a million characters must not
hold up the window: it is tokenised in slices that are cut where spaCy's tokenizers can't look across.
"""

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.lang.zh import ChineseTokenizer
from spacy.tokens import Doc

from gadget_trainer.training.loading import blank_pipeline, load_tokenizer_only
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.word_splits import add_splits, takes_splits

_LONGEST_SLICE = 4000
"""Code points: one to three milliseconds of a tokenizer by rules."""
_LONGEST_SLICE_BY_CHARACTER = 1000
"""Code points: the Chinese tokenizer takes a time that grows with the square of the length."""

_SPACES_TO_WORD = re.compile(r"\s+(?=\S|\Z)")
_LINE_END_TO_WORD = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class TokenSlice:
    """The tokens of ``start`` to ``end`` (code points of the whole text), without those of whitespace."""

    start: int
    end: int
    token_starts: "array[int]"
    token_ends: "array[int]"


class Tokens:
    """A tokenizer that can be asked in slices."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        """Ask ``tokenizer``, a pipeline's own."""
        self._tokenizer = tokenizer
        self._splits_characters = isinstance(tokenizer, ChineseTokenizer) and tokenizer.segmenter == "char"

    def edges(self, text: str) -> Iterator[TokenSlice]:
        """The tokens of ``text``, a slice of at most a few thousand code points at a time, in order.

        A slice is longer only where there is no whitespace to cut at.
        """
        start = 0
        while start < len(text):
            end = self._end_of_slice(text, start)
            yield _edges_of(self._tokenizer(text[start:end]), start, end)
            start = end

    def document(self, text: str) -> Doc:
        """``text`` as spaCy tokenises it, in one call: for pieces of a text."""
        return self._tokenizer(text)

    def count(self, text: str) -> int:
        """How many tokens ``text`` has, without those of whitespace."""
        return sum(len(part.token_starts) for part in self.edges(text))

    def _end_of_slice(self, text: str, start: int) -> int:
        if self._splits_characters:
            return min(start + _LONGEST_SLICE_BY_CHARACTER, len(text))
        limit = start + _LONGEST_SLICE
        if limit >= len(text):
            return len(text)
        return _after_last_line(text, start, limit) or _after_last_space(text, start, limit)


class TokenSource(Tokens):
    """The tokenizer of the pipeline that will be trained."""

    def __init__(self, settings: TrainingSettings) -> None:
        """Load it. Raises UserError when the language or the base does not load."""
        nlp = load_tokenizer_only(settings.base) if settings.base else blank_pipeline(settings.language)
        add_splits(nlp, settings.splits)
        self.takes_splits = takes_splits(nlp)
        """Whether words can be split by rules."""
        super().__init__(nlp.tokenizer)


def _after_last_line(text: str, start: int, limit: int) -> int:
    """The first word's start after the last line end before ``limit``; 0 if there is none."""
    newline = text.rfind("\n", start, limit)
    found = _LINE_END_TO_WORD.match(text, newline) if newline >= 0 else None
    return found.end() if found else 0


def _after_last_space(text: str, start: int, limit: int) -> int:
    """The last start of a word behind whitespace before ``limit``, else the first one after it."""
    for place in range(limit, start, -1):
        if text[place - 1].isspace() and not text[place].isspace():
            return place
    found = _SPACES_TO_WORD.search(text, limit)
    return found.end() if found else len(text)


def _edges_of(doc: Doc, start: int, end: int) -> TokenSlice:
    starts, ends = array("q"), array("q")
    for token in doc:
        if not token.is_space:
            starts.append(start + token.idx)
            ends.append(start + token.idx + len(token))
    return TokenSlice(start, end, starts, ends)
