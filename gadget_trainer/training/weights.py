"""The weights of a pipeline, put aside after its best iteration or for a checkpoint."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from spacy.language import Language
from thinc.api import Model

Array = np.ndarray[Any, Any]
Place = tuple[str, int, str]
"""A component's name, a layer's place in it, and the name of one of the layer's arrays: unlike the numbers that Thinc
gives its layers, the same in every process."""


def trainable(nlp: Language, frozen: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """The components of ``nlp`` that learn: all that can, but for the ``frozen``."""
    # spaCy's types know components as functions only.
    for name, component in cast("list[tuple[str, Any]]", nlp.pipeline):
        can_learn = getattr(component, "is_trainable", False) and isinstance(component.model, Model)
        if name not in frozen and can_learn:
            yield name, component


def layers(nlp: Language, frozen: Sequence[str]) -> Iterator[tuple[str, int, Model[Any, Any]]]:
    """The layers of the components that learn: the component's name, the place in it, the layer."""
    for name, component in trainable(nlp, frozen):
        for place, layer in enumerate(component.model.walk()):
            yield name, place, layer


class Weights:
    """The numbers that a pipeline has learned, at one moment.

    Copied array by array: ``Model.to_bytes`` and ``from_bytes`` keep the other threads of Python waiting for thirty
    milliseconds at a time.
    """

    def __init__(self, arrays: Mapping[Place, Array]) -> None:
        """Of arrays that nobody changes any more."""
        self.arrays = arrays

    @classmethod
    def of(cls, nlp: Language, frozen: Sequence[str]) -> "Weights":
        """Copy them from the components of ``nlp`` that learn."""
        return cls(dict(_copied(nlp, frozen)))

    def put_into(self, nlp: Language) -> None:
        """Give them to the pipeline that they came from, or to one that was built from the same files."""
        known = {name for name, _, _ in self.arrays}
        for name, place, layer in layers(nlp, [one for one in nlp.component_names if one not in known]):
            for param in layer.param_names:
                if (name, place, param) in self.arrays:
                    layer.set_param(param, given(layer, self.arrays[name, place, param]))
            for number, shim in enumerate(layer.shims):
                shim.from_bytes(self.arrays[name, place, _shim(number)].tobytes())


def _copied(nlp: Language, frozen: Sequence[str]) -> Iterator[tuple[Place, Array]]:
    for name, place, layer in layers(nlp, frozen):
        for param in layer.param_names:
            if layer.has_param(param):
                yield (name, place, param), copied(layer, layer.get_param(param))
        for number, shim in enumerate(layer.shims):
            content = shim.to_bytes()  # type: ignore[no-untyped-call]  # thinc forgot to type it
            yield (name, place, _shim(number)), np.frombuffer(content, dtype=np.uint8)


def copied(layer: Model[Any, Any], array: Any) -> Array:
    """A copy of one of a layer's arrays, in the processor's memory wherever the array is."""
    return np.array(layer.ops.to_numpy(array))  # type: ignore[no-untyped-call]  # thinc forgot to type it


def given(layer: Model[Any, Any], array: Array) -> Any:
    """A copy of ``array`` in the memory that the layer works in."""
    return layer.ops.asarray(array.copy())  # type: ignore[arg-type]  # thinc has types of its own for arrays


def _shim(number: int) -> str:
    """What frameworks other than Thinc keep in a layer, in the place of an array's name."""
    return f"shim {number}"
