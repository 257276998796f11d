"""Where a pipeline and the person give a text another category."""

from collections.abc import Callable
from dataclasses import dataclass

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistake_kinds import Decision, Kind

_EXCERPT = 80
"""Code points of a text that are shown."""


@dataclass(frozen=True, slots=True)
class CategoryMistake:
    """One category that a text should have and has not got, or the other way round; or one for another."""

    text_id: int
    expected: str | None
    """The person's; None where the pipeline gave one too many."""
    found: str | None
    """The pipeline's; None where it left one out."""
    excerpt: str
    """The beginning of the text, on one line."""
    confidence: float | None = None
    """How probable the pipeline's reading is to it, from 0 to 1."""

    @property
    def kind(self) -> Kind:
        """All of these are of one kind."""
        return Kind.CATEGORY

    @property
    def labels(self) -> tuple[str | None, str | None]:
        """The person's category and the pipeline's: a cell of the confusion table."""
        return self.expected, self.found

    def sentence(self) -> str:
        """Both readings in words."""
        sure = "" if self.confidence is None else f" ({self.confidence:.0%} sure)"
        if self.found is None:
            return f"Category: yours is “{self.expected}”; the model does not give it{sure}."
        if self.expected is None:
            return f"Category: the model gives “{self.found}”{sure}; you did not."
        return f"Category: yours is “{self.expected}”; the model's is “{self.found}”{sure}."


def category_mistakes(
    text: AnnotatedText,
    scheme: CategoryScheme,
    found: Found,
    confidence: Callable[[str | None, str | None], float] | None = None,
) -> tuple[list[CategoryMistake], list[str]]:
    """The disagreements on the categories of ``text``, and the categories on which both agree.

    Nothing of either where the person did not say them, or the pipeline knows none. ``confidence`` is asked how sure a
    disagreement (the person's, the pipeline's) is; else it is as probable as the pipeline's reading is to it.
    """
    known = known_categories(text, scheme)
    if not known or not found.probabilities:
        return [], []
    yours = [name for name, value in known.items() if value]
    models = [name for name in found.categories if name in known]
    agreed = [name for name in yours if name in models]
    missed: list[str | None] = [name for name in yours if name not in models]
    invented: list[str | None] = [name for name in models if name not in yours]
    pairs: list[tuple[str | None, str | None]]
    if scheme.exclusive and missed and invented:
        pairs = [(missed[0], invented[0])]
    else:
        pairs = [*((name, None) for name in missed), *((None, name) for name in invented)]

    def sure(expected: str | None, other: str | None) -> float:
        if confidence is not None:
            return confidence(expected, other)
        if other is not None:
            return found.probabilities.get(other, 0.0)
        return 1.0 - found.probabilities.get(expected or "", 0.0)

    return [CategoryMistake(text.id, *pair, excerpt(text.text), sure(*pair)) for pair in pairs], agreed


def category_decision(mistake: CategoryMistake, text: AnnotatedText | None, *, kept: bool = False) -> Decision:
    """What the person said to ``mistake``, by the categories of its text now (None: it is gone).

    ``kept``: they said that they stay as they are.
    """
    if text is None:
        return Decision.CHANGED
    has_expected, has_found = mistake.expected in text.categories, mistake.found in text.categories
    if not has_expected and (mistake.found is None or has_found):
        return Decision.TAKEN
    if mistake.expected is not None and not has_expected:
        return Decision.CHANGED
    return Decision.KEPT if kept else Decision.OPEN


def excerpt(text: str) -> str:
    """The beginning of ``text``, on one line."""
    words = " ".join(text[: 2 * _EXCERPT].split())
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1].rpartition(' ')[0] or words[:_EXCERPT]}…"
