"""The categories of the texts held out, judged by spaCy's own scorer: the numbers of ``python -m spacy evaluate``."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from gadget_trainer.training.categories import chosen_of
from gadget_trainer.training.category_scores import CategoryScores
from gadget_trainer.training.intervals import f_interval
from gadget_trainer.training.loading import has_exclusive_categories
from gadget_trainer.training.progress import LabelScore


@dataclass(frozen=True, slots=True)
class _Pair:
    """As much of an Example as the scorer asks for."""

    predicted: Mapping[str, float]
    reference: Mapping[str, float]


@dataclass(slots=True)
class CategoryTally:
    """The categories of texts as they are and as they were predicted."""

    labels: Sequence[str]
    exclusive: bool
    threshold: float
    pairs: list[_Pair] = field(default_factory=list)
    """Of the texts that say something."""

    @classmethod
    def of(cls, nlp: Language, categoriser: str) -> "CategoryTally":
        """One for that component of ``nlp``."""
        # spaCy's types know components as functions only.
        component: Any = nlp.get_pipe(categoriser)
        exclusive = has_exclusive_categories(nlp, categoriser)
        return cls(tuple(component.labels), exclusive, float(component.cfg["threshold"]))

    def add(self, example: Example) -> None:
        """Compare the categories of a predicted document with those of its reference."""
        if example.reference.cats:
            self.pairs.append(_Pair(dict(example.predicted.cats), dict(example.reference.cats)))

    def spacy_scores(self) -> dict[str, Any]:
        """What ``spacy.scorer.Scorer.score_cats`` says; empty where no text says anything."""
        if not self.pairs:
            return {}
        return Scorer.score_cats(
            cast("list[Example]", self.pairs),
            "cats",
            getter=lambda cats, _attr: cats,
            labels=list(self.labels),
            multi_label=not self.exclusive,
            threshold=self.threshold,
        )

    def scores(self) -> CategoryScores:
        """All categories together, and each of them."""
        given = self.spacy_scores()
        counts = [_counts(*one) for one in self._decisions()]
        return CategoryScores(
            exclusive=self.exclusive,
            macro_f=given.get("cats_macro_f"),
            micro_f=given.get("cats_micro_f"),
            macro_auc=given.get("cats_macro_auc"),
            texts=len(self.pairs),
            labels=tuple(self._label(label, counts) for label in self.labels),
            micro_interval=f_interval([_sums(one.values()) for one in counts]),
        )

    def _decisions(self) -> Iterator[tuple[set[str], set[str]]]:
        """What each text is and what it was taken for, as far as somebody said."""
        for pair in self.pairs:
            known = [label for label in self.labels if label in pair.reference]
            probable = {label: pair.predicted.get(label, 0.0) for label in (self.labels if self.exclusive else known)}
            chosen = set(chosen_of(probable, exclusive=self.exclusive, threshold=self.threshold))
            yield {label for label in known if pair.reference[label]}, chosen

    def _label(self, label: str, counts: Sequence[Mapping[str, tuple[int, int, int]]]) -> LabelScore:
        own = [one[label] for one in counts if label in one]
        return LabelScore.of_counts(label, *_sums(own), f_interval(own), of_texts=True)


def _counts(expected: set[str], found: set[str]) -> dict[str, tuple[int, int, int]]:
    """Of one text, by category: whether it is there, was predicted, and both."""
    return {
        label: (int(label in expected), int(label in found), int(label in expected and label in found))
        for label in expected | found
    }


def _sums(counts: Any) -> tuple[int, int, int]:
    total = Counter[int]()
    for one in counts:
        total.update(dict(enumerate(one)))
    return total[0], total[1], total[2]
