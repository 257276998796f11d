"""A saved pipeline at work."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.categories import chosen_of
from gadget_trainer.training.found import Found
from gadget_trainer.training.loading import (
    entity_recognisers,
    has_exclusive_categories,
    load_pipeline,
    text_categoriser,
)
from gadget_trainer.training.pieces import LONGEST_READ, pieces
from gadget_trainer.training.tokens import Tokens

_BATCH_TOKENS = 4_000
"""Tokens after which a batch is full: more is not faster, and keeps whoever waits for the first text waiting."""
_BATCH_DOCS = 256


class Predictor:
    """A pipeline that was loaded from a folder, or just trained."""

    def __init__(self, folder: Path | str | Language) -> None:
        """Load it, unless it is there already. Raises UserError when the folder holds no pipeline that works here."""
        self._nlp = folder if isinstance(folder, Language) else load_pipeline(str(folder))

    @property
    def labels(self) -> tuple[str, ...]:
        """What it can find, in the order of the names."""
        return entity_labels(self._nlp)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that it can give to a text, in its own order."""
        return tuple(self._nlp.pipe_labels.get(text_categoriser(self._nlp), ()))

    @property
    def exclusive(self) -> bool:
        """Whether it gives each text exactly one category."""
        categoriser = text_categoriser(self._nlp)
        return bool(categoriser) and has_exclusive_categories(self._nlp, categoriser)

    def read(self, text: str) -> Found:
        """The entities and the categories of ``text``, which may be of any length."""
        return self.found_in(next(self.documents([text])))

    def read_many(self, texts: Iterable[str]) -> Iterator[Found]:
        """The same of each of ``texts``, which are drawn a batch ahead; much quicker than one by one."""
        return map(self.found_in, self.documents(texts))

    def found_in(self, docs: Sequence[Doc]) -> Found:
        """What it found in a text that was read as ``docs``."""
        categoriser = text_categoriser(self._nlp)
        if not categoriser:
            return Found(spans_in(docs))
        probable = categories_in(docs)
        # An empty text has no categories in spaCy either.
        known = {name: probable[name] for name in self.categories if name in probable}
        # spaCy's types know components as functions only.
        component: Any = self._nlp.get_pipe(categoriser)
        chosen = chosen_of(known, exclusive=self.exclusive, threshold=component.cfg["threshold"])
        return Found(spans_in(docs), known, chosen)

    def predict(self, text: str) -> tuple[Span, ...]:
        """The entities of ``text``, in order; offsets in code points, end exclusive."""
        return entities(self._nlp, text)

    def predict_many(self, texts: Iterable[str]) -> Iterator[tuple[Span, ...]]:
        """The entities of each of ``texts``, which are drawn a batch ahead; much quicker than one by one."""
        return map(spans_in, self.documents(texts))

    def documents(self, texts: Iterable[str]) -> Iterator[list[Doc]]:
        """Each of ``texts`` as the pipeline sees it: a document, or several of which the text is put together."""
        return documents(self._nlp, texts)


def entities(nlp: Language, text: str) -> tuple[Span, ...]:
    """What ``nlp`` finds in ``text``, which may be of any length."""
    return spans_in(next(documents(nlp, [text])))


def documents(nlp: Language, texts: Iterable[str]) -> Iterator[list[Doc]]:
    """Read ``texts`` of any length with ``nlp``, in batches; a text gives one document, a long one several."""
    read: list[Doc] = []
    for batch in _batches(_tokenised(nlp, texts)):
        for doc, ends_text in nlp.pipe(batch, as_tuples=True, batch_size=len(batch)):
            read.append(doc)
            if ends_text:
                yield read
                read = []


def spans_in(docs: Sequence[Doc]) -> tuple[Span, ...]:
    """The entities of a text that ``docs`` are put together to; offsets count from its start."""
    found: list[Span] = []
    start = 0
    for doc in docs:
        found.extend(Span(start + ent.start_char, start + ent.end_char, ent.label_) for ent in doc.ents)
        start += len(doc.text)
    return tuple(found)


def categories_in(docs: Sequence[Doc]) -> dict[str, float]:
    """How probable each category is for a text that ``docs`` are put together to: their mean, by their length.

    Empty where no component gives texts categories.
    """
    if len(docs) == 1:
        return dict(docs[0].cats)
    tokens = max(sum(map(len, docs)), 1)
    found: defaultdict[str, float] = defaultdict(float)
    for doc in docs:
        for name, probability in doc.cats.items():
            found[name] += probability * len(doc) / tokens
    return dict(found)


def entity_labels(nlp: Language) -> tuple[str, ...]:
    """The labels of the entity recognisers of ``nlp``, in the order of the names."""
    return tuple(sorted({label for name in entity_recognisers(nlp) for label in nlp.pipe_labels[name]}))


def _tokenised(nlp: Language, texts: Iterable[str]) -> Iterator[tuple[Doc, bool]]:
    """The pieces of the texts, and of each whether it is the last of its text."""
    tokens = Tokens(nlp.tokenizer)
    # A network holds Python's lock for each of its layers: 70 ms for a document of 20,000 tokens. Entities are found by
    # the words beside them, but the category of a text is that of all of it.
    longest = LONGEST_READ if text_categoriser(nlp) else _BATCH_TOKENS
    for text in texts:
        left = len(text)
        for piece in pieces(AnnotatedText(text), tokens, longest):
            left -= len(piece.text)
            # Handed a document, nlp does not refuse more than a million characters.
            yield nlp.tokenizer(piece.text), not left


def _batches(docs: Iterable[tuple[Doc, bool]]) -> Iterator[list[tuple[Doc, bool]]]:
    """Few long or many short documents together."""
    batch: list[tuple[Doc, bool]] = []
    tokens = 0
    for one in docs:
        if batch and (tokens + len(one[0]) > _BATCH_TOKENS or len(batch) == _BATCH_DOCS):
            yield batch
            batch, tokens = [], 0
        batch.append(one)
        tokens += len(one[0])
    if batch:
        yield batch
