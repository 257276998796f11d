"""The files that a run learns from: train.spacy and dev.spacy, written a slice at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, DocBin

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme
from gadget_trainer.training.categories import NO_CATEGORIES, Taught, known_categories
from gadget_trainer.training.examples import reference
from gadget_trainer.training.learnable import LONGEST, takes_part
from gadget_trainer.training.pieces import LONGEST_READ, pieces
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.run_stages import Stage
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
    categorised: int = 0
    """Documents whose categories are known, at least some."""

    def add(self, doc: Doc) -> None:
        """Take ``doc`` in, unless it is empty, which spaCy would leave out anyway."""
        if len(doc):
            self.docs.add(doc)
            self.words += len(doc)
            self.spans.update(ent.label_ for ent in doc.ents)
            self.categorised += bool(doc.cats)


@dataclass(slots=True)
class TrainingCorpus:
    """The two sides."""

    train: Documents = field(default_factory=Documents)
    held_out: Documents = field(default_factory=Documents)

    def taught(self, categories: CategoryScheme) -> Taught:
        """What can be learned from it: entities, and of the ``categories`` all or none."""
        return Taught(bool(self.train.spans), categories if self.train.categorised else NO_CATEGORIES)

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
    cats: Callable[[AnnotatedText], Mapping[str, float]] | None = None,
) -> Iterator[Preparing]:
    """Fill ``corpus`` with what can be learned from ``texts``, and with what it is scored on.

    What is not finished and would be held out if it were is left out: it would give the answer away. ``enrich`` adds
    spans to what is learned from; ``cats`` says what is known of the categories of such a text, if not just what the
    person said.
    """
    total = sum(takes_part(text) for text in texts())
    for number, text in enumerate(text for text in texts() if takes_part(text)):
        if number % SLICE == 0:
            yield Preparing(Stage.TEXTS, min(number / max(total, 1), 1.0))
        if split.learns_from(text.text):
            learned = cats(text) if cats else known_categories(text, split.categories)
            for piece in pieces(text, tokens):
                corpus.train.add(reference(enrich(piece) if enrich else piece, tokens, learned))
        elif split.scores_on(text):
            known = known_categories(text, split.categories)
            for piece in pieces(text, tokens, longest_scored(split.categories)):
                corpus.held_out.add(reference(piece, tokens, known))


def longest_scored(categories: CategoryScheme) -> int:
    """How many tokens a document may have that is scored on.

    A text is cut as for learning, because that is quick; but its categories are those of the whole text, so where some
    are taught it is only cut where it is cut when a pipeline is used, too.
    """
    return LONGEST_READ if categories.names else LONGEST


def collect_more(
    texts: Iterable[AnnotatedText],
    words: int,
    tokens: Tokens,
    corpus: TrainingCorpus,
    cats: Callable[[AnnotatedText], Mapping[str, float]],
    taken: Callable[[str], None] = lambda _text: None,
) -> Iterator[Preparing]:
    """Learn from those of further ``texts`` that take part, until they have brought about ``words`` words.

    ``cats`` says what is known of their categories; ``taken`` is told each text that is learned from.
    """
    before = corpus.train.words
    for number, text in enumerate(texts):
        added = corpus.train.words - before
        if added >= words:
            return
        if number % SLICE == 0:
            yield Preparing(Stage.MIXING, min(added / words, 1.0))
        known = cats(text)
        if known or takes_part(text):
            taken(text.text)
            for piece in pieces(text, tokens):
                corpus.train.add(reference(piece, tokens, known))
