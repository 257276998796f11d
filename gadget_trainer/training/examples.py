"""Annotated texts become spaCy's documents, with what is not known marked as not known.

What spaCy would do by itself with a span that it cannot use is to learn nothing from it, without a word, or to stop
the run (training-facts, "What spaCy does with bad data"). Here such a span makes its tokens unknown: they are neither
learned as an entity nor as none. :mod:`gadget_trainer.training.check` tells the person about it before.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.config import INCORRECT_SPANS
from gadget_trainer.training.learnable import is_trainable_label, overlapping
from gadget_trainer.training.tokens import Tokens

_NOTHING_KNOWN: Mapping[str, float] = MappingProxyType({})


def reference(text: AnnotatedText, tokens: Tokens, cats: Mapping[str, float] = _NOTHING_KNOWN) -> Doc:
    """``text`` as a document with its entities; what is outside is unknown unless the text is complete.

    ``cats`` are what is known of its categories.
    """
    doc = tokens.document(text.text)
    doc.cats = dict(cats)
    annotate(doc, text.spans, complete=text.complete)
    refuse(doc, text.refused)
    return doc


def annotate(doc: Doc, spans: Sequence[Span], *, complete: bool) -> None:
    """Set the entities of ``doc``. Tokens of spans that can't be used are unknown, as are all others unless
    ``complete``.
    """
    clashing = overlapping(spans)
    entities: list[DocSpan] = []
    unknown: set[int] = set()
    for span in sorted(set(spans)):
        entity = None if span in clashing else usable(doc, span)
        if entity is None:
            unknown.update(_tokens_of(doc, span))
        else:
            entities.append(entity)
    doc.set_ents(
        entities,
        missing=[doc[token : token + 1] for token in sorted(unknown)],
        default="outside" if complete else "missing",
    )


def refuse(doc: Doc, refused: Iterable[Span]) -> None:
    """Set what a person refused in ``doc``: wrong with these edges and this label, whatever else may be there.

    The recogniser learns it where nothing else is known of the tokens; in a complete text it knows already. Spans
    that its tokens can't hold are left out, and so are those that are entities (spaCy stops with E868).
    """
    found = (usable(doc, span) for span in sorted(set(refused)))
    entities = {(ent.start, ent.end, ent.label) for ent in doc.ents}
    wrong = [span for span in found if span is not None and (span.start, span.end, span.label) not in entities]
    if wrong:
        doc.spans[INCORRECT_SPANS] = wrong


def usable(doc: Doc, span: Span) -> DocSpan | None:
    """``span`` in the tokens of ``doc``; None if it cuts one, has a space at an edge, or lies outside."""
    if not 0 <= span.start < span.end <= len(doc.text) or not is_trainable_label(span.label):
        return None
    found = doc.char_span(span.start, span.end, label=span.label)
    if found is None or found[0].is_space or found[-1].is_space:
        return None
    return found


def _tokens_of(doc: Doc, span: Span) -> list[int]:
    if span.start >= span.end:
        return []
    return [token.i for token in doc if span.touches(token.idx, token.idx + len(token))]
