"""What a base knows beyond what the texts teach, read from its folder without loading its weights."""

from collections.abc import Collection, Sequence

from gadget_trainer.training.check.problem import Problem, Severity, block, named
from gadget_trainer.training.kept_labels import known_already
from gadget_trainer.training.settings import TrainingSettings


def forgetting(settings: TrainingSettings, labels: Sequence[str], taught: Collection[str]) -> list[Problem]:
    """What becomes of those of the base's ``labels`` that are not ``taught``."""
    absent = [label for label in labels if label not in taught]
    if settings.second_recogniser and len(absent) < len(labels):
        return [block("labels known", known_already([label for label in labels if label in taught]))]
    if not absent:
        return []
    knows = f"The base also knows {named(absent)}, which no span has here"
    if settings.second_recogniser:
        said = f"{knows}. Its recogniser stays as it is and finds them as before."
        return [Problem(Severity.FACT, "labels kept", said)]
    if settings.mix_in:
        said = f"{knows}. Its own predictions are trained along, so that it keeps them."
        return [Problem(Severity.FACT, "labels kept", said)]
    said = f"{knows}, so it will forget them. Switch on “Keep what the base knew”, or highlight some in the texts."
    return [Problem(Severity.WARN, "labels forgotten", said)]
