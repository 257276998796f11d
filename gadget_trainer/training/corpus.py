"""The files that a run learns from: train.spacy and dev.spacy, written a slice at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, DocBin

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.examples import reference
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.split import Split
from gadget_trainer.training.tokens import Tokens

Texts = Callable[[], Iterable[AnnotatedText]]

SLICE = 20
"""Texts between two records, so that the one who asks for them can stop soon."""


@dataclass(slots=True)
class Documents:
    """What one side of the corpus consists of."""

    docs: DocBin = field(default_factory=lambda: DocBin(attrs=["ENT_IOB", "ENT_TYPE"]))
    words: int = 0
    spans: Counter[str] = field(default_factory=Counter)
    """By label."""

    def add(self, doc: Doc) -> None:
        """Take ``doc`` in, unless it is empty, which spaCy would leave out anyway."""
        if len(doc):
            self.docs.add(doc)
            self.words += len(doc)
            self.spans.update(ent.label_ for ent in doc.ents)


@dataclass(slots=True)
class TrainingCorpus:
    """The two sides."""

    train: Documents = field(default_factory=Documents)
    held_out: Documents = field(default_factory=Documents)

    def write(self, train: Path, held_out: Path) -> None:
        """Write both files; their folder must exist. Raises OSError."""
        self.train.docs.to_disk(train)
        self.held_out.docs.to_disk(held_out)


def collect(
    texts: Texts,
    split: Split,
    tokens: Tokens,
    corpus: TrainingCorpus,
    enrich: Callable[[AnnotatedText], AnnotatedText] | None = None,
) -> Iterator[Preparing]:
    """Fill ``corpus`` with what can be learned from ``texts``, and with what it is scored on.

    What is not finished and would be held out if it were is left out: it would give the answer away. ``enrich`` adds
    spans to what is learned from.
    """
    total = sum(takes_part(text) for text in texts())
    for number, text in enumerate(text for text in texts() if takes_part(text)):
        if number % SLICE == 0:
            yield Preparing("Preparing the texts", min(number / max(total, 1), 1.0))
        if split.learns_from(text.text):
            for piece in pieces(text, tokens):
                corpus.train.add(reference(enrich(piece) if enrich else piece, tokens))
        elif split.scores_on(text):
            for piece in pieces(text, tokens):
                corpus.held_out.add(reference(piece, tokens))


def collect_more(
    texts: Iterable[AnnotatedText], words: int, tokens: Tokens, corpus: TrainingCorpus
) -> Iterator[Preparing]:
    """Learn from those of further ``texts`` that take part, until they have brought about ``words`` words."""
    before = corpus.train.words
    for number, text in enumerate(texts):
        added = corpus.train.words - before
        if added >= words:
            return
        if number % SLICE == 0:
            yield Preparing("Mixing in what the base knows", min(added / words, 1.0))
        if takes_part(text):
            for piece in pieces(text, tokens):
                corpus.train.add(reference(piece, tokens))
