"""Where a pipeline and the person disagree: what was missed, invented, or seen otherwise, and what was decided."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gadget_trainer.corpus.records import AnnotatedText, CategoryPair, CategoryScheme, Span
from gadget_trainer.training.categories import NO_CATEGORIES, taught_categories
from gadget_trainer.training.category_mistakes import CategoryMistake, category_decision, category_mistakes
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistake_kinds import Decision, Kind
from gadget_trainer.training.readings import held_out_texts
from gadget_trainer.training.split import choose_split

Kept = Collection[tuple[int, Span] | tuple[int, CategoryPair]]
"""Spans and pairs of categories, with the ids of their texts, that a person kept though a pipeline saw it otherwise."""

_CONTEXT = 40
"""Code points that are shown at each side of a mistake."""


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
    before: str = ""
    """Some of the text in front of it, on one line."""
    after: str = ""
    """Some of the text behind it, on one line."""
    confidence: float | None = None
    """How sure the pipeline is of its reading, from 0 to 1, where it was asked; after a cross-validation what that is
    worth, see :mod:`~gadget_trainer.training.suspicion`."""

    @property
    def start(self) -> int:
        """The first code point of both."""
        return min(span.start for span in (self.expected, self.found) if span is not None)

    @property
    def end(self) -> int:
        """Behind the last code point of both."""
        return max(span.end for span in (self.expected, self.found) if span is not None)

    @property
    def labels(self) -> tuple[str | None, str | None]:
        """The person's label and the pipeline's: a cell of the confusion table."""
        return (
            None if self.expected is None else self.expected.label,
            None if self.found is None else self.found.label,
        )

    def words(self, span: Span | None) -> str:
        """One of the two readings, as in ``GADGET “iPhone X”``."""
        if span is None:
            return "nothing"
        surface = self.surface[span.start - self.start : span.end - self.start]
        return f"{span.label} “{' '.join(surface.split())}”"

    def sentence(self) -> str:
        """Both readings in words."""
        return f"Yours: {self.words(self.expected)}. The model: {self.words(self.found)}."


@dataclass(frozen=True, slots=True)
class Mistakes:
    """The disagreements of a pipeline with the texts, but for those that were decided before."""

    found: tuple[Mistake, ...]
    """In the order of the texts; after a cross-validation the most confident first."""
    texts: int
    """Texts that were looked at."""
    agreed: Counter[str] = field(default_factory=Counter)
    """Spans on which both agree, by label."""
    decided: int = 0
    """Disagreements that are left out, because the person decided them in an earlier run."""
    cross_validated: bool = False
    """Whether these are the texts that are learned from, each judged by a pipeline that did not see it."""
    categories: tuple[CategoryMistake, ...] = ()
    """Those on the categories of whole texts, in the same order."""
    agreed_categories: Counter[str] = field(default_factory=Counter)
    """Texts on which both agree, by category."""
    unread: int = 0
    """Texts that the pipeline was not asked about: they were finished or edited since."""

    @property
    def all(self) -> tuple["Mistake | CategoryMistake", ...]:
        """Those on entities, and after them those on categories."""
        return (*self.found, *self.categories)

    def kinds(self) -> Counter[Kind]:
        """How many there are of each kind."""
        return Counter(one.kind for one in self.all)

    def confusion(self) -> Counter[tuple[str | None, str | None]]:
        """How many there are of each pair of labels, the person's first; None stands for no entity."""
        return Counter(one.labels for one in self.found)

    def category_confusion(self) -> Counter[tuple[str | None, str | None]]:
        """The same for categories; None stands for none."""
        return Counter(one.labels for one in self.categories)


def find_mistakes(
    texts: Callable[[], Iterable[AnnotatedText]],
    held: frozenset[int] | float,
    predict: Callable[[str], Sequence[Span] | Found | None],
    kept: Kept = frozenset(),
    categories: CategoryScheme = NO_CATEGORIES,
) -> Iterator[Mistakes | None]:
    """Predict the texts that a run held out, and compare.

    ``held`` are the run's own fingerprints (:attr:`TrainingRun.held_out`): texts that were finished while it went on
    may have been learned from. A float is the share that a run would hold out of the texts as they are.

    Yields None after each text, so that it can be stopped, and the Mistakes at the end. Labels that the person
    never used do not count: of a base's other labels nobody said where they are. ``categories`` are the project's; they
    count where ``predict`` tells what it Found. A text of which it knows nothing is counted as unread.
    """
    if not isinstance(held, frozenset):
        held = choose_split(texts(), held, taught_categories(texts(), categories)).held_out
    comparison = Comparison(used_labels(texts()), kept, categories)
    unread = 0
    for text in held_out_texts(texts(), held):
        found = predict(text.text)
        if found is None:
            unread += 1
        else:
            comparison.add(text, found if isinstance(found, Found) else Found(tuple(found)))
        yield None
    yield replace(comparison.mistakes(), unread=unread)


def used_labels(texts: Iterable[AnnotatedText]) -> frozenset[str]:
    """The labels that a person used in ``texts``."""
    return frozenset(span.label for text in texts for span in text.spans)


class Comparison:
    """Collects the disagreements, text by text."""

    def __init__(self, labels: frozenset[str], kept: Kept, categories: CategoryScheme = NO_CATEGORIES) -> None:
        """Only ``labels`` and ``categories`` count. What was refused in a text, or is ``kept``, is decided and left
        out.
        """
        self._scheme = categories
        self._categories: list[CategoryMistake] = []
        self._agreed_categories: Counter[str] = Counter()
        self._labels = labels
        self._kept = kept
        self._found: list[Mistake] = []
        self._texts = 0
        self._agreed: Counter[str] = Counter()
        self._decided = 0

    def add(
        self,
        text: AnnotatedText,
        predicted: Found,
        confidence: Callable[[Span | None, Span | None], float] | None = None,
        category_confidence: Callable[[str | None, str | None], float] | None = None,
    ) -> None:
        """Compare one text. The latter two are asked how sure a disagreement (the person's, the found) is."""
        self._texts += 1
        wrong, agreed = category_mistakes(text, self._scheme, predicted, category_confidence)
        open_ones = [one for one in wrong if (text.id, one.labels) not in self._kept]
        self._categories += open_ones
        self._decided += len(wrong) - len(open_ones)
        self._agreed_categories.update(agreed)
        counted = [span for span in predicted.spans if span.label in self._labels]
        self._agreed.update(span.label for span in set(counted) & set(text.spans))
        for expected, found in disagreements(text.spans, counted):
            if _was_kept(text, expected, found, self._kept):
                self._decided += 1
            else:
                sure = confidence(expected, found) if confidence is not None else None
                self._found.append(_mistake(text, expected, found, sure))

    def mistakes(self, *, cross_validated: bool = False) -> Mistakes:
        """All that was found; where confidence was asked for, the most confident first."""
        return Mistakes(
            found=tuple(sorted(self._found, key=lambda one: -(one.confidence or 0.0))),
            texts=self._texts,
            agreed=self._agreed,
            decided=self._decided,
            cross_validated=cross_validated,
            categories=tuple(sorted(self._categories, key=lambda one: -(one.confidence or 0.0))),
            agreed_categories=self._agreed_categories,
        )


def decision(mistake: Mistake | CategoryMistake, text: AnnotatedText | None, kept: Kept) -> Decision:
    """What the person said to ``mistake``, by how its text is annotated now (None: it is gone)."""
    if isinstance(mistake, CategoryMistake):
        return category_decision(mistake, text, kept=(mistake.text_id, mistake.labels) in kept)
    expected, found = mistake.expected, mistake.found
    if text is None:
        return Decision.CHANGED
    still_marked = expected is not None and expected in text.spans
    if not still_marked and (found is None or found in text.spans):
        return Decision.TAKEN
    if expected is not None and not still_marked:
        return Decision.CHANGED
    return Decision.KEPT if _was_kept(text, expected, found, kept) else Decision.OPEN


def _was_kept(text: AnnotatedText, expected: Span | None, found: Span | None, kept: Kept) -> bool:
    return found in text.refused if found is not None else (text.id, expected) in kept


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


def _mistake(text: AnnotatedText, expected: Span | None, found: Span | None, confidence: float | None) -> Mistake:
    spans = [span for span in (expected, found) if span is not None]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Mistake(
        text_id=text.id,
        kind=_kind(expected, found),
        expected=expected,
        found=found,
        surface=text.text[start:end],
        before=_one_line(text.text[max(0, start - _CONTEXT) : start], cut_start=start > _CONTEXT),
        after=_one_line(text.text[end : end + _CONTEXT], cut_end=end + _CONTEXT < len(text.text)),
        confidence=confidence,
    )


def _one_line(part: str, *, cut_start: bool = False, cut_end: bool = False) -> str:
    """A part of a text on one line: whole words, with an ellipsis where more would follow."""
    if cut_start:
        part = "…" + part.partition(" ")[2] if " " in part[:-1] else "…" + part
    if cut_end:
        part = part.rpartition(" ")[0] + "…" if " " in part[1:] else part + "…"
    return "".join(" " if char.isspace() else char for char in part)


def _kind(expected: Span | None, found: Span | None) -> Kind:
    if found is None:
        return Kind.MISSED
    if expected is None:
        return Kind.INVENTED
    same_edges = (expected.start, expected.end) == (found.start, found.end)
    return Kind.OTHER_LABEL if same_edges else Kind.OTHER_EDGES
