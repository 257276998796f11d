"""What texts say of their categories, for a run: which are known, which are taught. Knows no spaCy.

A category is known where a person finished a text: what they chose is right, and the rest is wrong. A text that is not
finished says nothing. In a project where a text has exactly one category, neither does a finished one without any; as
with a label that came after a text was finished, it is then not scored on either: spaCy's scorer would count whatever
is predicted there as wrong. Where a text has any number, a category that came after it was finished is left out: spaCy
learns nothing from what is missing, and does not score it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState

NO_CATEGORIES = CategoryScheme()
"""What a project without categories has."""
THRESHOLD = 0.5
"""From which probability on a text has a category, where it can have several: spaCy's own."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What a run teaches."""

    entities: bool = True
    """Whether there are spans to learn from."""
    categories: CategoryScheme = NO_CATEGORIES

    @property
    def components(self) -> list[str]:
        """SpaCy's components for it, by the names that they have in a new pipeline."""
        return [*["ner"] * self.entities, *[categoriser_for(self.categories)] * bool(self.categories.names)]


def categoriser_for(scheme: CategoryScheme) -> str:
    """SpaCy's component for such categories; its factory and its usual name."""
    return "textcat" if scheme.exclusive else "textcat_multilabel"


def known_categories(text: AnnotatedText, scheme: CategoryScheme) -> dict[str, float]:
    """``text`` as spaCy's ``doc.cats``: 1 for the chosen categories, 0 for the others, nothing for the undecided ones.

    Empty where nothing is known. Where a text has exactly one category, the chosen one says that it is none of the
    others, whenever they came.
    """
    chosen = [name for name in scheme.names if name in text.categories]
    if text.state is not TextState.DONE or (scheme.exclusive and len(chosen) != 1):
        return {}
    unknown = () if scheme.exclusive else text.undecided
    return {name: float(name in chosen) for name in scheme.names if name not in unknown}


def lacks_category(text: AnnotatedText, scheme: CategoryScheme) -> bool:
    """Whether ``text`` would have to be given a category before it can be scored on."""
    return bool(scheme.names) and scheme.exclusive and not known_categories(text, scheme)


def taught_categories(texts: Iterable[AnnotatedText], scheme: CategoryScheme) -> CategoryScheme:
    """Those of the ``scheme`` that finished ``texts`` have, in its order; none where they can't be told apart.

    Between categories of which a text has exactly one, there is nothing to learn unless there are two.
    """
    if not scheme.names:
        return NO_CATEGORIES
    used = {name for text in texts for name, value in known_categories(text, scheme).items() if value}
    names = tuple(name for name in scheme.names if name in used)
    return CategoryScheme(names, scheme.exclusive) if len(names) > scheme.exclusive else NO_CATEGORIES


def scheme_of(texts: Iterable[AnnotatedText]) -> CategoryScheme:
    """The categories of ``texts`` that belong to no project, in the order of the names.

    They exclude each other where no text has several, and no finished one is without.
    """
    names: set[str] = set()
    exclusive = True
    for text in texts:
        names.update(text.categories)
        exclusive &= len(text.categories) == 1 or (not text.categories and text.state is not TextState.DONE)
    return CategoryScheme(tuple(sorted(names)), exclusive) if names else NO_CATEGORIES


def chosen_of(probabilities: Mapping[str, float], *, exclusive: bool, threshold: float = THRESHOLD) -> tuple[str, ...]:
    """The categories that a pipeline gives to a text, the most probable first."""
    ranked = sorted(probabilities, key=lambda name: -probabilities[name])
    return tuple(ranked[:1]) if exclusive else tuple(name for name in ranked if probabilities[name] >= threshold)
