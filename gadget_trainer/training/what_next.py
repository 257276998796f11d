"""What would help most next, in a sentence each: what the learning curve says, and which labels starve. No spaCy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEW_SPANS = 50
"""Of a label: spaCy's own threshold in ``debug data``."""
FEW_TEXTS = 20
"""Of a category. Even 35 of each of four kinds of posts gave seven of ten held-out texts right only."""
_CLEAR_GAIN = 2.0
"""Points of F (hundredths) that twice the texts must bring to be worth the work."""


@dataclass(frozen=True, slots=True)
class CurveStep:
    """A learning curve is being measured: what is done, and how far all of it is (0 to 1)."""

    message: str
    fraction: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How well a run did that learned from a part of the texts."""

    share: float
    """Of the texts that are learned from, 0 to 1."""
    texts: int
    """How many that is."""
    f_score: float | None
    """The best iteration's, on the texts held out."""
    interval: tuple[float, float] | None
    """Between which F-scores the true one lies, 95 times in 100."""


def curve_sentence(points: Sequence[CurvePoint], taught: str = "an entity") -> str:
    """What twice the texts brought, and what follows; empty as long as a half or all of them were not tried.

    ``taught`` is what a text would need to be scored on.
    """
    scores = {point.share: point for point in points}
    half, whole = scores.get(0.5), scores.get(1.0)
    if half is None or whole is None:
        return ""
    if half.f_score is None or whole.f_score is None:
        return f"No held-out text has {taught}, so nothing can be said about more texts. Mark more texts as done."
    gain = (whole.f_score - half.f_score) * 100
    if gain >= _CLEAR_GAIN:
        said = f"Twice the texts brought {_points(gain)} from 50 % to 100 %: more texts help most."
    elif gain > -_CLEAR_GAIN:
        said = (
            f"The curve is flat: F went from {half.f_score:.2f} to {whole.f_score:.2f} with twice the texts. "
            "Look at the mistakes before you annotate more."
        )
    else:
        said = (
            f"With twice the texts F fell by {_points(-gain)}: look at the mistakes, some annotations may contradict "
            "each other."
        )
    return f"{said}{_caution(whole, abs(gain))}"


def starving_labels(spans: Mapping[str, int]) -> list[str]:
    """A sentence for each label that has too few spans, those with the fewest first. ``spans`` counts by label."""
    few = sorted((number, label) for label, number in spans.items() if number < FEW_SPANS)
    return [
        f"{label} has {number:,} span{'' if number == 1 else 's'}; labels with fewer than {FEW_SPANS} rarely get right."
        for number, label in few
    ]


def starving_categories(texts: Mapping[str, int]) -> list[str]:
    """The same for categories of whole texts. ``texts`` counts by category."""
    few = sorted((number, name) for name, number in texts.items() if number < FEW_TEXTS)
    rarely = f"categories with fewer than {FEW_TEXTS} rarely get right."
    return [f"The category {name} has {number:,} text{'' if number == 1 else 's'}; {rarely}" for number, name in few]


def _points(gain: float) -> str:
    number = round(gain)
    return f"{number:,} point{'' if number == 1 else 's'}"


def _caution(whole: CurvePoint, gain: float) -> str:
    """Said where chance alone could explain the difference."""
    if whole.interval is None:
        return ""
    low, high = whole.interval
    if gain >= (high - low) * 50 or high - low < _CLEAR_GAIN / 100:
        return ""
    return f" The held-out texts are few, so chance may play a part: F is likely between {low:.2f} and {high:.2f}."
