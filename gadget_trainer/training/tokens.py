"""Where the tokens of a text begin and end, for the pipeline that will be trained.

A drag snaps to these edges while it moves, so they must be spaCy's own, and a text of a million characters must not
hold up the window: it is tokenised in slices that are cut where spaCy's tokenizers can't look across.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.lang.zh import ChineseTokenizer
from spacy.tokens import Doc

from gadget_trainer.corpus.graphemes import boundary_before
from gadget_trainer.training.loading import blank_pipeline, load_tokenizer_only
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.word_splits import add_splits, takes_splits

_LONGEST_SLICE = 4000
"""Code points: one to three milliseconds of a tokenizer by rules."""
_LONGEST_SLICE_BY_CHARACTER = 1000
"""Code points: the Chinese tokenizer takes a time that grows with the square of the length."""
_LONGEST_RUN = 4000
"""Code points without whitespace that are looked at together: no word is as long."""
_MOST_SIGNS = 250
"""Emoji or other signs in such a run: spaCy takes them off one by one, each time looking at all that is left, so that
2,000 emoji in a row take 0.6 seconds, and twice as many four times as long."""

_JOINED = 64

_LINE_END_TO_WORD = re.compile(r"\n\s*")
_LONG_RUN = re.compile(rf"\S{{{_MOST_SIGNS},}}")
_MANY_SIGNS = re.compile(rf"(?:\w*[^\w\s]){{{_MOST_SIGNS}}}")
_SENTENCE_END = re.compile(r"[。！？｡…!?]")


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

        They are spaCy's own for the whole text, but in a run without whitespace that is longer than any word, or
        of hundreds of emoji or other signs: it is cut between two characters.
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
        end = len(text)
        if limit < end:
            end = _after_last_line(text, start, limit) or _after_last_space(text, start, limit)
        return _before_too_many_signs(text, start, end)


class TokenSource(Tokens):
    """The tokenizer of the pipeline that will be trained."""

    def __init__(self, settings: TrainingSettings) -> None:
        """Load it. Raises UserError when the language or the base does not load."""
        nlp = load_tokenizer_only(settings.base) if settings.base else blank_pipeline(settings.language)
        add_splits(nlp, settings.splits)
        self.takes_splits = takes_splits(nlp)
        """Whether words can be split by rules."""
        super().__init__(nlp.tokenizer)


def in_larger_parts(slices: Iterable[TokenSlice], least: int = _LONGEST_SLICE) -> Iterator[TokenSlice]:
    """The same tokens in parts of ``least`` code points or more, but for the last.

    A window takes each part in a turn of its own: of a million emoji there are 4,000 slices, and it would do nothing
    else for half a second.
    """
    waiting: TokenSlice | None = None
    for one in slices:
        if waiting is None:
            waiting = one
        else:
            waiting = TokenSlice(
                waiting.start, one.end, waiting.token_starts + one.token_starts, waiting.token_ends + one.token_ends
            )
        if waiting.end - waiting.start >= least:
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def _after_last_line(text: str, start: int, limit: int) -> int:
    """The first word's start after the last line end before ``limit``, or ``limit`` before it; 0 if there is none."""
    newline = text.rfind("\n", start, limit)
    found = _LINE_END_TO_WORD.match(text, newline, limit) if newline >= 0 else None
    return found.end() if found else 0


def _after_last_space(text: str, start: int, limit: int) -> int:
    """The last start of a word behind whitespace before ``limit``; else the first one after it, if that is near."""
    if text[limit - 1].isspace():
        return limit
    for place in range(limit - 1, start, -1):
        if text[place - 1].isspace():
            return place
    furthest = start + _LONGEST_RUN
    for place in range(limit, min(furthest, len(text))):
        if text[place].isspace():
            return place
    return _in_run(text, start, furthest) if furthest < len(text) else len(text)


def _in_run(text: str, start: int, furthest: int) -> int:
    """A place to cut a run without whitespace: after the last sentence, else before a character that one sees."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, furthest)]
    return ends[-1] if ends else _before_character(text, start, furthest)


def _before_character(text: str, start: int, place: int) -> int:
    """The last place up to ``place`` that is not inside what a person takes for one character."""
    # What joins a character from behind is short: a letter with thousands of accents is cut all the same.
    found = start + boundary_before(text[start : place + _JOINED], place - start)
    return found if found > start else place


def _before_too_many_signs(text: str, start: int, end: int) -> int:
    """``end``, or an earlier place so that no run without whitespace has too many signs."""
    for run in _LONG_RUN.finditer(text, start, end):
        signs = _MANY_SIGNS.match(text, run.start(), run.end())
        if signs is None or signs.end() == end:
            continue
        if run.start() > start:
            return run.start()
        return _before_character(text, start, signs.end())
    return end


def _edges_of(doc: Doc, start: int, end: int) -> TokenSlice:
    starts, ends = array("q"), array("q")
    for token in doc:
        if not token.is_space:
            starts.append(start + token.idx)
            ends.append(start + token.idx + len(token))
    return TokenSlice(start, end, starts, ends)
