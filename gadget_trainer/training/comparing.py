"""Where two saved pipelines read a held-out text differently."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.mistakes import disagreements
from gadget_trainer.training.split import may_be_held_out

_Predict = Callable[[str], Sequence[Span]]


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
        if self.first == self.expected:
            return "first"
        return "second" if self.second == self.expected else "neither"

    def _reading(self, span: Span | None) -> str:
        if span is None:
            return "nothing"
        if span not in (self.first, self.second):
            return f"another stretch as {span.label}"
        surface = self.surface[span.start - self.start : span.end - self.start]
        return f"“{' '.join(surface.split())}” as {span.label}"


@dataclass(frozen=True, slots=True)
class Differences:
    """All of them, in the order of the texts."""

    found: tuple[Difference, ...]
    texts: int
    """Texts that both runs held out, and that were looked at."""
    differing: int
    """Texts of these that are read differently."""


def find_differences(
    texts: Callable[[], Iterable[AnnotatedText]], held_out: frozenset[int], first: _Predict, second: _Predict
) -> Iterator[Differences | None]:
    """Predict the texts with these fingerprints with both pipelines, and compare.

    ``held_out`` should be what *both* runs held out: a text that one of them learned from would flatter it. Labels
    that the person never used do not count. Yields None after each text, and the Differences at the end.
    """
    labels = {span.label for text in texts() for span in text.spans}
    found: list[Difference] = []
    looked_at = differing = 0
    for text in texts():
        if not may_be_held_out(text) or fingerprint(text.text) not in held_out:
            continue
        readings = [[span for span in predict(text.text) if span.label in labels] for predict in (first, second)]
        here = [_difference(text, *pair) for pair in disagreements(*readings)]
        looked_at += 1
        differing += bool(here)
        found += here
        yield None
    yield Differences(tuple(found), looked_at, differing)


def _difference(text: AnnotatedText, first: Span | None, second: Span | None) -> Difference:
    spans = [span for span in (first, second) if span is not None]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    met = [span for span in text.spans if span.touches(start, end)]
    expected = next((span for span in met if span in spans), met[0] if met else None)
    return Difference(text.id, start, text.text[start:end], first, second, expected)
