"""Which texts are held out for scoring: decided by what is in a text, so that it never changes sides.

A text's side follows from a hash of its folded form. Texts that differ only in case, digits, spaces and punctuation
share the hash, and so the side: a near-copy of a training text would make the score a lie. The seed has no say.
Neither has it a say whether a text is finished: what will be held out once it is done is not learned from before.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState
from gadget_trainer.training.categories import NO_CATEGORIES, known_categories, lacks_category
from gadget_trainer.training.learnable import takes_part


def may_be_held_out(text: AnnotatedText, categories: CategoryScheme = NO_CATEGORIES) -> bool:
    """Whether ``text`` can be scored on: only where it is finished is a missing span a wrong prediction.

    Where each text has one of the ``categories``, only one that has got it is finished.
    """
    return text.complete and text.state is TextState.DONE and not lacks_category(text, categories)


@dataclass(frozen=True, slots=True)
class Split:
    """Which texts a run learns from, and which it is scored on; the rest waits to be finished."""

    border: float
    """Texts with a fingerprint below it are not learned from."""
    held_out: frozenset[int]
    """The fingerprints of the finished texts that are scored on."""
    learned: frozenset[int]
    """The fingerprints below the border that are learned from all the same, because nothing else could be."""
    categories: CategoryScheme = NO_CATEGORIES
    """Those that the run teaches."""

    def learns_from(self, text: str) -> bool:
        """Whether ``text`` may be trained on, be it annotated or not."""
        return self.learns_from_key(fingerprint(text))

    def learns_from_key(self, key: int) -> bool:
        """Whether a text with that fingerprint may be trained on."""
        return key in self.learned or (key >= self.border and key not in self.held_out)

    def scores_on(self, text: AnnotatedText) -> bool:
        """Whether ``text`` is finished and held out."""
        return may_be_held_out(text, self.categories) and fingerprint(text.text) in self.held_out


class Splitting:
    """Chooses a split from texts that are shown one after the other, so that the caller can stop in between."""

    def __init__(self, share: float, categories: CategoryScheme = NO_CATEGORIES) -> None:
        """Hold out about ``share`` (0 to 1) of the texts; ``categories`` are those that are taught."""
        self._border = share * 2**64
        self._categories = categories
        self._finished: dict[int, bool] = {}
        self._begun: dict[int, bool] = {}

    def add(self, text: AnnotatedText) -> None:
        """Take ``text`` into account."""
        if takes_part(text):
            side = self._finished if may_be_held_out(text, self._categories) else self._begun
            key = fingerprint(text.text)
            side[key] = side.get(key, False) or bool(text.spans or known_categories(text, self._categories))

    def split(self) -> Split:
        """The split of the texts that were shown; see :func:`choose_split`."""
        finished, begun = self._finished, self._begun
        held = _held_out(finished, self._border)
        learned = {key for key in finished if key < self._border and key not in held}
        telling = {key for key, spans in (finished | begun).items() if spans and key not in held}
        if telling and learned.isdisjoint(telling) and max(telling) < self._border:
            learned.add(max(telling))
        return Split(self._border, frozenset(held), frozenset(learned), self._categories)


def choose_split(texts: Iterable[AnnotatedText], share: float, categories: CategoryScheme = NO_CATEGORIES) -> Split:
    """Hold out about ``share`` (0 to 1) of ``texts``: those whose hash falls into the lowest ``share``.

    Where that leaves nothing with an entity, or with one of the ``categories`` that are taught, on one of the two
    sides, the text nearest to the border changes sides if another one can take its place: only in corpora of a few
    texts can a text that was learned from be held out later, or the other way round.
    """
    splitting = Splitting(share, categories)
    for text in texts:
        splitting.add(text)
    return splitting.split()


def _held_out(has_spans: dict[int, bool], border: float) -> set[int]:
    """Which of the finished texts are scored on; ``has_spans`` says of each fingerprint if the text has any, or has a
    category.
    """
    if border <= 0 or len(has_spans) < 2:
        return set()
    held = {key for key in has_spans if key < border}
    telling = sorted(key for key, spans in has_spans.items() if spans)
    if len(telling) > 1 and held.isdisjoint(telling):
        held.add(telling[0])
    if telling and held.issuperset(telling):
        held.remove(telling[-1])
    if not telling and len(held) == len(has_spans):
        held.remove(max(held))
    return held
