"""Where two runs' pipelines read a held-out text differently: its entities, and its categories."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span
from gadget_trainer.training.categories import NO_CATEGORIES, known_categories
from gadget_trainer.training.category_mistakes import excerpt
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistakes import disagreements
from gadget_trainer.training.readings import Read, held_out_texts

_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of a text that two pipelines read differently."""

    text_id: int
    start: int
    """The first code point of both readings."""
    surface: str
    """The text from there to the last code point of both."""
    first: Span | None
    """What the first pipeline found; None for nothing."""
    second: Span | None
    expected: Span | None
    """What the person marked there: the reading of one of them, else any span that meets the place."""

    def sentence(self) -> str:
        """All three readings in words."""
        return (
            f"You marked {self._reading(self.expected)}; the first pipeline found {self._reading(self.first)}, "
            f"the second {self._reading(self.second)}."
        )

    def who_is_right(self) -> str:
        """Which pipeline reads it as the person does: "first", "second" or "neither"."""
        return _who(self.first == self.expected, self.second == self.expected)

    def _reading(self, span: Span | None) -> str:
        if span is None:
            return _NOTHING
        if span not in (self.first, self.second):
            return f"another stretch as {span.label}"
        surface = self.surface[span.start - self.start : span.end - self.start]
        return f"“{' '.join(surface.split())}” as {span.label}"


@dataclass(frozen=True, slots=True)
class CategoryDifference:
    """A text that two pipelines give other categories."""

    text_id: int
    surface: str
    """The beginning of the text, on one line."""
    first: tuple[str, ...]
    """The categories that the first pipeline gives, in the project's order."""
    second: tuple[str, ...]
    expected: tuple[str, ...]
    """The person's."""

    def sentence(self) -> str:
        """All three in words."""
        yours, first, second = (_names(one) for one in (self.expected, self.first, self.second))
        return f"Category: yours is {yours}; the first pipeline gives {first}, the second {second}."

    def who_is_right(self) -> str:
        """Which pipeline says what the person does: "first", "second" or "neither"."""
        return _who(self.first == self.expected, self.second == self.expected)


AnyDifference = Difference | CategoryDifference


@dataclass(frozen=True, slots=True)
class Differences:
    """All of them, in the order of the texts."""

    found: tuple[AnyDifference, ...]
    texts: int
    """Texts that both runs held out, and that were looked at."""
    differing: int
    """Texts of these that are read differently."""
    unread: int = 0
    """Texts that one of the runs did not read: they were finished or edited since."""


def find_differences(
    texts: Callable[[], Iterable[AnnotatedText]],
    held_out: frozenset[int],
    first: Read,
    second: Read,
    categories: CategoryScheme = NO_CATEGORIES,
) -> Iterator[Differences | None]:
    """Compare what both pipelines find in the texts with these fingerprints.

    ``held_out`` should be what *both* runs held out: a text that one of them learned from would flatter it. Labels
    that the person never used do not count; ``categories`` are the project's. Yields None after each text, and the
    Differences at the end.
    """
    labels = {span.label for text in texts() for span in text.spans}
    found: list[AnyDifference] = []
    looked_at = differing = unread = 0
    for text in held_out_texts(texts(), held_out):
        one, other = first(text.text), second(text.text)
        if one is None or other is None:
            unread += 1
        else:
            here: list[AnyDifference] = list(_of_spans(text, one, other, labels))
            here += _of_categories(text, one, other, categories)
            looked_at += 1
            differing += bool(here)
            found += here
        yield None
    yield Differences(tuple(found), looked_at, differing, unread)


def _of_spans(text: AnnotatedText, first: Found, second: Found, labels: set[str]) -> Iterator[Difference]:
    readings = [[span for span in one.spans if span.label in labels] for one in (first, second)]
    for one, other in disagreements(*readings):
        spans = [span for span in (one, other) if span is not None]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        met = [span for span in text.spans if span.touches(start, end)]
        expected = next((span for span in met if span in spans), met[0] if met else None)
        yield Difference(text.id, start, text.text[start:end], one, other, expected)


def _of_categories(
    text: AnnotatedText, first: Found, second: Found, scheme: CategoryScheme
) -> Iterator[CategoryDifference]:
    """Nothing where the person did not say the text's categories, or one of the pipelines knows none."""
    known = known_categories(text, scheme)
    if not known or not first.probabilities or not second.probabilities:
        return
    one, other = (tuple(name for name in known if name in found.categories) for found in (first, second))
    if one != other:
        expected = tuple(name for name, value in known.items() if value)
        yield CategoryDifference(text.id, excerpt(text.text), one, other, expected)


def _who(first: bool, second: bool) -> str:  # two answers to one question
    if first:
        return "first"
    return "second" if second else "neither"


def _names(categories: tuple[str, ...]) -> str:
    return " and ".join(f"“{name}”" for name in categories) or _NOTHING
