"""Texts that were finished since a run began are learned from at its next iteration, when the person asks for it."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import DocBin

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.training.base import load_base
from gadget_trainer.training.beginning import Beginning
from gadget_trainer.training.building import JOINED_FILE, as_examples
from gadget_trainer.training.categories import known_categories
from gadget_trainer.training.corpus import SLICE, Documents
from gadget_trainer.training.examples import reference
from gadget_trainer.training.learnable import is_trainable_label, takes_part
from gadget_trainer.training.mixing import Mixing
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.predict import entity_labels
from gadget_trainer.training.progress import Joined, Noted, Preparing, Saving
from gadget_trainer.training.state import RunState
from gadget_trainer.training.tokens import TokenSource

Texts = Callable[[], Iterable[AnnotatedText]]


@dataclass(slots=True)
class _Newcomers:
    texts: list[AnnotatedText] = field(default_factory=list)
    held_out: int = 0
    unknown: int = 0
    unknown_labels: set[str] = field(default_factory=set)

    def sentence(self) -> str:
        """How many joined, and why others did not."""
        parts = [f"{_texts(len(self.texts))} joined the training."]
        if self.held_out:
            parts.append(f"{_texts(self.held_out)} stayed out, because the split holds such texts out for scoring.")
        if self.unknown:
            names = ", ".join(f"“{one}”" for one in sorted(self.unknown_labels))
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
        self._docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
        self.looked_at = set(state.joined)
        """The ids of the texts that joined, and of those that had to stay out."""
        built = state.built
        for example in built.examples[len(built.examples) - built.joined :]:
            self._docs.add(example.reference)

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
        known = set(entity_labels(self._state.built.nlp))
        seen = self._beginning.done.union(self._state.joined)
        for number, text in enumerate(self._texts()):
            if number % SLICE == 0:
                yield Preparing("Looking for texts that were finished meanwhile", 0.0)
            if text.id in seen or text.state is not TextState.DONE or not takes_part(text):
                continue
            self.looked_at.add(text.id)
            unknown = {span.label for span in text.spans if is_trainable_label(span.label)} - known
            if self._beginning.split.categories.names:
                unknown |= set(text.categories) - set(self._beginning.split.categories.names)
            if not self._beginning.split.learns_from(text.text):
                newcomers.held_out += 1
            elif unknown:
                newcomers.unknown += 1
                newcomers.unknown_labels |= unknown
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
        examples, standing = self._state.built.examples, self._state.standing
        newcomers = as_examples(found.docs, self._state.built.nlp)
        replaced = {example.reference.text for example in newcomers}
        standing.order[:] = [place for place in standing.order if examples[place].reference.text not in replaced]
        standing.order.extend(range(len(examples), len(examples) + len(newcomers)))
        examples.extend(newcomers, self._state.built.nlp)

    def _write(self) -> None:
        partial = self._folder / f"{JOINED_FILE}.partial"
        with partial.open("wb") as file:
            file.write(self._docs.to_bytes())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._folder / JOINED_FILE)


def _texts(number: int) -> str:
    return "1 text" if number == 1 else f"{number:,} texts"
