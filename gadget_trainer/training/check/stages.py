"""The order of the check: first what is cheap and can block, last what takes a second."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.training.categories import NO_CATEGORIES, taught_categories
from gadget_trainer.training.check.alike import Alike
from gadget_trainer.training.check.beside import Beside, beside
from gadget_trainer.training.check.categories import Categories
from gadget_trainer.training.check.counting import BadSpans, Texts
from gadget_trainer.training.check.edges import EdgeSpans
from gadget_trainer.training.check.findings import Findings
from gadget_trainer.training.check.labels import Labels
from gadget_trainer.training.check.omissions import Omissions
from gadget_trainer.training.check.output import check_output
from gadget_trainer.training.check.pace import measure
from gadget_trainer.training.check.problem import Problem, block, worst_first
from gadget_trainer.training.check.repeats import Contradictions, Repeats
from gadget_trainer.training.check.sides import Finder, Side, Sided, sided
from gadget_trainer.training.check.size import Size, Sizes
from gadget_trainer.training.check.stage_times import StageTimes
from gadget_trainer.training.importing import import_spacy
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import Split, Splitting

if TYPE_CHECKING:  # spaCy behind it: who only counts need not load it
    from gadget_trainer.training.tokens import TokenSource

TextSource = Callable[[], Iterable[AnnotatedText]]

_SLICE = 50
"""Texts between two records, at most."""
_SLICE_CODE_POINTS = 20_000
"""The same for long texts."""
_PARTS = 5
"""Slices of a long text between two records."""


class Depth(IntEnum):
    """How much a check looks for."""

    COUNTS = 1
    """What counting shows; without spaCy."""
    SPANS = 2
    """And whether the spans fit the tokens: all that a run needs to be safe."""
    TEXTS = 3
    """And what shows when texts are compared with each other."""
    TIME = 4
    """And how long the run will take."""


def quick_check(
    texts: TextSource,
    settings: TrainingSettings,
    labels: Sequence[str] = (),
    categories: CategoryScheme = NO_CATEGORIES,
) -> list[Problem]:
    """What counting and looking at the folders shows; loads no spaCy. ``labels``, ``categories`` are the project's."""
    return list(_last(check_steps(texts, settings, labels, Depth.COUNTS, categories)).problems)


def check(
    texts: TextSource,
    settings: TrainingSettings,
    labels: Sequence[str] = (),
    categories: CategoryScheme = NO_CATEGORIES,
) -> Findings:
    """All that is wrong, for callers that can wait; how long a run will take is not measured."""
    return _last(check_steps(texts, settings, labels, Depth.TEXTS, categories))


def check_steps(
    texts: TextSource,
    settings: TrainingSettings,
    labels: Sequence[str] = (),
    depth: Depth = Depth.TIME,
    categories: CategoryScheme = NO_CATEGORIES,
) -> Iterator[Preparing | Findings]:
    """Look through the texts, a slice at a time, and tell what was found after each stage: stop by not asking further.

    ``texts`` is called up to four times. ``labels`` and ``categories`` are the project's.
    """
    yield from _Check(texts, settings, labels, depth, categories).steps()


class _Check:
    """One check: what its stages hand to each other."""

    def __init__(
        self,
        texts: TextSource,
        settings: TrainingSettings,
        labels: Sequence[str],
        depth: Depth,
        scheme: CategoryScheme,
    ) -> None:
        self._texts = texts
        self._settings = settings
        self._depth = depth
        self._scheme = scheme
        self._categories = Categories(scheme)
        self._splitting = Splitting(settings.held_out)
        self._going_through = StageTimes()
        self._total = 0
        self._beside = Beside()
        self._unlabelled = 0
        """Code points of texts that nobody began."""
        self._project_labels = labels
        self._counts, self._labels = Texts(settings), Labels(labels)
        self._about_counts: list[Problem] = []
        self._alike, self._omissions, self._repeats = Alike(), Omissions(), Repeats()
        self._contradictions = Contradictions(self._repeats, scheme)
        self._sizes = Sizes()
        self._finders: list[Finder] = [BadSpans(), self._counts, self._labels]
        if depth >= Depth.TEXTS:
            self._finders += [self._repeats, self._omissions]
        self._problems = [
            *(block("settings", sentence) for sentence in settings.problems()),
            *check_output(settings.output),
        ]

    def steps(self) -> Iterator[Preparing | Findings]:
        """The stages, one after the other, and what was found after each."""
        yield from self._going_through.passing(self._split())
        split = self._splitting.split()
        yield from self._count(split)
        if self._depth is Depth.COUNTS or self._findings().blocked:
            yield self._findings(enough=True, complete=True)
            return
        yield self._findings()
        yield from self._tokenise(split)
        found = self._findings(enough=True)
        if self._depth < Depth.TEXTS or found.blocked:
            yield replace(found, complete=True)
            return
        yield found
        yield from self._compare()
        found = self._findings(enough=True)
        if self._depth < Depth.TIME:
            yield replace(found, complete=True)
            return
        yield found
        # It was gone through once to divide the texts, and once more where they can have categories.
        once = self._going_through.total() / (1 + bool(self._scheme.names))
        measured = yield from measure(self._sizes, self._settings, found.size, split.categories, once)
        yield replace(found, measured=measured, complete=True)

    def _split(self) -> Iterator[Preparing]:
        yield Preparing("Counting the texts", 0.0)
        taught = taught_categories(self._texts(), self._scheme)
        self._splitting = Splitting(self._settings.held_out, taught)
        self._counts.teaches_categories = bool(taught.names)
        for text in self._texts():
            self._splitting.add(text)
            self._total += 1
            if text.state is TextState.TODO and not text.spans:
                self._unlabelled += len(text.text)
                self._sizes.add_unlabelled(text)
            if self._total % _SLICE == 0:
                yield Preparing("Counting the texts", 0.0)

    def _count(self, split: Split) -> Iterator[Preparing]:
        for one, progress in self._each(split, "Looking through the texts"):
            if progress is not None:
                yield progress
            for finder in self._finders if one.side is not Side.APART else (self._counts,):
                finder.add(one)
            self._categories.add(one)
        self._problems += self._categories.problems(split.categories)
        self._problems += self._finders[0].problems()
        self._about_counts = [*self._counts.problems(), *self._labels.problems()]

    def _tokenise(self, split: Split) -> Iterator[Preparing]:
        # spaCy takes two seconds to import, which who only counts need not wait for.
        import_spacy()
        from gadget_trainer.training.base_facts import base_facts  # noqa: PLC0415
        from gadget_trainer.training.check.known import forgetting  # noqa: PLC0415
        from gadget_trainer.training.tokens import TokenSource  # noqa: PLC0415

        base = self._settings.base
        try:
            tokens = TokenSource(self._settings)
            known = base_facts(base).labels if base else ()
        except UserError as error:
            self._problems.append(block("base" if base else "language", str(error)))
            return
        edges = EdgeSpans()
        counts, labels = Texts(self._settings), Labels(self._project_labels)
        counts.teaches_categories = self._counts.teaches_categories
        for one, progress in self._each(split, "Checking the spans"):
            if progress is not None:
                yield progress
            if one.side is not Side.APART:
                usable = yield from self._look_at(one, tokens, edges)
                labels.add(usable)
                counts.add(usable)
            else:
                counts.add(one)
        self._tell_what_is_left(counts, labels, edges)
        self._problems += self._sizes.problems()
        self._problems += forgetting(self._settings, known, labels.learned())
        words = self._sizes.words
        try:
            self._beside = beside(
                self._settings, words[Side.LEARNED], words[Side.HELD_OUT], self._unlabelled, knows=bool(known)
            )
        except UserError as error:
            self._problems.append(block("mix-in file", str(error)))

    def _tell_what_is_left(self, counts: Texts, labels: Labels, edges: EdgeSpans) -> None:
        """Once it is known which spans the tokens can hold, ``counts`` and ``labels`` are of those alone."""
        nothing = not counts.spans[Side.LEARNED] and not counts.teaches_categories
        self._problems += edges.problems(all_there_is=nothing)
        self._about_counts = [] if nothing else [*counts.problems(), *labels.problems()]

    def _look_at(self, one: Sided, tokens: "TokenSource", edges: EdgeSpans) -> Generator[Preparing, None, Sided]:
        parts = []
        for part in tokens.edges(one.text.text):
            parts.append(part)
            if len(parts) % _PARTS == 0:
                yield Preparing("Checking the spans", 0.5)
        usable = edges.add(one, parts)
        if one.used:
            self._sizes.add(usable, parts)
        if self._depth >= Depth.TEXTS:
            self._alike.add(one)
            self._omissions.search(one)
            self._contradictions.add(one)
        return usable

    def _compare(self) -> Iterator[Preparing]:
        for fraction in self._alike.compare():
            yield Preparing("Comparing the texts", fraction)
        finders = (self._contradictions, *self._finders[3:], self._alike)
        self._problems += [problem for finder in finders for problem in finder.problems()]

    def _each(self, split: Split, what: str) -> Iterator[tuple[Sided, Preparing | None]]:
        """All texts with their sides, and now and then how far it is."""
        code_points = 0
        for number, text in enumerate(self._texts()):
            code_points += len(text.text)
            told = number % _SLICE == 0 or code_points > _SLICE_CODE_POINTS
            code_points = 0 if told else code_points
            yield sided(text, split), Preparing(what, min(number / max(self._total, 1), 1.0)) if told else None

    def _findings(self, *, enough: bool = False, complete: bool = False) -> Findings:
        sides, words = self._counts.sides, self._sizes.words
        learned, held_out = Side.LEARNED, Side.HELD_OUT
        size = Size(sides[learned], sides[held_out], words[learned], words[held_out], self._beside)
        return Findings(
            tuple(worst_first([*self._problems, *self._about_counts])), size, enough=enough, complete=complete
        )


def _last(records: Iterator[Preparing | Findings]) -> Findings:
    """The findings that a check ends with."""
    return [record for record in records if isinstance(record, Findings)][-1]
