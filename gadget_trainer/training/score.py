"""How well a pipeline does on the texts held out, in slices that can be interrupted.

The scores are those of ``nlp.evaluate``, without its second tokenisation and with a fifth of its memory
(training-facts, "Speed"); beyond them, people want the numbers of spans behind each score.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.training import Example

from gadget_trainer.training.progress import LabelScore

SLICE = 64
"""Documents that are predicted together: more takes memory and is slower for long texts."""


@dataclass(slots=True)
class Tally:
    """Spans counted by label."""

    labels: frozenset[str] | None = None
    """Which labels count, if not all: of a base's other labels nobody said where they are in the texts held out."""
    marked: Counter[str] = field(default_factory=Counter)
    """What people marked."""
    predicted: Counter[str] = field(default_factory=Counter)
    """What was predicted where people's annotation is known; elsewhere it is neither right nor wrong."""
    correct: Counter[str] = field(default_factory=Counter)

    def add(self, example: Example) -> None:
        """Compare the entities of a predicted document with its reference, as ``spacy.scorer.get_ner_prf`` does."""
        gold = {(ent.start, ent.end, ent.label_) for ent in example.reference.ents}
        self.marked.update(label for _, _, label in gold)
        tokens = example.alignment.x2y
        for ent in example.predicted.ents:
            places = tokens[ent.start : ent.end]
            if not len(places) or (self.labels is not None and ent.label_ not in self.labels):
                continue
            start, end = int(places[0]), int(places[-1]) + 1
            if all(token.ent_iob for token in example.reference[start:end]):
                self.predicted[ent.label_] += 1
                self.correct[ent.label_] += (start, end, ent.label_) in gold

    def total(self) -> LabelScore:
        """The score over all labels."""
        return _label_score("", self.marked.total(), self.predicted.total(), self.correct.total())

    def by_label(self) -> tuple[LabelScore, ...]:
        """A score for each label that was marked or predicted, in the order of the names."""
        return tuple(
            _label_score(label, self.marked[label], self.predicted[label], self.correct[label])
            for label in sorted(self.marked.keys() | self.predicted.keys())
        )


def score(nlp: Language, examples: Sequence[Example], idle: Sequence[str], tally: Tally) -> Iterator[int]:
    """Predict ``examples`` with all components but the ``idle`` and count in ``tally``; yields how many are done."""
    for start in range(0, len(examples), SLICE):
        part = examples[start : start + SLICE]
        docs = nlp.pipe((example.predicted.copy() for example in part), batch_size=SLICE, disable=list(idle))
        for example, doc in zip(part, docs, strict=True):
            tally.add(Example(doc, example.reference))
        yield start + len(part)


def _label_score(label: str, marked: int, predicted: int, correct: int) -> LabelScore:
    return LabelScore(
        label=label,
        precision=correct / predicted if predicted else None,
        recall=correct / marked if marked else None,
        f_score=2 * correct / (marked + predicted) if marked else None,
        spans=marked,
        predicted=predicted,
        correct=correct,
    )
