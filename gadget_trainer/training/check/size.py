"""How many words a run has before it, how many of them say nothing, and a slice of the texts to be timed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.check.beside import Beside
from gadget_trainer.training.check.problem import Problem, Severity, counted
from gadget_trainer.training.check.sides import Side, Sided
from gadget_trainer.training.learnable import LONGEST
from gadget_trainer.training.sources import words_in

if TYPE_CHECKING:  # spaCy behind it: who only counts need not load it
    from gadget_trainer.training.tokens import TokenSlice

_LONGEST_READ = 1_000_000
"""Code points: ``nlp.max_length``, above which spaCy refuses a text (E088)."""
_MUCH_UNKNOWN = 0.5
_KEPT = {Side.LEARNED: 120, Side.HELD_OUT: 60}
"""Texts of the slice that is timed, on each side."""
_UNLABELLED_KEPT = 60
"""The same of texts without annotations."""

Slice = list[tuple[AnnotatedText, int]]
"""Texts, and how many words each has."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a run reads."""

    learned: int
    """Texts to learn from."""
    held_out: int
    """Texts to score on."""
    words: int = 0
    """To learn from in an iteration; 0 as long as nobody counted."""
    held_out_words: int = 0
    beside: Beside = field(default_factory=Beside)
    """What a run from a base reads besides."""


class Sizes:
    """Counts words."""

    def __init__(self) -> None:
        self.words = dict.fromkeys(Side, 0)
        self._unknown = 0
        self._incomplete: dict[int, None] = {}
        self._long: dict[int, None] = {}
        self._too_long: dict[int, None] = {}
        self._samples = {side: _Sample(number) for side, number in _KEPT.items()}
        self._unlabelled = _Sample(_UNLABELLED_KEPT)

    def add(self, one: Sided, tokens: "Sequence[TokenSlice]") -> None:
        """Count the words of a text that is learned from or scored on."""
        words = sum(len(part.token_starts) for part in tokens)
        self.words[one.side] += words
        self._samples[one.side].add(one.text, words)
        if words > LONGEST:
            self._long[one.text.id] = None
        if len(one.text.text) > _LONGEST_READ:
            self._too_long[one.text.id] = None
        if one.side is Side.LEARNED and not one.text.complete:
            self._incomplete[one.text.id] = None
            self._unknown += words - _words_in_spans(one, tokens)

    def add_unlabelled(self, text: AnnotatedText) -> None:
        """See a text that nobody began."""
        self._unlabelled.add(text, words_in(len(text.text)))

    def unlabelled(self, words: int) -> list[str]:
        """Texts that nobody began, from all over the corpus, with about ``words`` words."""
        return [text.text for text, _ in self._unlabelled.texts(words)]

    def sample(self, words: int) -> Slice:
        """Texts from all over the corpus, with about ``words`` words to learn from and half as many to score on."""
        learned, held_out = self._samples[Side.LEARNED], self._samples[Side.HELD_OUT]
        return [*learned.texts(words), *held_out.texts(words // 2)]

    def problems(self) -> list[Problem]:
        """What was found."""
        return [*self._about_unknown(), *self._about_length()]

    def _about_unknown(self) -> list[Problem]:
        if not self._unknown:
            return []
        share = self._unknown / self.words[Side.LEARNED]
        severity = Severity.WARN if share > _MUCH_UNKNOWN else Severity.FACT
        said = (
            f"{share:.0%} of the words to learn from count as unknown, because they are not highlighted and "
            f"{counted(len(self._incomplete), 'text')} {'is' if len(self._incomplete) == 1 else 'are'} not done for "
            "all labels. Nothing is learned from these words."
        )
        return [Problem(severity, "unknown", said, tuple(self._incomplete))]

    def _about_length(self) -> list[Problem]:
        found = []
        if self._too_long:
            number = len(self._too_long)
            said = (
                f"{counted(number, 'text')} {'has' if number == 1 else 'have'} more than {_LONGEST_READ:,} characters, "
                "which spaCy refuses to read as a whole once the pipeline is used. Here it is read in pieces."
            )
            found.append(Problem(Severity.WARN, "too long", said, tuple(self._too_long)))
        if self._long:
            number = len(self._long)
            said = (
                f"{counted(number, 'text')} {'has' if number == 1 else 'have'} more than {LONGEST:,} words. Such texts "
                "are learned from in pieces of at most so many, which are cut where no span is."
            )
            found.append(Problem(Severity.FACT, "long", said, tuple(self._long)))
        return found


def _words_in_spans(one: Sided, tokens: "Sequence[TokenSlice]") -> int:
    """Words of which something is said; spans that overlap say nothing."""
    inside = 0
    spans = iter(sorted(one.good))
    span = next(spans, None)
    for part in tokens:
        for start, end in zip(part.token_starts, part.token_ends, strict=True):
            while span is not None and span.end <= start:
                span = next(spans, None)
            inside += span is not None and span.start <= start and end <= span.end
    return inside


class _Sample:
    """Texts from all over a row of unknown length: each second one is dropped whenever there are too many."""

    def __init__(self, texts: int) -> None:
        self._most = texts
        self._step = 1
        self._shown = 0
        self._texts: Slice = []

    def add(self, text: AnnotatedText, words: int) -> None:
        if self._shown % self._step == 0:
            self._texts.append((text, words))
            if len(self._texts) > 2 * self._most:
                self._texts = self._texts[::2]
                self._step *= 2
        self._shown += 1

    def texts(self, most_words: int) -> Slice:
        """Evenly spaced ones, as many as have about that many words, and at least one if there is any."""
        step = max(1, sum(words for _, words in self._texts) // most_words)
        chosen: Slice = []
        words = 0
        for text, length in self._texts[::step]:
            words += length
            if chosen and words > 2 * most_words:
                break
            chosen.append((text, length))
        return chosen
