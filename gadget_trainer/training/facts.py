"""What is said of a run beside its scores, in its pipeline's meta.json and in its project."""

import platform
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import thinc.about
from spacy.about import __version__ as spacy_version

from gadget_trainer import __version__
from gadget_trainer.training.beginning import Beginning
from gadget_trainer.training.predict import entity_labels
from gadget_trainer.training.state import RunState


def facts(beginning: Beginning, state: RunState) -> dict[str, Any]:
    """What a run was, of values that JSON knows."""
    settings, best = beginning.settings.to_json(), state.best_iteration
    categories = beginning.split.categories.names
    del settings["output"]  # a folder can be moved
    return {
        **settings,
        "best_iteration": best.iteration if best else 0,
        "iterations_done": state.standing.iteration,
        "seconds": round(state.seconds, 1),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "labels": sorted(entity_labels(state.built.nlp)),
        **({"categories": list(categories)} if categories else {}),
        "data": str(state.data),
        "texts": len(beginning.done) + len(state.joined),
        "joined": len(state.joined),
        **({"kept_labels": [asdict(one) for one in state.kept]} if state.kept else {}),
        "versions": {
            "gadget_trainer": __version__,
            "spacy": spacy_version,
            "thinc": thinc.about.__version__,
            "python": platform.python_version(),
        },
    }
