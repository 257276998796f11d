"""A saved pipeline at work."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.loading import entity_recogniser, load_pipeline
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.tokens import Tokens

_LONGEST = 20_000
"""Tokens that are predicted in one go: some hundred megabytes."""
_BATCH_TOKENS = 4_000
"""Tokens after which a batch is full: more is not faster, and keeps whoever waits for the first text waiting."""
_BATCH_DOCS = 256


class Predictor:
    """A pipeline that was loaded from a folder."""

    def __init__(self, folder: Path | str) -> None:
        """Load it. Raises UserError when the folder holds no pipeline that works here."""
        self._nlp = load_pipeline(str(folder))

    @property
    def labels(self) -> tuple[str, ...]:
        """What it can find, in the order of the names."""
        return entity_labels(self._nlp)

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


def entity_labels(nlp: Language) -> tuple[str, ...]:
    """The labels of the entity recogniser of ``nlp``, if it has one, in the order of the names."""
    return tuple(sorted(nlp.pipe_labels.get(entity_recogniser(nlp), ())))


def _tokenised(nlp: Language, texts: Iterable[str]) -> Iterator[tuple[Doc, bool]]:
    """The pieces of the texts, and of each whether it is the last of its text."""
    tokens = Tokens(nlp.tokenizer)
    for text in texts:
        left = len(text)
        for piece in pieces(AnnotatedText(text), tokens, _LONGEST):
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
