"""What the numbers of a run mean, in one or two plain sentences. Knows no spaCy."""

from collections.abc import Sequence
from dataclasses import dataclass

from gadget_trainer.training.held_out_words import FEW_SPANS, few_labels, not_found
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.verdict_rules import RULES, Kind, Story

_SAID_ALREADY = (
    Kind.TOO_LITTLE_HELD_OUT,
    Kind.NOTHING_HELD_OUT,
    Kind.NOT_SCORED_YET,
    Kind.NOTHING_TO_LEARN,
    Kind.NO_NUMBER,
)
"""Kinds of runs whose scores nobody should look at; a further warning of them would be noise."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run is like, and the sentences for it."""

    kind: Kind
    sentence: str
    caution: str = ""
    """What else should be known before the score is believed; may be empty."""


def judge(records: Sequence[IterationDone], *, ended: bool = False) -> Verdict | None:
    """What the iterations so far mean and, where something helps, what to do; None when there are none.

    ``ended``: there will be no further iteration.
    """
    if not records:
        return None
    story = Story.of(records, ended=ended)
    kind, sentence = next((kind, words) for kind, rule in RULES if (words := rule(story)))
    return Verdict(kind, sentence, "" if kind in _SAID_ALREADY else _caution(story))


def verdict(records: Sequence[IterationDone], *, ended: bool = False) -> str:
    """The same in words; empty when there are no iterations."""
    judged = judge(records, ended=ended)
    return " ".join(filter(None, (judged.sentence, judged.caution))) if judged else ""


def _caution(story: Story) -> str:
    """The one thing that most limits what the score says."""
    if story.best is None:
        return ""
    labels, categories = story.best.labels, story.best.categories
    said = (not_found(labels) or _few_spans(story.spans) or few_labels(labels)) if labels else ""
    return said or (_few_texts(categories.texts) or few_labels(categories.labels) if categories is not None else "")


def _few_texts(texts: int) -> str:
    return "" if texts >= FEW_SPANS else f"Only {texts:,} texts with categories are held out, so chance decides much."


def _few_spans(spans: int) -> str:
    return "" if spans >= FEW_SPANS else f"Only {spans:,} spans are held out, so the score can be far off."
