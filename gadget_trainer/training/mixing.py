"""What a base knew is mixed in: its own predictions become examples beside the new ones, so that it forgets nothing.

Taught new examples alone, a recogniser loses its old labels within an iteration (training-facts, "Forgetting").
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.base import Base
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.doubt import Weighed

_UNKNOWN = ""
"""As a span's label: nobody knows what its tokens are (see ``examples.annotate``)."""
_LEAST_UNLABELLED_WORDS = 10_000
"""So many words without annotations are mixed in even if fewer are annotated."""


class Mixing:
    """What a base says of texts, as examples."""

    def __init__(self, base: Base) -> None:
        """Ask ``base``, whose pipeline must not have been changed yet."""
        self._base = base
        self._taught_forms = any_of(base.taught_forms)

    def with_predictions(self, text: AnnotatedText) -> AnnotatedText:
        """``text`` with what the base finds in it of its other labels, where the person marked nothing.

        What it hesitates about is unknown.
        """
        if not self._base.mixed:
            return text
        weighed = self._base.weigh(text.text)
        # What the person refused is no example of it, whatever the base says.
        kept = [span for span in self._kept(weighed.found) if span not in text.refused]
        found = apart(kept, text.spans)
        unknown = self._unknown(weighed.doubtful, [*text.spans, *found])
        return text._replace(spans=tuple(sorted((*text.spans, *found, *unknown)))) if found or unknown else text

    def categories_of(self, text: AnnotatedText) -> dict[str, float]:
        """What is known of the categories of ``text``: what the person said, and of its other ones what the base says.

        Where a text has exactly one, what the person said is all. Where they said nothing, and the base gives it one
        that they teach, nothing is known: they may see that otherwise.
        """
        return known_with(self._base, text, self._base.categorise)

    def predicted(self, unlabelled: Iterable[str]) -> Iterator[AnnotatedText]:
        """The ``unlabelled`` texts, with what the base finds in them of its other labels; without, they teach nothing.

        The rest of such a text counts as no entity, which keeps the old labels better: prodigy_food's F of 69.7 became
        66.7, against 56.5 with the rest as unknown, while Reddit's PRODUCT was taught (F 65.6 and 66.2). Only what the
        base hesitates about is unknown, and what may well be one of the labels that the person teaches: what has the
        form of something that they marked elsewhere, and what the base, which may see it otherwise than they do, takes
        for one.
        """
        for text in unlabelled:
            weighed = self._base.weigh(text) if self._base.mixed else Weighed((), ())
            kept = self._kept(weighed.found)
            if not kept:
                yield AnnotatedText(text)
            else:
                forms = [Span(form.start(), form.end(), _UNKNOWN) for form in self._taught_forms.finditer(text)]
                taught = [Span(span.start, span.end, _UNKNOWN) for span in weighed.found if span not in kept]
                unknown = [*apart(taught, forms), *apart(forms, kept)]
                unknown += self._unknown(weighed.doubtful, [*kept, *unknown])
                yield AnnotatedText(text, tuple(sorted((*kept, *unknown))), complete=True)

    def _unknown(self, doubtful: Iterable[Span], others: Sequence[Span]) -> list[Span]:
        """What may be of one of the base's other labels and meets none of ``others``, as spans that nobody knows."""
        unknown = {Span(span.start, span.end, _UNKNOWN) for span in self._kept(doubtful)}
        return apart(sorted(unknown), others)

    def _kept(self, found: Iterable[Span]) -> list[Span]:
        return [span for span in found if span.label in self._base.kept]


def known_with(base: Base, text: AnnotatedText, categorise: Callable[[str], Collection[str]]) -> dict[str, float]:
    """As :meth:`Mixing.categories_of`, with what ``categorise`` tells of what ``base`` says."""
    known = known_categories(text, base.categories)
    if not base.kept_categories:
        return known
    if known and base.categories.exclusive:
        return known | dict.fromkeys(base.kept_categories, 0.0)
    found = categorise(text.text)
    kept = {name: float(name in found) for name in base.kept_categories}
    if not base.categories.exclusive:
        return known | kept
    return dict.fromkeys(base.categories.names, 0.0) | kept if any(kept.values()) else {}


def any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for whole words that are one of ``forms`` in any case; for none, one that never matches."""
    longest_first = sorted((re.escape(form) for form in forms if form.strip()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)" if longest_first else r"(?!)", re.IGNORECASE)


def apart(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Those of ``spans`` that meet none of ``others``."""
    return [span for span in spans if not any(span.touches(other.start, other.end) for other in others)]


def in_turn(one: Iterable[str], other: Iterable[str]) -> Iterator[str]:
    """The texts of both, one of each at a time as long as there are: neither is left out where only some are taken."""
    for pair in zip_longest(one, other):
        yield from (text for text in pair if text is not None)


def unlabelled_words(annotated_words: int, amount: float) -> int:
    """How many words without annotations are mixed in with so many annotated ones; ``amount`` for each of them."""
    return round(max(annotated_words, _LEAST_UNLABELLED_WORDS) * amount)
