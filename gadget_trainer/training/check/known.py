"""What a base knows beyond what the texts teach, read from its folder without loading its weights."""

import json
from collections.abc import Collection, Sequence

from spacy.util import load_config

from gadget_trainer.training.check.problem import Problem, Severity, named
from gadget_trainer.training.loading import pipeline_folder
from gadget_trainer.training.settings import TrainingSettings

_RECOGNISERS = ("ner", "beam_ner")


def labels_of_base(base: str) -> list[str]:
    """The labels of the entity recogniser of the pipeline ``base``. Raises UserError where there is no pipeline."""
    folder = pipeline_folder(base)
    components = load_config(folder / "config.cfg", interpolate=False).get("components", {})
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    for name, component in components.items():
        if component.get("factory") in _RECOGNISERS:
            return list(meta.get("labels", {}).get(name, ()))
    return []


def forgetting(settings: TrainingSettings, labels: Sequence[str], taught: Collection[str]) -> list[Problem]:
    """What becomes of those of the base's ``labels`` that are not ``taught``."""
    absent = [label for label in labels if label not in taught]
    if not absent:
        return []
    knows = f"The base also knows {named(absent)}, which no span has here"
    if settings.mix_in:
        said = f"{knows}. Its own predictions are trained along, so that it keeps them."
        return [Problem(Severity.FACT, "labels kept", said)]
    said = f"{knows}, so it will forget them. Switch on “Keep what the base knew”, or highlight some in the texts."
    return [Problem(Severity.WARN, "labels forgotten", said)]
