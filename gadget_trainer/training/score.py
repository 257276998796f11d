"""How well a pipeline does on the texts held out, in slices that can be interrupted.

The scores are those of ``nlp.evaluate``, without its second tokenisation and with a fifth of its memory
(training-facts, "Speed"); beyond them, people want the numbers of spans behind each score.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from spacy.language import Language
from spacy.training import Example

from gadget_trainer.training.category_scores import CategoryScores
from gadget_trainer.training.category_tally import CategoryTally
from gadget_trainer.training.intervals import f_interval
from gadget_trainer.training.learnable import LONGEST
from gadget_trainer.training.progress import LabelScore

SLICE = 64
"""Documents that are predicted together: more takes memory and is slower for long texts."""
_SLICE_TOKENS = 32 * LONGEST
"""Of longer ones, so many tokens: more is not faster either."""
_NONE = (0, 0, 0)


Counts: TypeAlias = defaultdict[str, list[tuple[int, int, int]]]
"""For each label what was marked, predicted and correct in each document that it occurs in."""


@dataclass(slots=True)
class Tally:
    """Spans counted by label, and the categories of whole texts beside them."""

    labels: frozenset[str] | None = None
    """Which labels count, if not all: of a base's other labels nobody said where they are in the texts held out."""
    marked: Counter[str] = field(default_factory=Counter)
    """What people marked."""
    predicted: Counter[str] = field(default_factory=Counter)
    """What was predicted where people's annotation is known; elsewhere it is neither right nor wrong."""
    correct: Counter[str] = field(default_factory=Counter)
    documents: list[tuple[int, int, int]] = field(default_factory=list)
    """What was marked, predicted and correct in each document."""
    documents_of: defaultdict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))
    """The same for each label, of the documents in which it was marked or predicted."""
    categories: CategoryTally | None = None
    """None where the run teaches none."""

    @classmethod
    def of(cls, documents: list[tuple[int, int, int]]) -> "Tally":
        """One of a single label, or of all, that was counted document by document."""
        marked, predicted, correct = (sum(column) for column in zip(*documents, strict=True)) if documents else _NONE
        one, other, both = (Counter({"": number}) for number in (marked, predicted, correct))
        return cls(marked=one, predicted=other, correct=both, documents=documents)

    def add(self, example: Example) -> None:
        """Compare the entities of a predicted document with its reference, as ``spacy.scorer.get_ner_prf`` does; and
        its categories.
        """
        if self.categories is not None:
            self.categories.add(example)
        gold = {(ent.start, ent.end, ent.label_) for ent in example.reference.ents}
        marked, predicted, correct = Counter(label for _, _, label in gold), Counter[str](), Counter[str]()
        tokens = example.alignment.x2y
        for ent in example.predicted.ents:
            places = tokens[ent.start : ent.end]
            if not len(places):
                continue
            start, end = int(places[0]), int(places[-1]) + 1
            place = example.reference[start:end]
            # Where a person marked something else, a label that is not judged is wrong all the same.
            judged = self.labels is None or ent.label_ in self.labels or any(token.ent_type for token in place)
            if judged and all(token.ent_iob for token in place):
                predicted[ent.label_] += 1
                correct[ent.label_] += (start, end, ent.label_) in gold
        self.marked += marked
        self.predicted += predicted
        self.correct += correct
        self.documents.append((marked.total(), predicted.total(), correct.total()))
        for label in marked.keys() | predicted.keys():
            self.documents_of[label].append((marked[label], predicted[label], correct[label]))

    def interval(self) -> tuple[float, float] | None:
        """Between which F-scores the true one lies, 95 times in 100; None where there is nothing to score."""
        return f_interval(self.documents)

    def combined(self, weights: Mapping[str, float]) -> float | None:
        """The mean of the scores by ``weights``, under spaCy's names, of those that are there; without categories F."""
        f_score = self.total().f_score
        if self.categories is None:
            return f_score
        given = {**self.categories.spacy_scores(), "ents_f": f_score}
        there = {name: weight for name, weight in weights.items() if weight and given.get(name) is not None}
        whole = sum(there.values())
        return sum(weight * given[name] for name, weight in there.items()) / whole if whole else None

    def category_scores(self) -> CategoryScores | None:
        """Those of the categories; None where there are none, or nothing was scored."""
        return self.categories.scores() if self.categories is not None and self.categories.pairs else None

    def total(self) -> LabelScore:
        """The score over all labels."""
        return LabelScore.of_counts("", self.marked.total(), self.predicted.total(), self.correct.total())

    def by_label(self, learned: Iterable[str] = ()) -> tuple[LabelScore, ...]:
        """A score for each label that was marked or predicted, in the order of the names.

        The ``learned`` ones are told in any case: that none is held out is worth knowing.
        """
        known = {label for label in learned if self.labels is None or label in self.labels}
        return tuple(
            LabelScore.of_counts(
                label,
                self.marked[label],
                self.predicted[label],
                self.correct[label],
                f_interval(self.documents_of.get(label, ())),
            )
            for label in sorted(self.marked.keys() | self.predicted.keys() | known)
        )


_SAY = {"doc.ents", "token.ent_iob", "token.ent_type", "token.is_sent_start", "doc.sents"}


def without_say(nlp: Language, frozen: Sequence[str]) -> list[str]:
    """Those of the ``frozen`` components that can't change which entities and categories are found: scoring goes
    without them. What others see through has a say, too: a tok2vec, as long as one of those that listen to it has.
    """
    assigned = {name: set(nlp.get_pipe_meta(name).assigns) for name in frozen}
    silent = [name for name, what in assigned.items() if what and what.isdisjoint(_SAY)]
    return [name for name in silent if set(silent).issuperset(_listeners(nlp, name))]


def _listeners(nlp: Language, name: str) -> list[str]:
    """The components that see through the one of that name."""
    return list(getattr(nlp.get_pipe(name), "listening_components", []))


def score(nlp: Language, examples: Sequence[Example], idle: Sequence[str], tally: Tally) -> Iterator[int]:
    """Predict ``examples`` with all components but the ``idle`` and count in ``tally``; yields how many are done."""
    done = 0
    for part in _slices(examples):
        docs = nlp.pipe((example.predicted.copy() for example in part), batch_size=SLICE, disable=list(idle))
        for example, doc in zip(part, docs, strict=True):
            tally.add(Example(doc, example.reference))
        done += len(part)
        yield done


def _slices(examples: Sequence[Example]) -> Iterator[list[Example]]:
    part: list[Example] = []
    tokens = 0
    for example in examples:
        if part and (len(part) == SLICE or tokens + len(example) > _SLICE_TOKENS):
            yield part
            part, tokens = [], 0
        part.append(example)
        tokens += len(example)
    if part:
        yield part
