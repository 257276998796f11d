"""A recogniser beside the one that a pipeline has: it learns new labels, and the first one stays as it is.

spaCy's way to forget nothing: what a recogniser finds, those behind it leave as it is.
"""

from typing import Any

from spacy.language import Language

from gadget_trainer.training.loading import entity_recognisers

_NEVER = -10_000.0
"""The bias of a move that is not made: a step of the optimiser is a thousandth."""


def add_recogniser(nlp: Language, recogniser: str, name: str, copied: Language) -> None:
    """Give ``nlp`` a recogniser of that name behind those that it has.

    It begins as a copy of ``recogniser`` in ``copied``, the same pipeline loaded once more, that finds none of its
    labels. From nothing it would reach less: F 0.20 where the copy reached 0.24 with three labels of WNUT17
    (bench_forgetting.py, three draws).
    """
    for other, component in copied.pipeline:
        if recogniser in getattr(component, "listening_components", []):
            copied.replace_listeners(other, recogniser, ["model.tok2vec"])
    _silence(copied.get_pipe(recogniser))
    nlp.add_pipe(recogniser, name=name, source=copied, after=entity_recognisers(nlp)[-1])


def _silence(recogniser: Any) -> None:
    """Let it begin no entity. Its labels must stay, for those are what it must leave as they are."""
    moves = recogniser.moves
    entities = [move for move in range(moves.n_moves) if "-" in moves.get_class_name(move)]
    model = recogniser.model
    layer = model.get_ref("upper" if model.attrs["has_upper"] else "lower")
    bias = layer.get_param("b").copy()
    bias[entities] = _NEVER
    layer.set_param("b", bias)
