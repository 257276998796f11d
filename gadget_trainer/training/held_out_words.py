"""What can be said from the spans that are held out, and what can't, in plain sentences. Knows no spaCy."""

from collections.abc import Sequence

from gadget_trainer.training.naming import at_start, categories_named, name_of
from gadget_trainer.training.progress import IterationDone, LabelScore

FEW_SPANS = 30
"""Below so many spans held out, one more or less right moves the score by more than three points."""
FEW_OF_A_LABEL = 20
"""The same for one label, where people are content to know less: five points."""
_LONGEST_NAME = 24
_NAMED = 3
"""Labels that a sentence names before it counts the rest."""


def range_text(interval: tuple[float, float] | None) -> str:
    """The range that chance leaves a score, as in "0.66–0.91"; a dash where there is none."""
    return "–" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"


def score_words(f_score: float | None, interval: tuple[float, float] | None) -> str:
    """A score with its range: "F 0.81 (likely between 0.66 and 0.91)"."""
    if f_score is None:
        return "no score"
    if interval is None:
        return f"F {f_score:.2f}"
    return f"F {f_score:.2f} (likely between {interval[0]:.2f} and {interval[1]:.2f})"


def run_score_words(record: IterationDone) -> str:
    """The score that a run is judged by, and what it is made of."""
    categories = record.categories
    if categories is None or categories.macro_f is None:
        return score_words(record.f_score, record.f_interval)
    if record.f_score is None:
        whole = f"macro F {categories.macro_f:.2f} of the categories"
        if categories.micro_f is None or categories.micro_interval is None:
            return whole
        low, high = categories.micro_interval
        return f"{whole} ({categories.micro_name} {categories.micro_f:.2f}, likely between {low:.2f} and {high:.2f})"
    entities = score_words(record.f_score, record.f_interval)
    return f"{entities} of the entities and macro F {categories.macro_f:.2f} of the categories"


def few_held_out(score: LabelScore) -> str:
    """Why a label's score says little; empty where it says enough."""
    label, span = ("category", "text") if score.of_texts else ("label", "span")
    if score.spans == 0:
        return f"None held out: nothing can be said about this {label}. Mark more texts that have it as done."
    if score.spans == 1:
        return "Only 1 held out: it is found or not, and its score says no more."
    if score.spans < FEW_OF_A_LABEL:
        points = 100 / score.spans
        return f"Only {score.spans} held out: one {span} more or less moves its score by {points:.0f} points."
    return ""


def few_labels(labels: Sequence[LabelScore]) -> str:
    """One sentence for all the labels of which too few spans, or texts, are held out; empty where there is none."""
    few = [one.label for one in labels if few_held_out(one)]
    if not few or len(labels) == 1:
        return ""
    what, kind = ("texts", "category") if labels[0].of_texts else ("spans", "label")
    if len(few) == len(labels):
        return f"Too few {what} of each {kind} are held out to judge them one by one."
    quoted = [f"“{_shortened(label)}”" for label in few[:_NAMED]]
    more = max(len(few) - _NAMED, 0)
    if labels[0].of_texts:
        named = categories_named(quoted, more)
    else:
        named = ", ".join(quoted) + (f" and {more:,} more labels" if more else "")
    return f"Too few {what} of {named} are held out to say anything about {'it' if len(few) == 1 else 'them'}."


def not_found(labels: Sequence[LabelScore]) -> str:
    """Which label is not found at all, though enough of it are held out and others are found; empty for none."""
    missing = [one for one in labels if one.spans >= FEW_OF_A_LABEL and not one.correct]
    if not missing or not any(one.correct for one in labels):
        return ""
    worst = max(missing, key=lambda one: one.spans)
    return (
        f"None of the {worst.spans:,} “{_shortened(worst.label)}” held out is found: it is not learned, or forgotten. "
        "Annotate it in more texts, or mix in what the base knows."
    )


def forgotten(records: Sequence[IterationDone], last: IterationDone) -> str:
    """Which label did better before the ``last`` iteration, by more than chance explains, while others did not.

    Said of the label that lost most; empty where there is none. Where all labels lose, it is no forgetting.
    """
    highest: dict[tuple[bool, str], LabelScore] = {}
    for record in records:
        if record.iteration < last.iteration:
            for one in record.all_labels:
                key = (one.of_texts, one.label)
                if key not in highest or (one.f_score or 0.0) > (highest[key].f_score or 0.0):
                    highest[key] = one
    pairs = [(now, highest[now.of_texts, now.label]) for now in last.all_labels if (now.of_texts, now.label) in highest]
    lost = [(now, before) for now, before in pairs if _lower(now, before)]
    if not lost or len(lost) == len(pairs):
        return ""
    now, before = max(lost, key=lambda pair: (pair[1].f_score or 0.0) - (pair[0].f_score or 0.0))
    then = before.f_score or 0.0
    named = at_start(name_of(f"“{_shortened(now.label)}”", of_texts=now.of_texts), of_texts=now.of_texts)
    do = "Choose it for such texts too" if now.of_texts else "Annotate it in these texts too"
    return (
        f"{named} is being forgotten: F {now.f_score or 0.0:.2f}, and {then:.2f} before. {do}, or mix in what the base "
        "knows."
    )


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_NAME else f"{label[: _LONGEST_NAME - 8]}…{label[-7:]}"


def _lower(now: LabelScore, before: LabelScore) -> bool:
    if now.f_interval is None or before.f_interval is None:
        return False
    return now.f_interval[1] < before.f_interval[0]
