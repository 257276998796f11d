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
    """The numbers that a pipeline has learned, at one moment.

    Copied array by array: ``Model.to_bytes`` and ``from_bytes`` keep the other threads of Python waiting for thirty
    milliseconds at a time.
    """

    def __init__(self, nlp: Language, frozen: Sequence[str]) -> None:
        """Copy them from the components of ``nlp`` that learn."""
        self._components = {name: _copied(component.model) for name, component in trainable(nlp, frozen)}

    def put_into(self, nlp: Language) -> None:
        """Give them back to the pipeline that they came from."""
        for name, component in _components(nlp):
            if name in self._components:
                _restore(component.model, self._components[name])


def _copied(model: Model[Any, Any]) -> list[tuple[dict[str, Any], list[bytes]]]:
    """For each layer its arrays by name, and what frameworks other than Thinc keep in it."""
    return [
        (
            {name: node.get_param(name).copy() for name in node.param_names if node.has_param(name)},
            [shim.to_bytes() for shim in node.shims],  # type: ignore[no-untyped-call]  # thinc forgot to type it
        )
        for node in model.walk()
    ]


def _restore(model: Model[Any, Any], copied: list[tuple[dict[str, Any], list[bytes]]]) -> None:
    for node, (arrays, shims) in zip(model.walk(), copied, strict=True):
        for name, array in arrays.items():
            node.set_param(name, array.copy())
        for shim, content in zip(node.shims, shims, strict=True):
            shim.from_bytes(content)


def _components(nlp: Language) -> list[tuple[str, Any]]:
    # spaCy's types know components as functions only.
    return cast("list[tuple[str, Any]]", nlp.pipeline)
