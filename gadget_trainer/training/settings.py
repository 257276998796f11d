"""What a person chooses before a run. Knows no spaCy, so that the window's form can use it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

from gadget_trainer.corpus.records import Pieces
from gadget_trainer.errors import UserError

LARGEST_BATCH = 20_000
"""Words. An update needs about 28 KB a word, so this is half a gigabyte."""
OPTIMIZERS = ("Adam", "RAdam")
"""Those of spaCy that learn at its learn rate; its third, SGD, moves a thousand times less there."""

CONFIG_DECIDES = (
    "language",
    "batch_size",
    "compounding",
    "dropout",
    "optimizer",
    "learn_rate",
    "accumulate",
    "vectors",
)
"""The settings that a person's own config goes before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSettings:
    """One run's settings; see :meth:`problems` for the ranges."""

    output: Path
    """The folder that the pipeline is saved to."""
    base: str = ""
    """Empty: from scratch. Otherwise the folder or the name of the installed pipeline to continue from."""
    language: str = "en"
    """The code of the language, as spaCy spells it; a base brings its own, so then it is not looked at."""
    iterations: int = 10
    """How often the run goes through all the texts."""
    batch_size: int = 0
    """Words in a batch; 0 chooses by the size of the corpus, see :func:`automatic_batch_size`."""
    compounding: bool = False
    """Whether a batch starts at a tenth of ``batch_size`` and grows to it."""
    dropout: float = 0.3
    """The share of the network that is switched off by chance at each update. Against spaCy's 0.1, 0.3 starts a
    little slower and ends higher: F 69.0 against 63.9 with 150 texts of prodigy_food, 79.7 against 78.2 with all."""
    held_out: float = 0.2
    """The share of the finished texts that is kept for scoring and not learned from."""
    seed: int = 0
    """The same seed and texts give the same losses. It does not choose which texts are held out."""
    mix_in: bool = True
    """With a base: whether its own predictions are trained along, so that it keeps what it knew."""
    mix_in_amount: float = 1.0
    """Words with the base's own predictions for each annotated word."""
    mix_in_file: str = ""
    """A text file (a text a line) whose texts are mixed in too; empty: only the project's own texts."""
    second_recogniser: bool = False
    """With a base that has a recogniser: whether the new labels get one of their own beside it, and it stays as it is.
    It finds its labels exactly as before, but reading takes about twice as long; see
    :mod:`gadget_trainer.training.second_recogniser`."""
    patience: int = 0
    """The run ends after so many iterations without a better score; 0: never. The loss has no say."""
    optimizer: str = "Adam"
    """How weights follow their gradients: one of :data:`OPTIMIZERS`."""
    learn_rate: float = 0.0
    """The step of the optimizer, spaCy's ``learn_rate``; 0 chooses, see :func:`automatic_learn_rate`."""
    accumulate: int = 1
    """Parts that a batch is cut into, their gradients summed before a step, spaCy's ``accumulate_gradient``."""
    evaluate_every: int = 1
    """Iterations between two scores; the last one is always scored."""
    vectors: str = ""
    """The folder or name of a pipeline whose word vectors are used as features; empty: none."""
    gpu: bool = False
    """Whether to train on a graphics processor, where there is one."""
    numpy_blas: bool = False
    """Whether numpy multiplies matrices, in one thread, instead of Thinc's BLIS, as ``spacy train`` has it. The same
    texts and seed then give weights that differ in their last digits, and so other losses."""
    splits: tuple[Pieces, ...] = ()
    """Words that are always split; those of the project."""
    config: str = ""
    """The text of a spaCy config that the person edited; it goes before all settings that it holds itself.

    Empty: the config is made from the settings. See ``own_config`` for what remains the settings'.
    """

    def problems(self) -> list[str]:
        """A sentence for each value that is out of range; none when the run can start."""
        rules = (
            (str(self.output) not in ("", "."), "Choose a folder for the trained pipeline."),
            (
                bool(self.base.strip() or self.language.strip()),
                "Choose a language, or a base to continue from.",
            ),
            (1 <= self.iterations <= 1000, "The number of iterations must be between 1 and 1,000."),
            (
                self.batch_size == 0 or 10 <= self.batch_size <= LARGEST_BATCH,
                f"A batch must have between 10 and {LARGEST_BATCH:,} words, or 0 to choose by itself.",
            ),
            (0 <= self.dropout <= 0.9, "The dropout must be between 0 and 0.9."),
            (0 <= self.held_out <= 0.9, "The share of texts held out must be between 0 and 0.9."),
            (0 <= self.seed < 2**32, "The seed must be between 0 and 4,294,967,295."),
            (0 <= self.mix_in_amount <= 10, "The amount that is mixed in must be between 0 and 10."),
            (0 <= self.patience <= 1000, "The patience must be between 0 and 1,000 iterations."),
            (self.optimizer in OPTIMIZERS, f"The optimiser must be one of {', '.join(OPTIMIZERS)}."),
            (0 <= self.learn_rate <= 1, "The learn rate must be automatic, or above 0 and at most 1."),
            (1 <= self.accumulate <= 100, "A batch can be learned in 1 to 100 parts."),
            (1 <= self.evaluate_every <= 100, "There must be a score every 1 to 100 iterations."),
        )
        return [sentence for holds, sentence in rules if not holds]

    def to_json(self) -> dict[str, object]:
        """All of them by name, in JSON's types: what a project keeps."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"output": str(self.output)}

    @classmethod
    def from_json(cls, kept: Mapping[str, object], default: Self) -> Self:
        """What ``to_json`` gave, perhaps of another version of the program.

        Names that are not known are passed over; what is missing, of another type or out of range is as in ``default``.
        """
        settings = default
        for field in fields(cls):
            change: dict[str, Any] = {field.name: _of_type(kept.get(field.name), getattr(default, field.name))}
            if change[field.name] is not None:
                changed = replace(settings, **change)
                if set(changed.problems()) <= set(settings.problems()):
                    settings = changed
        return settings


def _of_type(value: object, example: object) -> object:
    """``value`` if it is of the type of ``example``, else None; JSON has whole numbers for floats, text for paths."""
    if isinstance(example, Path):
        return Path(value) if isinstance(value, str) and value else None
    if isinstance(example, float) and type(value) is int:
        return float(value)
    if isinstance(example, tuple):
        return _pieces(value)
    return value if type(value) is type(example) else None


def _pieces(value: object) -> tuple[Pieces, ...] | None:
    """Words that are split, each as two pieces or more."""
    words = [one for one in value if isinstance(one, list | tuple)] if isinstance(value, list | tuple) else None
    if words is None:
        return None
    return tuple(tuple(one) for one in words if len(one) > 1 and all(isinstance(it, str) and it for it in one))


def read_config(path: Path) -> str:
    """The text of a config file, for ``TrainingSettings.config``. Raises UserError when it can't be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"“{path}” can't be read as text. Choose a config.cfg.") from error


def automatic_batch_size(words: int) -> int:
    """How many words a batch should have when a run learns from ``words`` words.

    A 25th of them, so that even a small corpus brings some 25 updates an iteration, but between 30 and 500. Measured as
    F reached per second, with two seeds: on prodigy_food batches of 500 words reach F 0.779 and 0.786 after 18 seconds,
    where those of 1,000 have 0.766 and 0.768 after 20 and those of 250 have 0.774 after 23 (one seed). The 200 texts of
    crossner_politics reach F 0.589 in 73 and 43 seconds of the processor, in 82 and 83 with a 50th, and never with a
    13th.
    """
    return min(max(words // 25, 30), 500)


def automatic_learn_rate(base: str) -> float:
    """The step for a pipeline from scratch, or for one that continues from ``base``, if it is not empty.

    Averaged over the last tenth of the steps, weights bear twice spaCy's rate: the F that it gave after seven
    iterations came after four. What a base knew is kept better at spaCy's own.
    """
    return 0.001 if base else 0.002


def suggested_iterations(words: int) -> int:
    """How many iterations are worth trying over ``words`` words of annotated text.

    Measured bests: 20 to 200 texts at iteration 7 to 40, 400 at 8, 800 at 4, 1,477 at 3 (about 40 words a
    text); this gives about twice that, because the best iteration is kept in any case.
    """
    return min(max(round(250_000 / max(words, 1)), 8), 40)
