"""Categories as spaCy's ``cats``: a number for each category, 1.0 where it was chosen and 0.0 where it was not.

What is not there is unknown to spaCy. So a text that is done gets all categories that any text of the file has, but
for those that it is undecided about, and a text that is not done only those that were chosen.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText, TextState

CHOSEN = 0.5
"""From here on a category counts as chosen: files hold 1, 1.0 and true, and what a model was sure of."""


class ScoredCategories:
    """The ``cats`` of texts that are written one by one, known when all of them are."""

    def __init__(self) -> None:
        self._texts: list[tuple[tuple[str, ...], tuple[str, ...], bool]] = []
        self._every: dict[str, None] = {}

    def add(self, annotated: AnnotatedText) -> None:
        """Add the next text."""
        self._texts.append((annotated.categories, annotated.undecided, annotated.state is TextState.DONE))
        self._every |= dict.fromkeys(annotated.categories)

    def scores(self) -> Iterator[dict[str, float]]:
        """Yield the ``cats`` of each text, in their order; empty where nothing is known."""
        for chosen, undecided, done in self._texts:
            known = [name for name in self._every if name not in undecided] if done else chosen
            yield {name: float(name in chosen) for name in known}


class UnchosenCategories:
    """The categories of a file's texts, and which of them no text has: a project does not know of those."""

    def __init__(self) -> None:
        self._texts = Counter[str]()
        self._chosen: set[str] = set()

    def note(self, cats: Mapping[str, float]) -> None:
        """Note what a text says of its categories."""
        self._texts.update(cats.keys())
        self._chosen.update(chosen_of(cats))

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield the categories that no text has, with how many say so."""
        return ((name, number) for name, number in self._texts.items() if name not in self._chosen)


def take_cats(annotations: dict[Any, Any], unchosen: UnchosenCategories) -> list[str] | None:
    """The categories under the key ``cats``, which is taken out; None, and left there, where it is something else."""
    cats = annotations.get("cats")
    if not isinstance(cats, Mapping) or not all(_is_score(name, score) for name, score in cats.items()):
        return None
    del annotations["cats"]
    unchosen.note(cats)
    return chosen_of(cats)


def chosen_of(cats: Mapping[str, float]) -> list[str]:
    """The categories that were chosen."""
    return [name for name, score in cats.items() if score >= CHOSEN]


def _is_score(name: object, score: object) -> bool:
    return isinstance(name, str) and isinstance(score, int | float)
