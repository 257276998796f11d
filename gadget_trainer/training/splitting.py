"""Words that the project always splits, in a run from scratch: their rules are saved and loaded with a pipeline."""

from pathlib import Path

from thinc.api import Config

from gadget_trainer.training.categories import Taught
from gadget_trainer.training.config import TOKENIZER_FOLDER, config_from_scratch
from gadget_trainer.training.loading import blank_pipeline
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.word_splits import add_splits, takes_splits


def start_from_scratch(settings: TrainingSettings, words: int, folder: Path, taught: Taught) -> Config:
    """The config of a run from scratch; where words are split, their rules are written into ``folder`` for it.

    ``spacy train`` knows rules only as those of a pipeline that it can copy. Raises OSError, and UserError as
    :func:`config_from_scratch` does.
    """
    config = config_from_scratch(settings, words, taught)
    if not settings.splits:
        return config
    nlp = blank_pipeline(config["nlp"]["lang"])
    if takes_splits(nlp):
        add_splits(nlp, settings.splits)
        (folder / TOKENIZER_FOLDER).parent.mkdir(exist_ok=True)
        nlp.to_disk(folder / TOKENIZER_FOLDER)
        config["initialize"]["before_init"] = {
            "@callbacks": "spacy.copy_from_base_model.v1",
            "tokenizer": TOKENIZER_FOLDER,
            "vocab": None,
        }
    return config
