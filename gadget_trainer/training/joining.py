"""Texts that were finished since a run began are learned from at its next iteration, when the person asks for it."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import DocBin

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.training.base import load_base
from gadget_trainer.training.beginning import Beginning
from gadget_trainer.training.building import JOINED_FILE
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.corpus import SLICE, Documents
from gadget_trainer.training.example_list import packed, words_of
from gadget_trainer.training.examples import reference
from gadget_trainer.training.learnable import is_trainable_label, takes_part
from gadget_trainer.training.loading import entity_recogniser
from gadget_trainer.training.mixing import Mixing
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.progress import Joined, Noted, Preparing, Saving
from gadget_trainer.training.state import RunState
from gadget_trainer.training.tokens import TokenSource

_PLACES = 1_000
"""Examples that are looked at between two records."""

Texts = Callable[[], Iterable[AnnotatedText]]


@dataclass(slots=True)
class _Newcomers:
    texts: list[AnnotatedText] = field(default_factory=list)
    held_out: int = 0
    unknown: int = 0
    unknown_labels: set[str] = field(default_factory=set)
    unknown_categories: set[str] = field(default_factory=set)

    def sentence(self) -> str:
        """How many joined, and why others did not."""
        parts = [f"{_texts(len(self.texts))} joined the training."]
        if self.held_out:
            parts.append(f"{_texts(self.held_out)} stayed out, because the split holds such texts out for scoring.")
        if self.unknown:
            labels = [f"“{one}”" for one in sorted(self.unknown_labels)]
            categories = [f"the category “{one}”" for one in sorted(self.unknown_categories)]
            names = ", ".join([*labels, *categories])
            parts.append(
                f"{_texts(self.unknown)} stayed out, because this run's model does not know {names}: a new run will."
            )
        return " ".join(parts)


class Joining:
    """Brings newcomers into one run."""

    def __init__(self, texts: Texts, beginning: Beginning, folder: Path, state: RunState) -> None:
        """Into the run in ``folder``."""
        self._texts = texts
        self._beginning = beginning
        self._folder = folder
        self._state = state
        self._docs = DocBin().from_disk(folder / JOINED_FILE) if state.built.joined else packed()
        """All that ever joined."""
        self.looked_at = set(state.joined)
        """The ids of the texts that joined, and of those that had to stay out."""

    def join(self) -> Iterator[Preparing | Joined]:
        """Add all that is new. What was learned of the same texts before goes.

        Raises UserError where a base can't be loaded again, OSError where the texts can't be written.
        """
        newcomers = _Newcomers()
        yield from self._find(newcomers)
        yield from self._add(newcomers.texts)
        for text in newcomers.texts:
            self._state.data.add(text)
            self._state.joined.append(text.id)
        yield Joined(len(newcomers.texts), newcomers.sentence())

    def refuse(self) -> Iterator[Saving | Noted]:
        """Say how many would have joined, had the run not been over."""
        newcomers = _Newcomers()
        for step in self._find(newcomers):
            yield Saving(step.message, step.fraction)
        number = len(newcomers.texts)
        if number:
            yield Noted(f"{_texts(number)} could not join: the run was over. A new run learns from them.")

    def _find(self, newcomers: _Newcomers) -> Iterator[Preparing]:
        built = self._state.built
        known = set(built.nlp.pipe_labels.get(entity_recogniser(built.nlp, passed_over=built.frozen), ()))
        seen = self._beginning.done.union(self._state.joined)
        for number, text in enumerate(self._texts()):
            if number % SLICE == 0:
                yield Preparing("Looking for texts that were finished meanwhile", 0.0)
            if text.id in seen or text.state is not TextState.DONE or not takes_part(text):
                continue
            self.looked_at.add(text.id)
            unknown = {span.label for span in text.spans if is_trainable_label(span.label)} - known
            taught = self._beginning.split.categories.names
            unknown_categories = set(text.categories) - set(taught) if taught else set()
            if not self._beginning.split.learns_from(text.text):
                newcomers.held_out += 1
            elif unknown or unknown_categories:
                newcomers.unknown += 1
                newcomers.unknown_labels |= unknown
                newcomers.unknown_categories |= unknown_categories
            else:
                newcomers.texts.append(text)

    def _add(self, texts: list[AnnotatedText]) -> Iterator[Preparing]:
        settings = self._beginning.settings
        tokens = TokenSource(settings)
        categories = self._beginning.split.categories
        base = load_base(settings, self._texts, categories) if texts and settings.base and settings.mix_in else None
        mixing = Mixing(base) if base is not None and base.knows else None
        found = Documents()
        for number, text in enumerate(texts):
            if number % SLICE == 0:
                yield Preparing("Preparing the texts", number / len(texts))
            cats = mixing.categories_of(text) if mixing else known_categories(text, categories)
            for piece in pieces(text, tokens):
                found.add(reference(mixing.with_predictions(piece) if mixing else piece, tokens, cats))
        self._docs.merge(found.docs)
        self._write()
        yield from self._take_in(found.docs)

    def _take_in(self, docs: DocBin) -> Iterator[Preparing]:
        """Learn from ``docs`` from here on, and no longer from what was known of the same texts before."""
        examples, standing = self._state.built.examples, self._state.standing
        replaced = {words_of(docs, place) for place in range(len(docs))}
        order: list[int] = []
        for number, place in enumerate(standing.order):
            if number % _PLACES == 0:
                yield Preparing("Looking for what was known of them", number / len(standing.order))
            if examples.words(place) not in replaced:
                order.append(place)
        first = len(examples)
        for number, _ in enumerate(examples.extend_packed(docs, self._state.built.nlp)):
            if number % SLICE == 0:
                yield Preparing("Taking the texts in", number / len(docs))
        standing.order[:] = [*order, *range(first, len(examples))]

    def _write(self) -> None:
        partial = self._folder / f"{JOINED_FILE}.partial"
        with partial.open("wb") as file:
            file.write(self._docs.to_bytes())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._folder / JOINED_FILE)


def _texts(number: int) -> str:
    return "1 text" if number == 1 else f"{number:,} texts"
