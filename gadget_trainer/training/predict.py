"""A saved pipeline at work."""

from pathlib import Path

from spacy.language import Language

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.loading import entity_recogniser, load_pipeline
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.tokens import Tokens

_LONGEST = 20_000
"""Tokens that are predicted in one go: some hundred megabytes."""


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


def entities(nlp: Language, text: str) -> tuple[Span, ...]:
    """What ``nlp`` finds in ``text``, which may be of any length."""
    found: list[Span] = []
    start = 0
    for piece in pieces(AnnotatedText(text), Tokens(nlp.tokenizer), _LONGEST):
        # Handed a document, nlp does not refuse more than a million characters.
        doc = nlp(nlp.tokenizer(piece.text))
        found.extend(Span(start + ent.start_char, start + ent.end_char, ent.label_) for ent in doc.ents)
        start += len(piece.text)
    return tuple(found)


def entity_labels(nlp: Language) -> tuple[str, ...]:
    """The labels of the entity recogniser of ``nlp``, if it has one, in the order of the names."""
    return tuple(sorted(nlp.pipe_labels.get(entity_recogniser(nlp), ())))
