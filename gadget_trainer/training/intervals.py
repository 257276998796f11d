"""How far chance alone can move an F-score that was measured on a few texts.

Two views are taken, and the wider one is told. Drawing texts again knows that mistakes come in heaps, a text at a
time, but is certain of itself where all of a few texts are right: it draws nothing else. Counting spans knows how
little four right ones prove, but not that they came from one text.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_RESAMPLES = 400
_DRAWN_TOGETHER = 20_000
"""Numbers that are drawn in one call: more would keep the window waiting."""
_MIDDLE = (2.5, 97.5)
_JEFFREYS = 0.5


def f_interval(documents: Sequence[tuple[int, int, int]]) -> tuple[float, float] | None:
    """Between which F-scores the true one lies, 95 times in 100; None where there is nothing to score.

    ``documents`` holds what was marked, predicted and correct in each. The same counts give the same interval: the
    random numbers are its own, so that a run's stay as they are.
    """
    counts = np.array(documents, dtype=np.int64).reshape(-1, 3)
    marked, predicted, correct = (int(one) for one in counts.sum(axis=0))
    if not marked:
        return None
    measured = 2 * correct / (marked + predicted)
    chance = np.random.default_rng(0)
    views = (_by_texts(counts, chance), _by_spans(correct, marked + predicted - 2 * correct, chance))
    edges = np.array([np.percentile(view, _MIDDLE) for view in views])
    return min(float(edges[:, 0].min()), measured), max(float(edges[:, 1].max()), measured)


def _by_texts(counts: npt.NDArray[np.int64], chance: np.random.Generator) -> npt.NDArray[np.float64]:
    """The percentile bootstrap (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13)."""
    size = len(counts)
    together = min(max(_DRAWN_TOGETHER // size, 1), _RESAMPLES)
    drawn = np.concatenate(
        [counts[chance.integers(size, size=(together, size))].sum(axis=1) for _ in range(0, _RESAMPLES, together)]
    )
    drawn = drawn[drawn[:, 0] > 0]
    scores: npt.NDArray[np.float64] = 2 * drawn[:, 2] / (drawn[:, 0] + drawn[:, 1])
    return scores


def _by_spans(correct: int, wrong: int, chance: np.random.Generator) -> npt.NDArray[np.float64]:
    """The distribution of F that follows from counts (Goutte and Gaussier, "A probabilistic interpretation of
    precision, recall and F-score", 2005), with Jeffreys' prior; ``wrong`` are the missed and the invented.
    """
    right = 2 * chance.standard_gamma(correct + _JEFFREYS, 5 * _RESAMPLES)
    scores: npt.NDArray[np.float64] = right / (right + chance.standard_gamma(wrong + 2 * _JEFFREYS, 5 * _RESAMPLES))
    return scores
