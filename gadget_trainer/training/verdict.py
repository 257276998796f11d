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


def verdict(records: Sequence[IterationDone]) -> str:
    """Say what the iterations so far mean and, where something helps, what to do; empty when there are none."""
    if not records:
        return ""
    scored = [(one.f_score, one.iteration) for one in records if one.f_score is not None]
    if not scored:
        return _without_score(records[-1])
    # As spaCy does with its best model, the later one of two alike is kept.
    best, at = max(scored)
    return " ".join(filter(None, (_course(records[-1], best, at), _caution(records[-1]))))


def _without_score(last: IterationDone) -> str:
    if last.loss == 0:
        return "The loss is 0: there was nothing to learn. Check that the texts marked done have spans."
    return (
        "It is learning, but no held-out text has an entity, so nothing can be said about how well it does. "
        "Mark more texts as done."
    )


def _course(last: IterationDone, best: float, at: int) -> str:
    since = last.iteration - at
    if best == 0:
        if last.iteration < _SETTLED:
            return "It has only begun: nothing is right on the held-out texts yet."
        return "Nothing it learned holds on other texts yet. More annotated texts help most."
    now = last.f_score or 0.0
    if since >= _SETTLED and now < best - _CLEARLY_LOWER:
        return (
            f"It is memorising: the score fell to {now:.2f} from {best:.2f} at iteration {at}, which is what is kept. "
            "More iterations won't help, more texts will."
        )
    if since >= _SETTLED:
        return f"It has levelled off: F {best:.2f} at iteration {at} is the best, and is what is kept."
    return f"It is learning: F {best:.2f} on texts that it did not train on, the best at iteration {at}."


def _caution(last: IterationDone) -> str:
    spans = sum(label.spans for label in last.labels)
    if not last.labels or spans >= _FEW_SPANS:
        return ""
    noun = "span is" if spans == 1 else "spans are"
    return f"Only {spans} {noun} held out, so the score can be far off."
