"""What an iteration reported, as JSON and back: a project keeps its runs this way, and an older file is read too.

A label's precision, recall and F-score are not kept: they follow from its counts. JSON knows no NaN, so a loss that is
no number is kept as null.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from gadget_trainer.training.category_scores import CategoryScores
from gadget_trainer.training.progress import IterationDone, LabelScore


def iteration_to_json(record: IterationDone) -> dict[str, Any]:
    """What :func:`iteration_from_json` reads, of values that JSON knows."""
    return {
        "iteration": record.iteration,
        "iterations": record.iterations,
        "loss": _finite(record.loss),
        "losses": {name: _finite(loss) for name, loss in record.losses.items()},
        "loss_per_1000_words": _finite(record.loss_per_1000_words),
        "precision": record.precision,
        "recall": record.recall,
        "f_score": record.f_score,
        "f_interval": _pair(record.f_interval),
        "labels": [_label_to_json(one) for one in record.labels],
        "words_per_second": record.words_per_second,
        "seconds": record.seconds,
        "seconds_left": record.seconds_left,
        "best": record.best,
        "choice": record.choice,
        **({"next_score": record.next_score} if record.next_score else {}),
        **_categories_to_json(record),
    }


def iteration_from_json(mapping: Mapping[str, Any]) -> IterationDone | None:
    """The iteration that was kept. What an older program did not keep is 0, undefined or empty; None where not even
    the number of the iteration can be read.
    """
    number = mapping.get("iteration")
    if not isinstance(number, int) or number < 1:
        return None
    losses, labels = mapping.get("losses"), mapping.get("labels")
    return IterationDone(
        iteration=number,
        iterations=max(_count(mapping.get("iterations")), number),
        loss=_loss(mapping.get("loss")),
        losses={str(name): _loss(loss) for name, loss in losses.items()} if isinstance(losses, Mapping) else {},
        loss_per_1000_words=_loss(mapping.get("loss_per_1000_words")),
        precision=_share(mapping.get("precision")),
        recall=_share(mapping.get("recall")),
        f_score=_share(mapping.get("f_score")),
        labels=tuple(_labels(labels)) if isinstance(labels, list) else (),
        words_per_second=_number(mapping.get("words_per_second")) or 0.0,
        seconds=_number(mapping.get("seconds")) or 0.0,
        seconds_left=_number(mapping.get("seconds_left")) or 0.0,
        best=mapping.get("best") is True,
        choice=_share(mapping.get("choice")),
        f_interval=_interval(mapping.get("f_interval")),
        categories=_categories(mapping.get("categories")),
        combined=_share(mapping.get("combined")),
        next_score=_count(mapping.get("next_score")),
    )


def iterations_from_json(kept: Iterable[object]) -> list[IterationDone]:
    """All iterations of a run that can be read, in order."""
    found = (iteration_from_json(one) for one in kept if isinstance(one, Mapping))
    return [one for one in found if one is not None]


def _categories_to_json(record: IterationDone) -> dict[str, Any]:
    """Nothing where there are none, so that such a run is kept as it always was."""
    scores = record.categories
    if scores is None:
        return {}
    kept = {
        "exclusive": scores.exclusive,
        "macro_f": scores.macro_f,
        "micro_f": scores.micro_f,
        "macro_auc": scores.macro_auc,
        "texts": scores.texts,
        "labels": [_label_to_json(one) for one in scores.labels],
        "micro_interval": _pair(scores.micro_interval),
    }
    return {"categories": kept, "combined": record.combined}


def _categories(kept: object) -> CategoryScores | None:
    if not isinstance(kept, Mapping):
        return None
    labels = kept.get("labels")
    return CategoryScores(
        exclusive=kept.get("exclusive") is not False,
        macro_f=_share(kept.get("macro_f")),
        micro_f=_share(kept.get("micro_f")),
        macro_auc=_share(kept.get("macro_auc")),
        texts=_count(kept.get("texts")),
        labels=tuple(_labels(labels, of_texts=True)) if isinstance(labels, list) else (),
        micro_interval=_interval(kept.get("micro_interval")),
    )


def _label_to_json(score: LabelScore) -> dict[str, Any]:
    return {
        "label": score.label,
        "spans": score.spans,
        "predicted": score.predicted,
        "correct": score.correct,
        "f_interval": _pair(score.f_interval),
    }


def _labels(kept: list[Any], *, of_texts: bool = False) -> list[LabelScore]:
    return [
        LabelScore.of_counts(
            str(one["label"]),
            _count(one.get("spans")),
            _count(one.get("predicted")),
            _count(one.get("correct")),
            _interval(one.get("f_interval")),
            of_texts=of_texts,
        )
        for one in kept
        if isinstance(one, Mapping) and "label" in one
    ]


def _pair(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else list(interval)


def _interval(kept: object) -> tuple[float, float] | None:
    if not isinstance(kept, list | tuple) or len(kept) != 2:
        return None
    low, high = (_share(one) for one in kept)
    return None if low is None or high is None else (low, high)


def _finite(loss: float) -> float | None:
    return loss if math.isfinite(loss) else None


def _loss(kept: object) -> float:
    number = _number(kept)
    return math.nan if number is None else number


def _share(kept: object) -> float | None:
    number = _number(kept)
    return number if number is not None and 0 <= number <= 1 else None


def _number(kept: object) -> float | None:
    if isinstance(kept, bool) or not isinstance(kept, int | float) or not math.isfinite(kept):
        return None
    return float(kept)


def _count(kept: object) -> int:
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and kept > 0 else 0
