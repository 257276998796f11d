"""What counting the texts of each category shows, on each side of the split."""

from array import array
from collections import Counter
from collections.abc import Collection

from gadget_trainer.corpus.records import CategoryScheme, TextState
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.check.problem import Problem, Severity, counted, named
from gadget_trainer.training.check.sides import Side, Sided
from gadget_trainer.training.what_next import FEW_TEXTS

_MOST = 0.9
"""Of all texts, with one and the same category where each text has one."""


class Categories:
    """How many texts each category has on each side."""

    def __init__(self, scheme: CategoryScheme) -> None:
        """``scheme`` is the project's."""
        self._scheme = scheme
        self._sides = {Side.LEARNED: Counter[str](), Side.HELD_OUT: Counter[str]()}
        self._texts: dict[str, array[int]] = {}
        self._without = array("q")
        """Finished texts without any."""

    def add(self, one: Sided) -> None:
        """Look at a text; at those that a run has no use for, too: a category may be all that they lack."""
        text = one.text
        if not self._scheme.names or text.state is not TextState.DONE:
            return
        chosen = [name for name, value in known_categories(text, self._scheme).items() if value]
        if not chosen:
            self._without.append(text.id)
        for name in chosen:
            self._texts.setdefault(name, array("q")).append(text.id)
            if one.side in self._sides:
                self._sides[one.side][name] += 1

    def problems(self, taught: CategoryScheme) -> list[Problem]:
        """What was found; ``taught`` are those of which a run would learn."""
        if not self._scheme.names:
            return []
        if not taught.names:
            return self._nothing_taught()
        learned, held_out = self._sides[Side.LEARNED], self._sides[Side.HELD_OUT]
        return [
            *self._without_texts([name for name in self._scheme.names if name not in taught.names]),
            *self._few([name for name in taught.names if learned[name] < FEW_TEXTS]),
            *self._never_scored([name for name in taught.names if not held_out[name]]),
            *self._dominating(),
            *self._about_texts_without(),
        ]

    def _nothing_taught(self) -> list[Problem]:
        used = [name for name in self._scheme.names if name in self._texts]
        if not used:
            said = "No finished text has a category, so categories are not learned. Choose one for each text."
            return [Problem(Severity.WARN, "no category", said, tuple(self._without))]
        said = (
            f"All texts with a category have the category {used[0]}, so there is nothing to tell apart, and categories "
            "are not learned. Finish texts of another one."
        )
        return [Problem(Severity.WARN, "one category", said)]

    def _without_texts(self, names: list[str]) -> list[Problem]:
        if not names:
            return []
        they, them = ("it", "it") if len(names) == 1 else ("they", "them")
        said = f"No finished text has {_categories(names)}, so {they} can't be learned. Give {them} to some."
        return [Problem(Severity.WARN, "category without texts", said)]

    def _few(self, names: list[str]) -> list[Problem]:
        if not names:
            return []
        learned = self._sides[Side.LEARNED]
        numbers = named([f"{name} {learned[name]:,}" for name in sorted(names, key=lambda one: learned[one])])
        which = "1 category has" if len(names) == 1 else f"{len(names):,} categories have"
        said = f"{which} fewer than {FEW_TEXTS} texts to learn from: {numbers}. With more it gets better."
        return [Problem(Severity.WARN, "few texts of a category", said, self._texts_of(names))]

    def _never_scored(self, names: list[str]) -> list[Problem]:
        if not names or not self._sides[Side.HELD_OUT]:
            return []
        gets = "it gets" if len(names) == 1 else "they get"
        said = f"No text that is held out has {_categories(names)}, so {gets} no score. Finish more texts."
        return [Problem(Severity.WARN, "category never held out", said, self._texts_of(names))]

    def _dominating(self) -> list[Problem]:
        learned = self._sides[Side.LEARNED]
        if not self._scheme.exclusive or not learned:
            return []
        ((name, number),) = learned.most_common(1)
        share = number / learned.total()
        if share <= _MOST:
            return []
        said = f"{share:.0%} of the texts to learn from have the category {name}, so others are learned less well."
        return [Problem(Severity.WARN, "one category prevails", said)]

    def _about_texts_without(self) -> list[Problem]:
        number = len(self._without)
        if not number:
            return []
        have = f"{counted(number, 'finished text')} {'has' if number == 1 else 'have'} no category"
        if not self._scheme.exclusive:
            said = f"{have}: the model learns that there are such texts. Look through them if none was meant to be so."
            return [Problem(Severity.FACT, "without category", said, tuple(self._without))]
        said = (
            f"{have}, or more than one: nothing is learned of categories there, and nothing is scored on. Choose one "
            "for each."
        )
        return [Problem(Severity.WARN, "without category", said, tuple(self._without))]

    def _texts_of(self, names: Collection[str]) -> tuple[int, ...]:
        return tuple(sorted({text_id for name in names for text_id in self._texts.get(name, ())}))


def _categories(names: Collection[str]) -> str:
    """They, within a sentence."""
    return f"{'the category' if len(names) == 1 else 'any of the categories'} {named(names)}"
