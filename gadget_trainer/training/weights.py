"""The weights of a pipeline, put aside after its best iteration."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from spacy.language import Language
from thinc.api import Model


def trainable(nlp: Language, frozen: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """The components of ``nlp`` that learn: all that can, but for the ``frozen``."""
    for name, component in _components(nlp):
        can_learn = getattr(component, "is_trainable", False) and isinstance(component.model, Model)
        if name not in frozen and can_learn:
            yield name, component


class Weights:
    """The numbers that a pipeline has learned, at one moment."""

    def __init__(self, nlp: Language, frozen: Sequence[str]) -> None:
        """Copy them from the components of ``nlp`` that learn."""
        self._bytes = {name: component.model.to_bytes() for name, component in trainable(nlp, frozen)}

    def put_into(self, nlp: Language) -> None:
        """Give them back to the pipeline that they came from."""
        for name, component in _components(nlp):
            if name in self._bytes:
                component.model.from_bytes(self._bytes[name])


def _components(nlp: Language) -> list[tuple[str, Any]]:
    # spaCy's types know components as functions only.
    return cast("list[tuple[str, Any]]", nlp.pipeline)
