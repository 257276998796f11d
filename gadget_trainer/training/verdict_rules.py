"""The rules behind the one sentence on a run: each looks at the story so far, and says something or nothing.

The loss never decides whether something was learned: it can be 0 while nothing was, and it rises in healthy runs
(training-facts, traps 1 to 3). The score on the texts held out decides; the loss only tells why it does not rise.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gadget_trainer.training.held_out_words import forgotten, run_score_words
from gadget_trainer.training.progress import IterationDone

_SETTLED = 3
"""Scores without a better one after which a run counts as levelled off."""
_CLEARLY_LOWER = 0.05
_HARDLY_ANYTHING = 0.1
_TOO_FEW_SPANS = 10
"""Spans held out below which no score is worth judging a run by."""
_BY_HEART = 0.5
"""What is left of the best iteration's loss when a run learns its texts by heart."""
_STILL_FALLING = 2 * _SETTLED
"""Scores without a better one after which a loss that falls means learning by heart."""


class Kind(StrEnum):
    """What a run is like."""

    NO_NUMBER = "no number"
    NOTHING_TO_LEARN = "nothing to learn"
    NOT_SCORED_YET = "not scored yet"
    NOTHING_HELD_OUT = "nothing held out"
    TOO_LITTLE_HELD_OUT = "too little held out"
    BEGUN = "begun"
    LEARNED_NOTHING = "learned nothing"
    LEARNED_LITTLE = "learned little"
    FORGETTING = "forgetting"
    SCORE_FALLS = "score falls"
    MEMORISING = "memorising"
    LEVELLED_OFF = "levelled off"
    FOUND_ALL = "nothing left to find"
    STILL_LEARNING = "still learning at the end"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Story:
    """A run so far. There is at least one iteration."""

    records: Sequence[IterationDone]
    ended: bool
    best: IterationDone | None
    """The iteration with the highest score; None where none was scored."""
    scored: IterationDone | None
    """The last iteration that was scored."""

    @classmethod
    def of(cls, records: Sequence[IterationDone], *, ended: bool) -> "Story":
        """Find the best iteration."""
        scored = [one for one in records if one.score is not None]
        # As spaCy does with its best model, the later one of two alike is kept.
        best = max(scored, key=lambda one: (one.worth, one.iteration), default=None)
        return cls(records, ended, best, scored[-1] if scored else None)

    @property
    def last(self) -> IterationDone:
        """The last iteration."""
        return self.records[-1]

    @property
    def highest(self) -> float:
        """The best score; 0 where there is none."""
        return (self.best.score or 0.0) if self.best else 0.0

    @property
    def now(self) -> float:
        """The last score; 0 where there is none."""
        return (self.scored.score or 0.0) if self.scored else 0.0

    @property
    def has_fallen(self) -> bool:
        """Whether the last scores, not just one of them, are clearly below the best."""
        scores = [one.score for one in self.records if one.score is not None][-_SETTLED:]
        return self.since >= _SETTLED and sum(scores) / len(scores) < self.highest - _CLEARLY_LOWER

    @property
    def since(self) -> int:
        """Scores since the best one."""
        best = self.best
        return sum(one.score is not None and one.iteration > best.iteration for one in self.records) if best else 0

    @property
    def spans(self) -> int:
        """Spans held out."""
        return sum(label.spans for label in self.scored.labels) if self.scored else 0

    @property
    def texts(self) -> int:
        """Texts held out whose categories are known."""
        return self.scored.categories.texts if self.scored is not None and self.scored.categories is not None else 0

    @property
    def taught(self) -> str:
        """What a held-out text would need to be scored on."""
        categories = [name.startswith("textcat") for name in self.last.losses if not name.startswith("tok2vec")]
        if not any(categories):
            return "an entity"
        return "a category" if all(categories) else "an entity or a category"

    @property
    def loss_left(self) -> float:
        """The last iteration's loss as a share of the best one's."""
        return self.last.loss / self.best.loss if self.best and self.best.loss else 1.0

    def best_words(self) -> str:
        """The best score, with its range."""
        return run_score_words(self.best) if self.best else ""

    def best_place(self) -> str:
        """Which iteration is the best."""
        return f"iteration {self.best.iteration:,}" if self.best else ""


def no_number(story: Story) -> str:
    """The loss left the range of numbers."""
    first = next((one for one in story.records if not math.isfinite(one.loss)), None)
    if first is None or math.isfinite(story.last.loss):
        return ""
    kept = f" The best before it, {story.best_place()}, is what is kept." if story.highest else ""
    return (
        f"It broke down at iteration {first.iteration:,}: the loss is no number any more, and nothing is learned from "
        f"there on.{kept} Start again with a smaller learn rate."
    )


def nothing_to_learn(story: Story) -> str:
    """The loss was 0 from the start, so there was no annotation to differ from."""
    if story.best is not None or any(one.loss != 0 for one in story.records):
        return ""
    return "The loss is 0: there was nothing to learn. Check that the texts marked done have spans."


def not_scored_yet(story: Story) -> str:
    """Not each iteration is scored, and none was."""
    if not all(one.next_score for one in story.records):
        return ""
    due = f"iteration {story.last.next_score:,}"
    if not story.ended:
        return f"How well it does is not known yet: the first score comes after {due}. Wait for it."
    return (
        f"It ended before its first score, which was to come after {due}, so nothing can be said about how well it "
        "does. Start again, and let more iterations be scored with “Evaluate after”."
    )


def nothing_held_out(story: Story) -> str:
    """No iteration has a score."""
    if story.best is not None:
        return ""
    given = "Give more texts a category, and mark them" if story.taught == "a category" else "Mark more texts as"
    return f"No held-out text has {story.taught}, so nothing can be said about how well it does. {given} done."


def too_little_held_out(story: Story) -> str:
    """There are scores, but of so few spans that they mean nothing."""
    if story.scored is None or not story.scored.all_labels or max(story.spans, story.texts) >= _TOO_FEW_SPANS:
        return ""
    if not story.spans:
        noun = "text with a category is" if story.texts == 1 else "texts with categories are"
        return (
            f"Too little is held out to say how well it learns: only {story.texts:,} {noun}, and {story.best_words()} "
            "can be luck. Mark more texts as done."
        )
    noun = "span is" if story.spans == 1 else "spans are"
    return (
        f"Too little is held out to say how well it learns: only {story.spans:,} {noun}, and {story.best_words()} "
        "can be luck. Mark more texts as done."
    )


def begun(story: Story) -> str:
    """Nothing is right yet, which is usual at first."""
    if story.highest or story.last.iteration >= _SETTLED or story.ended:
        return ""
    return "It has only begun: nothing is right on the held-out texts yet. Let it go on."


def learned_nothing(story: Story) -> str:
    """Nothing is right on other texts."""
    if story.highest:
        return ""
    return "Nothing it learned holds on other texts yet. More annotated texts help most."


def learned_little(story: Story) -> str:
    """Hardly anything is right on other texts, and it does not get better."""
    if story.highest >= _HARDLY_ANYTHING or story.since < _SETTLED:
        return ""
    return (
        f"Hardly anything it learned holds on other texts: {story.best_words()}. See whether alike things are marked "
        "alike, and annotate more texts."
    )


def forgetting(story: Story) -> str:
    """A label that it could do makes room for another one."""
    said = forgotten(story.records, story.scored) if story.scored else ""
    if not said:
        return ""
    return f"{said} What is kept is {story.best_place()}, with {story.best_words()} over all labels."


def score_falls(story: Story) -> str:
    """The score falls, and the loss does not fall with it."""
    if not story.has_fallen or story.loss_left < 1:
        return ""
    return (
        f"It is getting worse: the score fell to {story.now:.2f} from {story.highest:.2f} at {story.best_place()}, "
        "which is what is kept, and the loss does not fall either. A smaller learn rate may help."
    )


def memorising(story: Story) -> str:
    """The loss falls, the score does not rise: what is still learned holds for the training texts only."""
    if story.has_fallen:
        return (
            f"It is memorising: the score fell to {story.now:.2f} from {story.highest:.2f} at {story.best_place()}, "
            "which is what is kept. More iterations won't help, more texts will."
        )
    if story.since >= _STILL_FALLING and story.loss_left < _BY_HEART:
        return (
            f"It is memorising: the loss still falls, but no score is better than {story.best_words()} at "
            f"{story.best_place()}, which is what is kept. More iterations won't help, more texts will."
        )
    return ""


def levelled_off(story: Story) -> str:
    """The score does not rise any more."""
    if story.since < _SETTLED:
        return ""
    return (
        f"It has levelled off: {story.best_words()} at {story.best_place()} is the best, and is what is kept. More "
        "iterations won't help; annotate more texts, or look through its mistakes."
    )


def found_all(story: Story) -> str:
    """It ended soon after an iteration without any mistake."""
    if not story.ended or story.highest < 1:
        return ""
    return (
        f"It makes no mistake on the texts that it did not train on: {story.best_words()} at {story.best_place()}. "
        "More iterations can't show anything better; try it on other texts."
    )


def still_learning(story: Story) -> str:
    """It ended soon after its best iteration."""
    if not story.ended:
        return ""
    return (
        f"It was still learning when it ended: {story.best_words()} on texts that it did not train on, "
        f"at {story.best_place()}. More iterations may help."
    )


def learning(story: Story) -> str:
    """The score rises."""
    return (
        f"It is learning: {story.best_words()} on texts that it did not train on, the best at {story.best_place()}. "
        "Let it go on."
    )


RULES: tuple[tuple[Kind, Callable[[Story], str]], ...] = (
    (Kind.NO_NUMBER, no_number),
    (Kind.NOTHING_TO_LEARN, nothing_to_learn),
    (Kind.NOT_SCORED_YET, not_scored_yet),
    (Kind.NOTHING_HELD_OUT, nothing_held_out),
    (Kind.TOO_LITTLE_HELD_OUT, too_little_held_out),
    (Kind.BEGUN, begun),
    (Kind.LEARNED_NOTHING, learned_nothing),
    (Kind.LEARNED_LITTLE, learned_little),
    (Kind.FORGETTING, forgetting),
    (Kind.SCORE_FALLS, score_falls),
    (Kind.MEMORISING, memorising),
    (Kind.LEVELLED_OFF, levelled_off),
    (Kind.FOUND_ALL, found_all),
    (Kind.STILL_LEARNING, still_learning),
    (Kind.LEARNING, learning),
)
"""The first that says something is right: what makes a score meaningless comes before what the score means."""
