"""The examples of a run: as they are while they are few, and packed where they would fill the memory.

An example takes 0.7 to 0.9 KB a token, a packed one 30 bytes (training-facts, "Speed"); making it afresh for each
iteration costs 7 %.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

MOST_KEPT = 500_000
"""Tokens of the examples that are kept as they are: about 400 MB."""
_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE")


class ExampleList(Sequence[Example]):
    """Examples of entities and categories, in their order; an example that is packed is made anew at each look."""

    def __init__(self, most_kept: int | None = None) -> None:
        self._most_kept = MOST_KEPT if most_kept is None else most_kept
        self._nlp: Language | None = None
        self._kept: list[Example] = []
        self._kept_tokens = 0
        self._packed = packed()
        self._lengths = array("l")

    def __len__(self) -> int:
        return len(self._lengths)

    @overload
    def __getitem__(self, place: int) -> Example: ...
    @overload
    def __getitem__(self, place: slice) -> list[Example]: ...
    def __getitem__(self, place: int | slice) -> Example | list[Example]:
        """The example at ``place``, or those of a slice."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        return self._kept[place] if place < len(self._kept) else self._unpacked(place - len(self._kept))

    def extend(self, examples: Iterable[Example], nlp: Language) -> None:
        """Add examples of ``nlp``, each as soon as it is drawn."""
        self._nlp = nlp
        for example in examples:
            self._add(example)

    def append(self, example: Example, nlp: Language) -> None:
        """Add an example of ``nlp``."""
        self._nlp = nlp
        self._add(example)

    def extend_packed(self, docs: DocBin, nlp: Language) -> Iterator[None]:
        """Add an example of ``nlp`` for each of ``docs``, as it is where examples are packed; yields after each.

        ``docs`` have the attributes of :func:`packed`.
        """
        self._nlp = nlp
        for string in docs.strings:
            nlp.vocab[string]  # as DocBin.get_docs does
        self._packed.strings.update(docs.strings)
        for place, tokens in enumerate(docs.tokens):
            if self._keeps(len(tokens)):
                self._add(_example(docs, place, nlp))
            else:
                _copy(docs, place, self._packed)
                self._lengths.append(len(tokens))
            yield

    def bundle(self, places: Iterable[int], docs: DocBin) -> Iterator[None]:
        """Put what the examples at ``places`` have to say into ``docs``, without making any; yields after each."""
        docs.strings.update(self._packed.strings)
        for place in places:
            if place < len(self._kept):
                docs.add(self._kept[place].reference)
            else:
                _copy(self._packed, place - len(self._kept), docs)
            yield

    def words(self, place: int) -> bytes:
        """What the text of the example at ``place`` shares with none that differs, without making the example."""
        if place >= len(self._kept):
            return words_of(self._packed, place - len(self._kept))
        doc = self._kept[place].reference
        return _words(doc.to_array("ORTH"), doc.to_array("SPACY"))

    def tokens(self, place: int) -> int:
        """How many the example at ``place`` has, without making it."""
        return self._lengths[place]

    def drop_last(self, number: int) -> None:
        """Let go of so many, or all."""
        del self._lengths[-number:]
        del self._kept[len(self._lengths) :]
        packed, bundle = len(self._lengths) - len(self._kept), self._packed
        for column in (bundle.tokens, bundle.spaces, bundle.cats, bundle.flags, bundle.span_groups):
            del column[packed:]

    def _add(self, example: Example) -> None:
        if self._keeps(len(example)):
            self._kept.append(example)
            self._kept_tokens += len(example)
        else:
            self._packed.add(example.reference)
        self._lengths.append(len(example))

    def _keeps(self, tokens: int) -> bool:
        """Whether an example of so many tokens stays as it is."""
        # Once one is packed all are, so that the places of the packed ones follow on the others.
        return not len(self._packed) and self._kept_tokens + tokens <= self._most_kept

    def _unpacked(self, place: int) -> Example:
        if self._nlp is None:
            raise RuntimeError("nothing was added yet")
        return _example(self._packed, place, self._nlp)


def packed() -> DocBin:
    """An empty bundle of documents, with the attributes that examples are made of."""
    return DocBin(attrs=_ATTRIBUTES)


def words_of(docs: DocBin, place: int) -> bytes:
    """The same as :meth:`ExampleList.words`, of a document in a bundle."""
    return _words(docs.tokens[place][:, 0], docs.spaces[place])


def _words(words: NDArray[Any], spaces: NDArray[Any]) -> bytes:
    return words.astype(np.uint64).tobytes() + spaces.astype(bool).tobytes()


def _copy(docs: DocBin, place: int, other: DocBin) -> None:
    """Put one of ``docs`` into the ``other`` bundle; its strings are there."""
    other.tokens.append(docs.tokens[place])
    other.spaces.append(docs.spaces[place])
    other.cats.append(docs.cats[place])
    other.flags.append(docs.flags[place])
    other.span_groups.append(docs.span_groups[place])


def _example(docs: DocBin, place: int, nlp: Language) -> Example:
    one = packed()
    # Its strings stay away: the vocabulary has them all, and would be given them again for each example.
    _copy(docs, place, one)
    reference = next(one.get_docs(nlp.vocab))
    return Example(_predicted(reference, nlp), reference)


def tokens_at(examples: Sequence[Example], place: int) -> int:
    """How many tokens the example at ``place`` has."""
    return examples.tokens(place) if isinstance(examples, ExampleList) else len(examples[place])


def _predicted(reference: Doc, nlp: Language) -> Doc:
    """The document that is predicted for, as ``spacy.training.Corpus`` makes it."""
    if reference.has_unknown_spaces:
        spaces = [bool(token.whitespace_) for token in reference]
        return Doc(nlp.vocab, words=[token.text for token in reference], spaces=spaces)
    return nlp.make_doc(reference.text)
