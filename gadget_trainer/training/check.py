"""What cannot be trained, or will disappoint, said before the start in sentences.

Each of these was seen to end a run late, to teach nothing without a word, or to make a score that means nothing
(training-facts, "What spaCy does with bad data"). Counting needs no spaCy and is cheap enough for a form; what needs
the tokens comes in slices, for a worker.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.training.learnable import is_trainable_label, overlapping, takes_part
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.replacing import real
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import Split, choose_split

if TYPE_CHECKING:
    from gadget_trainer.training.tokens import TokenSource

Texts = Callable[[], Iterable[AnnotatedText]]

_FEW_SPANS = 50
"""Of a label: spaCy's own threshold in ``debug data``."""
_SLICE = 50
"""Texts between two records."""


class Severity(StrEnum):
    """Whether a run can start in spite of a problem."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found before a run."""

    severity: Severity
    kind: str
    """A short name for the program, such as ``cut tokens``."""
    message: str
    """Whole sentences for the person."""
    text_ids: tuple[int, ...] = ()
    """The texts that it is about, to be shown."""


def check(texts: Texts, settings: TrainingSettings, labels: Sequence[str] = ()) -> list[Problem]:
    """All that is wrong, for callers that can wait. ``labels`` are the project's."""
    found = quick_check(texts, settings, labels)
    found += [problem for problem in token_check(texts, settings) if isinstance(problem, Problem)]
    return found


def quick_check(texts: Texts, settings: TrainingSettings, labels: Sequence[str] = ()) -> list[Problem]:
    """What counting and looking at the folders shows; loads no spaCy. ``labels`` are the project's."""
    counts = _count(texts, settings.held_out)
    return [
        *(_block("settings", sentence) for sentence in settings.problems()),
        *check_output(settings.output),
        *_problems_of_texts(counts),
        *_problems_of_labels(counts, labels),
        *_problems_of_scores(counts, settings),
    ]


def token_check(texts: Texts, settings: TrainingSettings) -> Iterator[Preparing | Problem]:
    """What only the tokens show, a slice of the texts at a time: stop by not asking for the next record."""
    # spaCy takes two seconds to import; the window's form asks for the quick check alone.
    from gadget_trainer.training.tokens import TokenSource  # noqa: PLC0415

    try:
        tokens = TokenSource(settings)
    except UserError as error:
        yield _block("base" if settings.base else "language", str(error))
        return
    edges = _EdgeProblems()
    total = sum(takes_part(text) for text in texts())
    for number, text in enumerate(text for text in texts() if takes_part(text)):
        if number % _SLICE == 0:
            yield Preparing("Checking the texts", min(number / max(total, 1), 1.0))
        edges.add(text, tokens)
    yield from edges.problems()


def check_output(folder: Path) -> list[Problem]:
    """Whether a pipeline can be saved in ``folder``."""
    if folder.is_dir():
        if (folder / "meta.json").is_file() and (folder / "config.cfg").is_file():
            said = f"The pipeline that is in “{folder}” will be replaced when the new one has been saved."
            return [Problem(Severity.WARN, "output replaced", said)]
        if any(folder.iterdir()):
            said = f"“{folder}” holds files that are no pipeline, and would be lost. Choose another output folder."
            return [_block("output", said)]
    elif folder.exists():
        return [_block("output", f"“{folder}” is a file. Choose a folder to save the pipeline in.")]
    nearest = next(parent for parent in real(folder).parents if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return [_block("output", f"Nothing can be written in “{nearest}”. Choose another output folder.")]
    return []


def refuse_unsafe_output(folder: Path) -> None:
    """Raise UserError if a pipeline can't be saved in ``folder`` without losing other people's files."""
    for problem in check_output(folder):
        if problem.severity is Severity.BLOCK:
            raise UserError(problem.message)


@dataclass(slots=True)
class _Found:
    """How many spans have a problem, and in which texts."""

    spans: int = 0
    texts: dict[int, None] = field(default_factory=dict)

    def add(self, text: AnnotatedText, spans: Iterable[Span]) -> None:
        number = len(set(spans))
        if number:
            self.spans += number
            self.texts[text.id] = None

    def problem(self, severity: Severity, kind: str, what: str, then: str) -> list[Problem]:
        if not self.spans:
            return []
        spans = f"{self.spans:,} span{'s' if self.spans > 1 else ''}"
        texts = f"{len(self.texts):,} text{'s' if len(self.texts) > 1 else ''}"
        return [Problem(severity, kind, f"{spans} in {texts} {what}. {then}", tuple(self.texts))]


@dataclass(slots=True)
class _EdgeProblems:
    """Spans whose edges are not the edges of words."""

    cutting: _Found = field(default_factory=_Found)
    spaced: _Found = field(default_factory=_Found)

    def add(self, text: AnnotatedText, tokens: "TokenSource") -> None:
        spans = {span for span in text.spans if 0 <= span.start < span.end <= len(text.text)}
        spaced = {span for span in spans if _has_spaces_at_edges(text.text[span.start : span.end])}
        self.spaced.add(text, spaced)
        if spans == spaced:
            return
        parts = list(tokens.edges(text.text))
        starts = {start for part in parts for start in part.token_starts}
        ends = {end for part in parts for end in part.token_ends}
        self.cutting.add(text, (s for s in spans - spaced if s.start not in starts or s.end not in ends))

    def problems(self) -> Iterator[Problem]:
        then = "They will not be learned from. Mend or delete them."
        cut = "begin or end inside a word as the pipeline sees words"
        yield from self.cutting.problem(Severity.WARN, "cut tokens", cut, then)
        yield from self.spaced.problem(Severity.WARN, "edge spaces", "begin or end with a space", then)


@dataclass(slots=True)
class _Counts:
    """What one pass over the texts shows."""

    spans: Counter[str] = field(default_factory=Counter)
    """Of the texts that are learned from, by label."""
    kept_spans: Counter[str] = field(default_factory=Counter)
    """Of the others: they are scored on, or will be once they are finished."""
    scored_spans: int = 0
    refused: _Found = field(default_factory=_Found)
    overlapping: _Found = field(default_factory=_Found)
    outside: _Found = field(default_factory=_Found)
    taking_part: int = 0
    complete: int = 0
    held_out: int = 0
    done_before: dict[int, None] = field(default_factory=dict)
    """The texts that are marked done, but were before a label came that has spans now."""
    labels_done_before: set[str] = field(default_factory=set)

    def add(self, text: AnnotatedText, split: Split) -> None:
        if text.state is TextState.DONE and not text.complete:
            self.done_before[text.id] = None
            self.labels_done_before.update(span.label for span in text.spans)
        if not takes_part(text):
            return
        held_out = split.scores_on(text)
        self.taking_part += 1
        self.complete += text.complete
        self.held_out += held_out
        self.refused.add(text, (span for span in text.spans if not is_trainable_label(span.label)))
        outside = {span for span in text.spans if not 0 <= span.start < span.end <= len(text.text)}
        clashing = overlapping(text.spans)
        self.outside.add(text, outside)
        self.overlapping.add(text, clashing)
        good = [span.label for span in text.spans if span not in outside and span not in clashing]
        (self.spans if split.learns_from(text.text) else self.kept_spans).update(good)
        self.scored_spans += len(good) if held_out else 0


def _count(texts: Texts, share: float) -> _Counts:
    split = choose_split(texts(), share)
    counts = _Counts()
    for text in texts():
        counts.add(text, split)
    return counts


def _problems_of_texts(counts: _Counts) -> list[Problem]:
    then = "They will not be learned from. Mend or delete them."
    found = [
        *counts.refused.problem(
            Severity.BLOCK, "label refused", "have a label that can't be trained", "Give it a name without “!” first."
        ),
        *counts.overlapping.problem(Severity.WARN, "overlaps", "overlap", then),
        *counts.outside.problem(Severity.WARN, "outside", "are empty or lie outside their text", then),
    ]
    if not counts.taking_part:
        return [*found, _block("no texts", "No text is annotated yet. Highlight some spans, then train.")]
    if not counts.spans:
        said = "There is no span to learn from. Highlight some in a few texts, then train."
        return [*found, _block("no spans", said)]
    if counts.done_before:
        found.append(_done_before_a_label(counts))
    elif not counts.complete:
        said = (
            "No text is marked done, so the model never learns what is not an entity, and will find too many. "
            "Mark the texts done in which everything is highlighted."
        )
        found.append(Problem(Severity.WARN, "none done", said))
    return found


def _done_before_a_label(counts: _Counts) -> Problem:
    """What such texts lose, and how they get it back. Texts don't say which label came later, but one may show."""
    absent = (counts.spans + counts.kept_spans).keys() - counts.labels_done_before
    label = f"for {next(iter(absent))}, which occurs in none of them," if len(absent) == 1 else "again"
    number = len(counts.done_before)
    texts = f"{number:,} text{'s were' if number > 1 else ' was'}"
    said = (
        f"{texts} marked done before one of the labels existed: what is not highlighted there counts as unknown, and "
        f"is not scored on. Look through these texts {label} and mark them done."
    )
    if not counts.complete:
        said += " Until then the model never learns what is not an entity, and will find too many."
    return Problem(Severity.WARN, "done before a label", said, tuple(counts.done_before))


def _problems_of_labels(counts: _Counts, labels: Sequence[str]) -> list[Problem]:
    found = []
    for label in dict.fromkeys([*labels, *sorted(counts.spans + counts.kept_spans)]):
        learned, kept = counts.spans[label], counts.kept_spans[label]
        if not learned and kept:
            spans = f"All {kept:,} spans" if kept > 1 else "The only span"
            said = f"{spans} of {label} can't be learned from: what they are in is kept for scoring."
            found.append(Problem(Severity.WARN, "label only held out", f"{said} Highlight more of them."))
        elif not learned:
            said = f"{label} has no spans, so it can't be learned. Highlight some, or delete the label."
            found.append(Problem(Severity.WARN, "label without spans", said))
        elif learned < _FEW_SPANS:
            said = f"{label} has {learned:,} span{'s' if learned > 1 else ''} to learn from, which is few."
            found.append(Problem(Severity.WARN, "few spans", f"{said} With {_FEW_SPANS} or more it gets better."))
    return found


def _problems_of_scores(counts: _Counts, settings: TrainingSettings) -> list[Problem]:
    if not counts.taking_part or settings.held_out <= 0:
        return []
    if not counts.held_out:
        said = (
            "No text is held out, so there will be no score but the loss, which says little. "
            f"Mark at least two texts with spans done{' for all labels' if counts.done_before else ''}."
        )
        return [Problem(Severity.WARN, "nothing held out", said)]
    if not counts.scored_spans:
        said = "No text that is held out has a span, so there will be no score. Mark more texts done."
        return [Problem(Severity.WARN, "held out without spans", said)]
    return []


def _has_spaces_at_edges(text: str) -> bool:
    return text != text.strip()


def _block(kind: str, message: str) -> Problem:
    return Problem(Severity.BLOCK, kind, message)
