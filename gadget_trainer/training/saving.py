"""Saved means proven: a pipeline is written beside its place, loaded again, tried, and then put there."""

import json
import math
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc

from gadget_trainer.errors import UserError
from gadget_trainer.replacing import HiddenFolder, put_in_place
from gadget_trainer.training.category_scores import CategoryScores
from gadget_trainer.training.check import refuse_unsafe_output
from gadget_trainer.training.config import CONFIG_FILE, HELD_OUT_FILE, START_FOLDER, TRAIN_FILE
from gadget_trainer.training.kept_labels import KeptLabel
from gadget_trainer.training.loading import entity_recogniser, text_categoriser
from gadget_trainer.training.predict import categories_in, documents, spans_in
from gadget_trainer.training.progress import IterationDone, Saved, Saving
from gadget_trainer.training.run_stages import Stage
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.unjudged import leave_unjudged

_SLICE = 10
"""Texts that are compared between two records."""

_ORIGIN = ("name", "description", "author", "email", "url", "license", "sources")
"""What a base's meta.json says of where it comes from."""

_README = """\
# {name}

    import spacy
    nlp = spacy.load("{name}")  # the path of this folder
{tried}

It was made with spaCy {version}; meta.json holds its scores. corpus/ holds what it was trained with: how it scores on
the texts held out, and the training once more, said in this folder:

    python -m spacy evaluate . {held_out}
    python -m spacy train {config} --output ../{name}-again

The training goes through the same {iterations} iterations and ends with model-last; this folder holds {kept}.{joined}
The files in corpus/ contain your texts: remove that folder before you give the pipeline away.
"""

_JOINED = """
Some of the texts joined while it was trained, so what comes of it will differ a little.\
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has come to."""

    nlp: Language
    """With the weights to be saved."""
    settings: TrainingSettings
    iteration: IterationDone | None
    """The one whose weights they are; None if none was finished."""
    facts: Mapping[str, Any]
    """What is said of the run in meta.json beside the scores."""
    run_folder: Path
    """Where its ``corpus/`` is."""
    samples: Sequence[str]
    """Texts that the saved pipeline is tried on."""
    write_learned: Callable[[Path], Iterator[None]] | None = None
    """Writes a training file in the place of the run's, where texts joined it later; a step yields now and then."""
    judged: frozenset[str] | None = None
    """The labels that were scored, if not all."""
    kept: tuple[KeptLabel, ...] = ()
    """How the labels of a base did before and after."""


def save(outcome: Outcome) -> Iterator[Saving | Saved]:
    """Save the pipeline in its folder. Raises UserError, and then what was in the folder is there as before."""
    target = outcome.settings.output
    refuse_unsafe_output(target)
    try:
        partial = HiddenFolder(target, "partial")
        try:
            folder = partial.path / target.name
            yield from _write(outcome, folder)
            yield from _prove(outcome, folder)
            yield Saving("Putting it in place", 0.95)
            put_in_place(folder, target)
        finally:
            partial.remove()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"The pipeline could not be saved in “{target}”: {reason}. What was there before is unchanged. "
            "Make room or choose another folder, and save again."
        ) from error
    iteration = outcome.iteration
    yield Saved(
        folder=target,
        best_iteration=iteration.iteration if iteration else 0,
        f_score=iteration.f_score if iteration else None,
        checked_texts=len(outcome.samples),
        kept=outcome.kept,
    )


def _write(outcome: Outcome, folder: Path) -> Iterator[Saving]:
    yield Saving("Writing the pipeline", 0.0)
    nlp, target = outcome.nlp, outcome.settings.output
    nlp.config["paths"]["train"], nlp.config["paths"]["dev"] = TRAIN_FILE, HELD_OUT_FILE
    # What it was started from may be gone when somebody loads it.
    nlp.config["initialize"]["before_init"] = None
    _describe(outcome)
    nlp.to_disk(folder)
    yield Saving("Writing what it was trained with", 0.3)
    shutil.copytree(outcome.run_folder / "corpus", folder / "corpus")
    if outcome.write_learned is not None:
        for _ in outcome.write_learned(folder / TRAIN_FILE):
            yield Saving("Writing what it was trained with", 0.3)
    if outcome.judged is not None:
        for _ in leave_unjudged(nlp, folder / HELD_OUT_FILE, outcome.judged):
            yield Saving("Writing what it was trained with", 0.35)
    kept = f"the weights of iteration {outcome.iteration.iteration}" if outcome.iteration else "unfinished weights"
    (folder / "README.md").write_text(
        _README.format(
            name=target.name,
            tried="\n".join(_tried(outcome)),
            version=spacy_version,
            config=CONFIG_FILE,
            held_out=HELD_OUT_FILE,
            iterations=outcome.settings.iterations,
            kept=kept,
            joined=_JOINED if outcome.write_learned is not None else "",
        ),
        encoding="utf-8",
    )


def _tried(outcome: Outcome) -> Iterator[str]:
    """Lines of Python that show what the pipeline finds."""
    if entity_recogniser(outcome.nlp):
        yield '    print([(ent.text, ent.label_) for ent in nlp("Your text").ents])'
    if text_categoriser(outcome.nlp):
        yield '    print(nlp("Your text").cats)  # the probability of each category'


def _prove(outcome: Outcome, folder: Path) -> Iterator[Saving]:
    """Load the folder as anyone would, and hold its predictions against those of the pipeline in memory."""
    yield Saving("Loading it again", 0.4)
    loaded = spacy.load(folder)
    for start in range(0, len(outcome.samples), _SLICE):
        yield Saving(Stage.TRYING, 0.6 + 0.3 * start / len(outcome.samples))
        for text in outcome.samples[start : start + _SLICE]:
            if not _same(next(documents(loaded, [text])), next(documents(outcome.nlp, [text]))):
                raise UserError(
                    "The pipeline was not saved: loaded again, it predicted something else than before. What was "
                    f"in “{outcome.settings.output}” is unchanged. The disk may be failing; try another folder."
                )


def _same(docs: Sequence[Doc], others: Sequence[Doc]) -> bool:
    """Whether a text was read alike; probabilities may differ by as little as a sum in another order does."""
    one, other = categories_in(docs), categories_in(others)
    alike = one.keys() == other.keys() and all(math.isclose(one[name], other[name], abs_tol=1e-4) for name in one)
    return alike and spans_in(docs) == spans_in(others)


def _describe(outcome: Outcome) -> None:
    """Fill in meta.json: scores as spaCy names them, and where the pipeline comes from."""
    meta, iteration = outcome.nlp.meta, outcome.iteration
    start = outcome.run_folder / START_FOLDER / "meta.json"
    if start.is_file():
        # Whoever made the base stays named, with the licence that it came under.
        theirs = json.loads(start.read_text(encoding="utf-8"))
        meta.update({key: theirs[key] for key in _ORIGIN if key in theirs})
    meta["performance"] = _performance(iteration) if iteration else {}
    meta["gadget_trainer"] = dict(outcome.facts)


def _performance(iteration: IterationDone) -> dict[str, Any]:
    scores: dict[str, Any] = {
        "ents_p": iteration.precision,
        "ents_r": iteration.recall,
        "ents_f": iteration.f_score,
        "ents_per_type": {
            label.label: _finite({"p": label.precision, "r": label.recall, "f": label.f_score})
            for label in iteration.labels
        },
        **_category_performance(iteration.categories),
        **{f"{name}_loss": loss for name, loss in iteration.losses.items()},
    }
    return _finite(scores)


def _category_performance(scores: CategoryScores | None) -> dict[str, Any]:
    if scores is None:
        return {}
    return {
        "cats_score": scores.macro_f if scores.exclusive else scores.macro_auc,
        "cats_macro_f": scores.macro_f,
        "cats_micro_f": scores.micro_f,
        "cats_macro_auc": scores.macro_auc,
        "cats_f_per_type": {
            one.label: _finite({"p": one.precision, "r": one.recall, "f": one.f_score}) for one in scores.labels
        },
    }


def _finite(scores: dict[str, Any]) -> dict[str, Any]:
    """``scores`` without what is undefined, and without numbers that JSON has no name for."""
    return {
        name: value
        for name, value in scores.items()
        if value is not None and not (isinstance(value, float) and not math.isfinite(value))
    }
