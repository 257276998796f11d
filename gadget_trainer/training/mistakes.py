"""Where a pipeline and the person disagree on the texts held out: what was missed, invented, or seen otherwise."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.split import choose_split, may_be_held_out


class Kind(StrEnum):
    """How a prediction differs from the person's annotation."""

    MISSED = "missed"
    INVENTED = "invented"
    OTHER_LABEL = "another label"
    OTHER_EDGES = "other edges"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One disagreement."""

    text_id: int
    kind: Kind
    expected: Span | None
    """What the person marked; None where the pipeline invented an entity."""
    found: Span | None
    """What the pipeline predicted; None where it missed one."""
    surface: str
    """The text from the first to the last code point of both."""

    @property
    def start(self) -> int:
        """The first code point of both."""
        return min(span.start for span in (self.expected, self.found) if span is not None)

    def sentence(self) -> str:
        """Both readings in words."""
        return f"You marked {self._reading(self.expected)}; the pipeline found {self._reading(self.found)}."

    def _reading(self, span: Span | None) -> str:
        if span is None:
            return "nothing here"
        surface = self.surface[span.start - self.start : span.end - self.start]
        return f"“{' '.join(surface.split())}” as {span.label}"


@dataclass(frozen=True, slots=True)
class Mistakes:
    """All disagreements of a pipeline, in the order of the texts."""

    found: tuple[Mistake, ...]
    texts: int
    """Texts that were held out and looked at."""


def find_mistakes(
    texts: Callable[[], Iterable[AnnotatedText]], held: frozenset[int] | float, predict: Callable[[str], Sequence[Span]]
) -> Iterator[Mistakes | None]:
    """Predict the texts that a run held out, and compare.

    ``held`` are the run's own fingerprints (:attr:`TrainingRun.held_out`): texts that were finished while it went on
    may have been learned from. A float is the share that a run would hold out of the texts as they are.

    Yields None after each text, so that it can be stopped, and the Mistakes at the end. Labels that the person
    never used do not count: of a base's other labels nobody said where they are.
    """
    if not isinstance(held, frozenset):
        held = choose_split(texts(), held).held_out
    labels = {span.label for text in texts() for span in text.spans}
    found: list[Mistake] = []
    looked_at = 0
    for text in texts():
        if not may_be_held_out(text) or fingerprint(text.text) not in held:
            continue
        looked_at += 1
        predicted = [span for span in predict(text.text) if span.label in labels]
        found += [_mistake(text, *pair) for pair in disagreements(text.spans, predicted)]
        yield None
    yield Mistakes(tuple(found), looked_at)


def disagreements(expected: Sequence[Span], found: Sequence[Span]) -> list[tuple[Span | None, Span | None]]:
    """Pairs of what was marked and what was predicted, where they differ, in the order of the text.

    Spans that share code points are one pair: the longest overlaps first, each span in one pair only.
    """
    marked, predicted = set(expected) - set(found), set(found) - set(expected)
    overlaps = sorted(
        ((_shared(one, other), one, other) for one in marked for other in predicted if _shared(one, other) > 0),
        key=lambda overlap: (-overlap[0], overlap[1], overlap[2]),
    )
    pairs: list[tuple[Span | None, Span | None]] = []
    for _, one, other in overlaps:
        if one in marked and other in predicted:
            marked.remove(one)
            predicted.remove(other)
            pairs.append((one, other))
    pairs += [(one, None) for one in marked]
    pairs += [(None, other) for other in predicted]
    return sorted(pairs, key=lambda pair: min(span.start for span in pair if span is not None))


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _mistake(text: AnnotatedText, expected: Span | None, found: Span | None) -> Mistake:
    spans = [span for span in (expected, found) if span is not None]
    surface = text.text[min(span.start for span in spans) : max(span.end for span in spans)]
    return Mistake(text.id, _kind(expected, found), expected, found, surface)


def _kind(expected: Span | None, found: Span | None) -> Kind:
    if found is None:
        return Kind.MISSED
    if expected is None:
        return Kind.INVENTED
    same_edges = (expected.start, expected.end) == (found.start, found.end)
    return Kind.OTHER_LABEL if same_edges else Kind.OTHER_EDGES
