"""What the numbers of a run mean, in one or two plain sentences. Knows no spaCy.

The loss never decides: it can be 0 while nothing was learned, and it rises in healthy runs (training-facts, traps
1 to 3). The score on the texts held out decides.
"""

from collections.abc import Sequence

from gadget_trainer.training.progress import IterationDone

_FEW_SPANS = 30
"""Below so many spans held out, one more or less right moves the score by more than three points."""
_SETTLED = 3
"""Iterations without a better score after which a run counts as levelled off."""
_CLEARLY_LOWER = 0.05


def verdict(records: Sequence[IterationDone], *, ended: bool = False) -> str:
    """Say what the iterations so far mean and, where something helps, what to do; empty when there are none.

    ``ended``: there will be no further iteration.
    """
    if not records:
        return ""
    scored = [one for one in records if one.f_score is not None]
    if not scored:
        return _without_score(records[-1])
    # As spaCy does with its best model, the later one of two alike is kept.
    best = max(scored, key=lambda one: (one.worth, one.iteration))
    return " ".join(filter(None, (_course(scored[-1], best, ended=ended), _caution(scored[-1]))))


def _without_score(last: IterationDone) -> str:
    if last.loss == 0:
        return "The loss is 0: there was nothing to learn. Check that the texts marked done have spans."
    return (
        "It is learning, but no held-out text has an entity, so nothing can be said about how well it does. "
        "Mark more texts as done."
    )


def _course(last: IterationDone, best: IterationDone, *, ended: bool) -> str:
    since = last.iteration - best.iteration
    highest, now = best.f_score or 0.0, last.f_score or 0.0
    if highest == 0:
        if last.iteration < _SETTLED:
            return "It has only begun: nothing is right on the held-out texts yet."
        return "Nothing it learned holds on other texts yet. More annotated texts help most."
    if since >= _SETTLED and now < highest - _CLEARLY_LOWER:
        return (
            f"It is memorising: the score fell to {now:.2f} from {highest:.2f} at iteration {best.iteration}, "
            "which is what is kept. More iterations won't help, more texts will."
        )
    if since >= _SETTLED:
        return f"It has levelled off: {_score(best)} at iteration {best.iteration} is the best, and is what is kept."
    if ended:
        return (
            f"It was still learning when it ended: {_score(best)} on texts that it did not train on, "
            f"at iteration {best.iteration}. More iterations may help."
        )
    return f"It is learning: {_score(best)} on texts that it did not train on, the best at iteration {best.iteration}."


def _score(record: IterationDone) -> str:
    """The score, with the range that chance leaves it."""
    if record.f_interval is None:
        return f"F {record.f_score:.2f}"
    low, high = record.f_interval
    return f"F {record.f_score:.2f} (likely between {low:.2f} and {high:.2f})"


def _caution(last: IterationDone) -> str:
    spans = sum(label.spans for label in last.labels)
    if not last.labels or spans >= _FEW_SPANS:
        return ""
    noun = "span is" if spans == 1 else "spans are"
    return f"Only {spans} {noun} held out, so the score can be far off."
