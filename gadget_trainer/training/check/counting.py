"""What counting texts and spans shows; cheap, and without spaCy."""

from collections import Counter

from gadget_trainer.corpus.records import TextState
from gadget_trainer.training.check.problem import Problem, Severity, block, counted
from gadget_trainer.training.check.sides import Side, Sided, SpansFound
from gadget_trainer.training.learnable import is_trainable_label
from gadget_trainer.training.settings import TrainingSettings

_FEW_TEXTS = 100
"""To learn from: spaCy's own threshold in ``debug data``."""


class BadSpans:
    """Spans that can't be learned from whatever the tokens are."""

    def __init__(self) -> None:
        self._refused, self._overlapping, self._outside = SpansFound(), SpansFound(), SpansFound()

    def add(self, one: Sided) -> None:
        """Look at a text."""
        refused = {span for span in one.text.spans if not is_trainable_label(span.label)}
        self._refused.add(one.text, len(refused))
        self._outside.add(one.text, len(one.outside))
        self._overlapping.add(one.text, len(one.overlapping))

    def problems(self) -> list[Problem]:
        """What was found."""
        refused = "has a label that can't be trained", "have labels that can't be trained"
        outside = "is empty or lies outside its text", "are empty or lie outside their text"
        name = "Give it a name without “!” first."
        return [
            *self._refused.problems(Severity.BLOCK, "label refused", refused, name),
            *self._overlapping.problems(Severity.WARN, "overlaps", ("overlaps", "overlap")),
            *self._outside.problems(Severity.WARN, "outside", outside),
        ]


class Texts:
    """How many texts there are on each side, and how complete they are."""

    def __init__(self, settings: TrainingSettings) -> None:
        self._settings = settings
        self.teaches_categories = False
        """Whether whole texts are labelled, too; then a run needs no span."""
        self.sides: Counter[Side] = Counter()
        self.spans: Counter[Side] = Counter()
        """Sound ones."""
        self._complete = 0
        self._done_before: dict[int, None] = {}
        self._labels_done_before: set[str] = set()
        self._labels: set[str] = set()

    def add(self, one: Sided) -> None:
        """Look at a text."""
        text = one.text
        if text.state is TextState.DONE and not text.complete:
            self._done_before[text.id] = None
            self._labels_done_before.update(span.label for span in text.spans)
        if one.side is not Side.APART:
            self.sides[one.side] += 1
            self.spans[one.side] += len(one.good)
            self._complete += text.complete
            self._labels.update(span.label for span in one.good)

    def problems(self) -> list[Problem]:
        """What was found."""
        if not self.sides:
            return [block("no texts", "No text is annotated yet. Highlight some spans, then train.")]
        if not self.spans[Side.LEARNED] and not self.teaches_categories:
            said = "There is no span to learn from. Highlight some in a few texts, then train."
            return [block("no spans", said)]
        return [*self._unfinished(), *self._few(), *self._scores()]

    def _few(self) -> list[Problem]:
        learned = self.sides[Side.LEARNED]
        if learned >= _FEW_TEXTS:
            return []
        said = f"{counted(learned, 'text')} to learn from {'is' if learned == 1 else 'are'} few, so chance decides much"
        return [Problem(Severity.WARN, "few texts", f"{said}. With {_FEW_TEXTS:,} or more the score can be relied on.")]

    def _unfinished(self) -> list[Problem]:
        if self._done_before:
            return [self._done_before_a_label()]
        if self._complete:
            return []
        said = (
            "No text is marked done, so the model never learns what is not an entity, and will find too many. "
            "Mark the texts done in which everything is highlighted."
        )
        return [Problem(Severity.WARN, "none done", said)]

    def _done_before_a_label(self) -> Problem:
        """What such texts lose, and how they get it back. They don't say which label came later, but one may show."""
        absent = self._labels - self._labels_done_before
        label = f"for {next(iter(absent))}, which occurs in none of them," if len(absent) == 1 else "again"
        number = len(self._done_before)
        said = (
            f"{counted(number, 'text')} {'were' if number > 1 else 'was'} marked done before one of the labels "
            "existed: what is not highlighted there counts as unknown, and is not scored on. Look through these texts "
            f"{label} and mark them done."
        )
        if not self._complete:
            said += " Until then the model never learns what is not an entity, and will find too many."
        return Problem(Severity.WARN, "done before a label", said, tuple(self._done_before))

    def _scores(self) -> list[Problem]:
        if self._settings.held_out <= 0:
            return []
        if not self.sides[Side.HELD_OUT]:
            said = (
                "No text is held out, so there will be no score but the loss, which says little. "
                f"Mark at least two texts with spans done{' for all labels' if self._done_before else ''}."
            )
            return [Problem(Severity.WARN, "nothing held out", said)]
        if not self.spans[Side.HELD_OUT] and self.spans[Side.LEARNED]:
            said = "No text that is held out has a span, so there will be no score. Mark more texts done."
            return [Problem(Severity.WARN, "held out without spans", said)]
        return []
