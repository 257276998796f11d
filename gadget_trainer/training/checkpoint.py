"""All that the rest of a run depends on, kept in a file after each iteration, so that a broken run can go on.

What Thinc's ``Optimizer.to_bytes`` writes would not do: it names the layers by numbers that another process gives to
others, and leaves out the schedules. The layers themselves are built again from the run's files, which decides all
but their weights.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.training import Example
from thinc.api import Optimizer

from gadget_trainer.errors import UserError
from gadget_trainer.training.array_file import read_arrays, write_arrays
from gadget_trainer.training.unfinished import CHECKPOINT_FILE
from gadget_trainer.training.weights import Array, Place, Weights, copied, given, layers

_BEST_FILE = "best-{iteration}.arrays"
_MOMENTS = ("mom1", "mom2", "averages")
_STATE, _RECORDS, _ORDER, _RANDOM, _NUMPY_RANDOM = "state", "records", "order", "random", "numpy random"

Batcher = Callable[[Iterable[Example]], Iterable[list[Example]]]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A run after an iteration. None of its arrays changes any more."""

    weights: Weights
    optimizer: Mapping[tuple[str, Place], Array]
    """The optimizer's arrays by kind and place."""
    updates: Mapping[Place, int]
    """How often the optimizer changed each of the pipeline's arrays."""
    sizes_drawn: int
    """Batch sizes that the batcher took from its schedule."""
    order: Sequence[int]
    """That of :class:`~gadget_trainer.training.loop.Standing`."""
    chance: tuple[tuple[Any, ...], tuple[Any, ...]]
    """The states of Python's and of numpy's random numbers."""
    state: Mapping[str, Any]
    """What else the run keeps, of values that JSON knows."""
    records: Sequence[str]
    """What each iteration reported, as JSON."""
    best: Weights | None
    best_iteration: int
    """The iteration that ``best`` is of; 0 without one."""


class Sizes(Iterator[Any]):
    """The schedule of a batcher's sizes, which knows how far it is."""

    def __init__(self, sizes: Iterator[Any]) -> None:
        self._sizes = sizes
        self.drawn = 0

    def __next__(self) -> Any:
        """The next size."""
        self.drawn += 1
        return next(self._sizes)

    def advance(self, drawn: int) -> None:
        """Draw until so many are drawn."""
        while self.drawn < drawn:
            next(self)


def with_counted_sizes(batcher: Batcher) -> tuple[Batcher, Sizes]:
    """The batcher, and its schedule of sizes; where each batch has the same size, a schedule that nobody draws from."""
    size = batcher.keywords.get("size") if isinstance(batcher, partial) else None
    if not isinstance(batcher, partial) or not isinstance(size, Iterator):
        return batcher, Sizes(iter(()))
    sizes = Sizes(size)
    return partial(batcher.func, *batcher.args, **{**batcher.keywords, "size": sizes}), sizes


def optimizer_arrays(nlp: Language, frozen: Sequence[str], optimizer: Optimizer) -> dict[tuple[str, Place], Array]:
    """Copies of what ``optimizer`` keeps of each array of the pipeline."""
    return {
        (kind, (name, place, param)): copied(layer, held[layer.id, param])
        for name, place, layer in layers(nlp, frozen)
        for param in layer.param_names
        for kind in _MOMENTS
        if (held := getattr(optimizer, kind)) and (layer.id, param) in held
    }


def optimizer_updates(nlp: Language, frozen: Sequence[str], optimizer: Optimizer) -> dict[Place, int]:
    """How often ``optimizer`` changed each array of the pipeline."""
    return {
        (name, place, param): optimizer.nr_update[layer.id, param]
        for name, place, layer in layers(nlp, frozen)
        for param in layer.param_names
        if (layer.id, param) in optimizer.nr_update
    }


def put_back(
    checkpoint: Checkpoint, nlp: Language, frozen: Sequence[str], optimizer: Optimizer, sizes: Sizes, steps: int
) -> None:
    """Bring a pipeline, an optimizer and a batcher that were built anew to where they were after ``steps`` updates.

    The random numbers are those of the process. What the optimizer keeps beside is computed from these (RAdam's
    buffer) or used by nothing (``last_seen``).
    """
    checkpoint.weights.put_into(nlp)
    for name, place, layer in layers(nlp, frozen):
        for param in layer.param_names:
            here = (name, place, param)
            if here in checkpoint.updates:
                optimizer.nr_update[layer.id, param] = checkpoint.updates[here]
            for kind in _MOMENTS:
                if (kind, here) in checkpoint.optimizer:
                    getattr(optimizer, kind)[layer.id, param] = given(layer, checkpoint.optimizer[kind, here])
    for _ in range(steps if optimizer.schedules else 0):
        optimizer.step_schedules()  # type: ignore[no-untyped-call]  # thinc forgot to type it
    sizes.advance(checkpoint.sizes_drawn)
    python, numpy = checkpoint.chance
    random.setstate(python)
    np.random.set_state(numpy)


def chance() -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Where the process's random numbers are."""
    return random.getstate(), np.random.get_state(legacy=True)  # type: ignore[return-value]  # legacy gives a tuple


def write_checkpoint(checkpoint: Checkpoint, folder: Path) -> None:
    """Write it into ``folder``, in the place of the one before. Raises OSError; then the one before is there."""
    if checkpoint.best is not None and not (folder / _best_file(checkpoint)).exists():
        arrays = {_name("best", place): array for place, array in checkpoint.best.arrays.items()}
        write_arrays(folder / _best_file(checkpoint), arrays)
    write_arrays(folder / CHECKPOINT_FILE, _as_arrays(checkpoint))
    remove_other_weights(checkpoint, folder)


def remove_other_weights(checkpoint: Checkpoint, folder: Path) -> None:
    """Remove from ``folder`` the best weights that ``checkpoint`` does not speak of. Raises OSError."""
    for other in folder.glob(_BEST_FILE.format(iteration="*")):
        if other.name != _best_file(checkpoint):
            other.unlink()


def read_checkpoint(folder: Path) -> Checkpoint:
    """The checkpoint in ``folder``. Raises UserError where there is none that can be read."""
    try:
        return _read(folder)
    except (OSError, ValueError, KeyError) as error:
        raise UserError(f"The run in “{folder}” cannot go on: its checkpoint can't be read ({error}).") from error


def _read(folder: Path) -> Checkpoint:
    weights: dict[Place, Array] = {}
    optimizer: dict[tuple[str, Place], Array] = {}
    arrays = read_arrays(folder / CHECKPOINT_FILE)
    state = json.loads(arrays[_STATE].tobytes())
    for entry, array in arrays.items():
        kind, *place = entry.split("\t")
        if kind == "weights":
            weights[_place(place)] = array
        elif kind in _MOMENTS:
            optimizer[kind, _place(place)] = array
    version, gauss = state["random"]
    kind, position, has_gauss, numpy_gauss = state["numpy_random"]
    return Checkpoint(
        weights=Weights(weights),
        optimizer=optimizer,
        updates={_place(entry.split("\t")): count for entry, count in state["updates"].items()},
        sizes_drawn=state["sizes_drawn"],
        order=arrays[_ORDER].tolist(),
        chance=(
            (version, tuple(arrays[_RANDOM].tolist()), gauss),
            (kind, arrays[_NUMPY_RANDOM], position, has_gauss, numpy_gauss),
        ),
        state=state["run"],
        records=[json.dumps(one) for one in json.loads(arrays[_RECORDS].tobytes())],
        best=_read_best(folder, state["best_iteration"]),
        best_iteration=state["best_iteration"],
    )


def _read_best(folder: Path, iteration: int) -> Weights | None:
    if not iteration:
        return None
    arrays = read_arrays(folder / _BEST_FILE.format(iteration=iteration))
    return Weights({_place(entry.split("\t")[1:]): array for entry, array in arrays.items()})


def _as_arrays(checkpoint: Checkpoint) -> dict[str, Array]:
    (version, draws, gauss), (kind, numpy_draws, *rest) = checkpoint.chance
    state = {
        "run": checkpoint.state,
        "updates": {"\t".join(map(str, place)): count for place, count in checkpoint.updates.items()},
        "sizes_drawn": checkpoint.sizes_drawn,
        "best_iteration": checkpoint.best_iteration,
        "random": [version, gauss],
        "numpy_random": [kind, *rest],
    }
    return {
        _STATE: _bytes(json.dumps(state)),
        # Each was made JSON when it came: a thousand of them in one go would keep a window waiting.
        _RECORDS: _bytes(f"[{','.join(checkpoint.records)}]"),
        _ORDER: np.array(checkpoint.order, dtype=np.uint32),
        _RANDOM: np.array(draws, dtype=np.uint32),
        _NUMPY_RANDOM: np.asarray(numpy_draws),
        **{_name("weights", place): array for place, array in checkpoint.weights.arrays.items()},
        **{_name(kind, place): array for (kind, place), array in checkpoint.optimizer.items()},
    }


def _best_file(checkpoint: Checkpoint) -> str:
    return _BEST_FILE.format(iteration=checkpoint.best_iteration)


def _name(kind: str, place: Place) -> str:
    return "\t".join((kind, *map(str, place)))


def _place(parts: Sequence[str]) -> Place:
    name, place, param = parts
    return name, int(place), param


def _bytes(text: str) -> Array:
    return np.frombuffer(text.encode(), dtype=np.uint8)
