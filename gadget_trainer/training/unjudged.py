"""What nobody judged in the texts held out is written as unknown, so that spaCy's score is the one that was shown.

In texts that were marked done for new labels, nobody said where a base's old ones are. The window's score leaves them
out; ``python -m spacy evaluate`` would count each as invented.
"""

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from gadget_trainer.training.score import SLICE


def leave_unjudged(nlp: Language, path: Path, judged: frozenset[str]) -> Iterator[int]:
    """Make unknown in the documents at ``path`` what ``nlp`` takes for an entity with a label that is not ``judged``.

    Where such an entity meets one that a person marked, it is wrong, and stays. Yields how many documents are done,
    and writes them at the end. Raises OSError.
    """
    docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    for start in range(0, len(docs), SLICE):
        part = docs[start : start + SLICE]
        for doc, found in zip(part, nlp.pipe((nlp.make_doc(doc.text) for doc in part), batch_size=SLICE), strict=True):
            _forget(doc, [(ent.start, ent.end) for ent in found.ents if ent.label_ not in judged])
        yield start + len(part)
    DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=docs).to_disk(path)


def _forget(doc: Doc, places: list[tuple[int, int]]) -> None:
    unknown = [doc[start:end] for start, end in places if not any(token.ent_type for token in doc[start:end])]
    if unknown:
        doc.set_ents([], missing=unknown, default="unmodified")
