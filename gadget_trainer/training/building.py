"""The pipeline, the examples and the optimizer of a run, built from the files in its folder as spaCy would."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.schemas import ConfigSchemaTraining
from spacy.training import Corpus
from spacy.training.initialize import init_nlp
from spacy.util import load_config, registry, resolve_dot_names
from thinc.api import Optimizer

from gadget_trainer.training.checkpoint import Batcher, Sizes, with_counted_sizes
from gadget_trainer.training.config import CONFIG_FILE, absolute
from gadget_trainer.training.example_list import ExampleList
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.run_stages import Stage

JOINED_FILE = "joined.spacy"
"""Texts that joined a run after it began. Not among those that the pipeline is built from: the order of its labels
follows from how frequent they are."""

SLICE = 50
"""Examples that are built between two records."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a course is made of."""

    nlp: Language
    examples: ExampleList
    """Those of the training file, and after them those that joined."""
    joined: int
    """How many of the examples joined."""
    held_out: ExampleList
    optimizer: Optimizer
    batches: Batcher
    sizes: Sizes
    frozen: list[str]
    accumulate: int
    dropout: float
    score_weights: dict[str, float]
    """What each of spaCy's scores counts when the best iteration is chosen."""


def build(folder: Path, documents: int, examples: ExampleList) -> Generator[Preparing, None, Built]:
    """Build what the files in ``folder`` describe, with about ``documents`` documents; fills ``examples``."""
    yield Preparing(Stage.MODEL, 0.0)
    config = load_config(folder / CONFIG_FILE, interpolate=False)
    overrides = absolute(config, folder)
    nlp = init_nlp(load_config(folder / CONFIG_FILE, overrides=overrides, interpolate=False))
    interpolated = nlp.config.interpolate()
    training = registry.resolve(interpolated["training"], schema=ConfigSchemaTraining)
    readers = resolve_dot_names(interpolated, [training["train_corpus"], training["dev_corpus"]])
    held_out = ExampleList()
    for side, read in zip((examples, held_out), readers, strict=True):
        for example in read(nlp):
            built = len(examples) + len(held_out)
            if built % SLICE == 0:
                yield Preparing(Stage.EXAMPLES, min(built / max(documents, 1), 1.0))
            side.append(example, nlp)
    first = len(examples)
    if (folder / JOINED_FILE).is_file():
        for number, example in enumerate(Corpus(folder / JOINED_FILE)(nlp)):
            if number % SLICE == 0:
                yield Preparing(Stage.EXAMPLES, 1.0)
            examples.append(example, nlp)
    yield Preparing("Beginning with the first iteration", 1.0)
    batches, sizes = with_counted_sizes(training["batcher"])
    return Built(
        nlp=nlp,
        examples=examples,
        joined=len(examples) - first,
        held_out=held_out,
        optimizer=training["optimizer"],
        batches=batches,
        sizes=sizes,
        frozen=list(training["frozen_components"]),
        accumulate=training["accumulate_gradient"],
        dropout=training["dropout"],
        score_weights={name: weight for name, weight in training["score_weights"].items() if weight},
    )
