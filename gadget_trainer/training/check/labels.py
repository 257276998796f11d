"""What counting the spans of each label shows, on each side of the split."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from gadget_trainer.training.check.problem import Problem, Severity, counted, named
from gadget_trainer.training.check.sides import Side, Sided
from gadget_trainer.training.what_next import FEW_SPANS

_MOST = 0.9
"""Of all spans, with one and the same label."""


class Labels:
    """How many spans each label has on each side, and in which texts."""

    def __init__(self, labels: Sequence[str]) -> None:
        """``labels`` are the project's, whether they have spans or not."""
        self._labels = labels
        self._learned: Counter[str] = Counter()
        self._held_out: Counter[str] = Counter()
        self._unusable: Counter[str] = Counter()
        """Spans in texts to learn from that the tokens can't hold."""
        self._kept: Counter[str] = Counter()
        """Of texts that are not learned from: they are scored on, or will be once they are finished."""
        self._texts: dict[str, array[int]] = {}
        self._texts_learned = 0
        self._texts_learned_with: Counter[str] = Counter()

    def add(self, one: Sided) -> None:
        """Look at a text."""
        labels = [span.label for span in one.good]
        unusable = [span.label for span in one.unusable]
        for label in {*labels, *unusable}:
            self._texts.setdefault(label, array("q")).append(one.text.id)
        if one.side is Side.LEARNED:
            self._learned.update(labels)
            self._unusable.update(unusable)
            self._texts_learned += 1
            self._texts_learned_with.update(set(labels))
        else:
            self._kept.update((*labels, *unusable))
            if one.side is Side.HELD_OUT:
                self._held_out.update(labels)

    def learned(self) -> set[str]:
        """The labels that have spans to learn from."""
        return set(self._learned)

    def problems(self) -> list[Problem]:
        """What was found; nothing if there is nothing to learn from, because then each label would be a problem."""
        if not self._learned:
            return []
        known = list(dict.fromkeys([*self._labels, *sorted(self._learned + self._kept + self._unusable)]))
        absent = [label for label in known if not self._learned[label]]
        unusable = [label for label in absent if self._unusable[label]]
        return [
            *self._without_spans([one for one in absent if not self._unusable[one] and not self._kept[one]]),
            *self._without_usable_spans(unusable),
            *self._only_kept([one for one in absent if not self._unusable[one] and self._kept[one]]),
            *self._few([label for label in known if 0 < self._learned[label] < FEW_SPANS]),
            *self._never_scored([label for label in known if self._learned[label] and not self._held_out[label]]),
            *self._dominating(),
            *self._everywhere(),
        ]

    def _without_spans(self, labels: list[str]) -> list[Problem]:
        if not labels:
            return []
        if len(labels) == 1:
            said = f"{labels[0]} has no spans, so it can't be learned. Highlight some, or delete the label."
        else:
            said = f"{len(labels):,} labels have no spans, so they can't be learned: {named(labels)}. Highlight some."
        return [Problem(Severity.WARN, "label without spans", said)]

    def _without_usable_spans(self, labels: list[str]) -> list[Problem]:
        if not labels:
            return []
        numbers = self._numbers(labels, self._unusable)
        said = (
            f"What is highlighted as {numbers} can't be learned from: all of it begins or ends with a space, or inside "
            "a word as the pipeline sees words. Mend it, or highlight more."
        )
        return [Problem(Severity.WARN, "label without usable spans", said, self._texts_with(labels))]

    def _only_kept(self, labels: list[str]) -> list[Problem]:
        if not labels:
            return []
        numbers = self._numbers(labels, self._kept)
        said = (
            f"What is highlighted as {numbers} can't be learned from: all of it is in texts that are kept for scoring. "
            "Highlight more of it in other texts."
        )
        return [Problem(Severity.WARN, "label only held out", said, self._texts_with(labels))]

    def _few(self, labels: list[str]) -> list[Problem]:
        if not labels:
            return []
        numbers = self._numbers(labels, self._learned)
        which = f"{counted(len(labels), 'label')} {'has' if len(labels) == 1 else 'have'}"
        said = f"{which} fewer than {FEW_SPANS} spans to learn from: {numbers}. With more it gets better."
        return [Problem(Severity.WARN, "few spans", said, self._texts_with(labels))]

    def _never_scored(self, labels: list[str]) -> list[Problem]:
        if not labels or not self._held_out:
            return []
        which = named(labels)
        said = f"No text that is held out has a span of {which}, so it gets no score. Mark more texts done."
        return [Problem(Severity.WARN, "label never held out", said, self._texts_with(labels))]

    def _dominating(self) -> list[Problem]:
        ((label, number),) = self._learned.most_common(1)
        share = number / self._learned.total()
        if len(self._learned) < 2 or share <= _MOST:
            return []
        others = [other for other in self._learned if other != label]
        said = f"{share:.0%} of the spans to learn from are {label}, so others are learned less well: {named(others)}."
        return [Problem(Severity.WARN, "one label", said, self._texts_with(others))]

    def _everywhere(self) -> list[Problem]:
        labels = sorted(one for one, texts in self._texts_learned_with.items() if texts == self._texts_learned)
        if not labels:
            return []
        said = (
            f"Every text to learn from has a span of {named(labels)}. Where texts without one will come later, add "
            "some and mark them done, so that the model learns to find nothing in them."
        )
        return [Problem(Severity.FACT, "label everywhere", said)]

    def _numbers(self, labels: Collection[str], numbers: Counter[str]) -> str:
        return named([f"{label} {numbers[label]:,}" for label in sorted(labels, key=lambda one: -numbers[one])])

    def _texts_with(self, labels: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted({text_id for label in labels for text_id in self._texts.get(label, ())}))
