"""How probable it is that an annotation is wrong with which a judge of a cross-validation disagrees. Knows no spaCy.

A judge that learned little is as sure of itself as one that learned much: nearly all its readings have a probability
of 1, so by that alone the order is one by chance (of 1,870 disagreements on crossner_politics, where 5 % of the spans
were damaged, 7 % were damaged ones, and 10 % of the first 50). So its confidence is weighed with what is known of
it and of the corpus:

* where it found something, with the share of what it finds with that label on which the person agrees;
* where it found nothing, with the mean probability that it gives to what people marked with that label (the average
  self-confidence of a class, of Northcutt, Jiang and Chuang, *Confident Learning*, JAIR 2021);
* with how often the same string is marked so in other places, and how seldom as it is here.

Then 52 % of the first 50 were damaged ones there, and 38 % on prodigy_food (20 % before, 8 % of all). Measured by
``tests/benchmarks/bench_annotation_errors.py``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.elsewhere import UNSEEN, Elsewhere
from gadget_trainer.training.mistakes import Mistake, Mistakes


class Suspicion:
    """What the judges are worth, label by label."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = defaultdict(float)
        self._spans: dict[str, int] = defaultdict(int)

    def see(self, label: str, probability: float) -> None:
        """A person marked a span with ``label``, of which its judge thinks that it is there with ``probability``."""
        self._sums[label] += probability
        self._spans[label] += 1

    def weighed(self, mistakes: Mistakes, elsewhere: Elsewhere) -> Mistakes:
        """``mistakes`` with what their confidence is worth, the most suspicious first.

        ``elsewhere`` knows the :func:`strings` of the mistakes.
        """
        wrong = Counter(one.found.label for one in mistakes.found if one.found is not None)
        found = (replace(one, confidence=self._weigh(one, mistakes.agreed, wrong, elsewhere)) for one in mistakes.found)
        return replace(mistakes, found=tuple(sorted(found, key=lambda one: -(one.confidence or 0.0))))

    def _weigh(self, mistake: Mistake, agreed: Counter[str], wrong: Counter[str], elsewhere: Elsewhere) -> float:
        confidence, expected, found = mistake.confidence or 0.0, mistake.expected, mistake.found
        if found is not None:
            confidence *= agreed[found.label] / (agreed[found.label] + wrong[found.label])
            confidence *= elsewhere.share(string(mistake, found), found.label, marked_here=False)
        elif expected is not None:
            # No string speaks for nothing; it counts as one that is nowhere else.
            confidence *= UNSEEN * self._sums[expected.label] / max(self._spans[expected.label], 1)
        if expected is not None:
            confidence *= 1 - elsewhere.share(string(mistake, expected), expected.label, marked_here=True)
        return confidence


def strings(mistakes: Mistakes) -> Iterator[str]:
    """What was marked or found, as it is written."""
    for mistake in mistakes.found:
        for span in (mistake.expected, mistake.found):
            if span is not None:
                yield string(mistake, span)


def string(mistake: Mistake, span: Span) -> str:
    """One of its two readings, as it is written."""
    return mistake.surface[span.start - mistake.start : span.end - mistake.start]
