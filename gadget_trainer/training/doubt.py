"""What a recogniser takes for an entity, and what it hesitates about.

A beam search keeps several readings of a text, each with its score; an entity is as probable as the readings that have
it. What is hardly less probable than not is no entity for the recogniser, but no example of none either: taught that
it is none, a recogniser finds fewer and fewer (bench_forgetting.py, three draws: the old label's F fell to 93 % with
all that was not found as none, and to 97 % with what was doubtful left open).
"""

from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.tokens import Tokens

_READINGS = 16
_DENSITY = 0.0001
"""Readings that are so much less probable than the best are let go."""
_FOUND = 0.5
_DOUBTFUL = 0.1


class Weighed(NamedTuple):
    """The entities of a text, in order; offsets in code points."""

    found: tuple[Span, ...]
    """More probable than not; they don't overlap."""
    doubtful: tuple[Span, ...]
    """Less, but not improbable; they may overlap."""


def weighed(nlp: Language, recogniser: str, text: str) -> Weighed:
    """What the ``recogniser`` of ``nlp`` says of ``text``, which may be of any length."""
    probable: dict[Span, float] = {}
    start = 0
    for piece in pieces(AnnotatedText(text), Tokens(nlp.tokenizer)):
        probable |= _probable(nlp, recogniser, nlp.tokenizer(piece.text), start)
        start += len(piece.text)
    found: list[Span] = []
    for span in sorted(probable, key=lambda one: (-probable[one], one)):
        if probable[span] >= _FOUND and not any(span.touches(one.start, one.end) for one in found):
            found.append(span)
    doubtful = (span for span, probability in probable.items() if _DOUBTFUL <= probability < _FOUND)
    return Weighed(tuple(sorted(found)), tuple(sorted(doubtful)))


def _probable(nlp: Language, recogniser: str, doc: Doc, offset: int) -> dict[Span, float]:
    for name, component in nlp.pipeline:
        if name == recogniser:
            break
        doc = component(doc)
    # spaCy's types know components as functions only.
    parser: Any = nlp.get_pipe(recogniser)
    beams = parser.beam_parse([doc], beam_width=_READINGS, beam_density=_DENSITY)
    (scores,) = parser.scored_ents(beams)
    return {
        Span(offset + doc[start].idx, offset + doc[end - 1].idx + len(doc[end - 1]), label): float(score)
        for (start, end, label), score in scores.items()
    }
