"""What a run has come to so far, and how it becomes a checkpoint and comes back from one."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from math import sqrt
from typing import Any

from gadget_trainer.training.beginning import Beginning, DataFingerprint
from gadget_trainer.training.building import Built
from gadget_trainer.training.checkpoint import Checkpoint, chance, optimizer_arrays, optimizer_updates, put_back
from gadget_trainer.training.keeping import Keeping
from gadget_trainer.training.kept_labels import KeptLabel, kept_from_json
from gadget_trainer.training.loop import Standing
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run_records import iteration_to_json, iterations_from_json
from gadget_trainer.training.weights import Weights


@dataclass(slots=True)
class RunState:
    """With the files in the run's folder, all that the rest of the run depends on."""

    built: Built
    standing: Standing
    data: DataFingerprint
    joined: list[int] = field(default_factory=list)
    """The ids of texts that joined after the run began."""
    records: list[IterationDone] = field(default_factory=list)
    best: Weights | None = None
    best_choice: float | None = None
    """What decided for it; see :meth:`keep`."""
    best_at: int = 0
    """The iteration that ``best`` is of; 0 without one."""
    keeping: Keeping | None = None
    """What a base knew."""
    kept: tuple[KeptLabel, ...] = ()
    """How the base's labels do with the best weights."""
    _choice: float | None = None
    _kept: list[str] = field(default_factory=list)

    @classmethod
    def at_start(cls, built: Built, beginning: Beginning, keeping: Keeping | None = None) -> "RunState":
        """Nothing was learned yet."""
        order = list(range(len(built.examples) - built.joined))
        return cls(built, Standing(order), DataFingerprint(beginning.split, beginning.data), keeping=keeping)

    @classmethod
    def at_checkpoint(
        cls, built: Built, beginning: Beginning, checkpoint: Checkpoint, keeping: Keeping | None = None
    ) -> "RunState":
        """Everything is as it was then, the weights in ``built`` and the process's random numbers too."""
        state: Mapping[str, Any] = checkpoint.state
        standing = Standing(list(checkpoint.order), *(state[name] for name in _STANDING))
        put_back(checkpoint, built.nlp, built.frozen, built.optimizer, built.sizes, standing.updates)
        return cls(
            built=built,
            standing=standing,
            data=DataFingerprint(beginning.split, state["data"]),
            joined=list(state["joined"]),
            records=iterations_from_json(json.loads(one) for one in checkpoint.records),
            best=checkpoint.best,
            best_choice=state["best_choice"],
            best_at=checkpoint.best_iteration,
            keeping=keeping,
            kept=kept_from_json(state["kept"]),
            _kept=list(checkpoint.records),
        )

    @property
    def seconds(self) -> float:
        """What the iterations took, without pauses."""
        return sum(record.seconds for record in self.records)

    @property
    def best_iteration(self) -> IterationDone | None:
        """The iteration whose weights are the best; None where none was finished."""
        return self.records[self.best_at - 1] if self.best_at else None

    def note(self, record: IterationDone) -> IterationDone:
        """An iteration is done; gives its record with what decides whether it is the best."""
        noted = replace(record, choice=self._choice)
        self.records.append(noted)
        self._kept.append(json.dumps(iteration_to_json(noted)))
        return noted

    def keep(self, decisive: float | None) -> bool:
        """Put the weights aside if they are the best so far: the later ones of two alike, and without any score the
        latest.

        With a base what it knew counts as much as what is taught, by the geometric mean: the arithmetic one preferred
        a first iteration that had learned nothing, and so had forgotten nothing.
        """
        known = self.keeping.f_score() if self.keeping is not None else None
        self._choice = decisive if known is None or decisive is None else sqrt(decisive * known)
        if self.best_choice is not None and (self._choice is None or self._choice < self.best_choice):
            return False
        self.best, self.best_choice = Weights.of(self.built.nlp, self.built.frozen), self._choice
        self.best_at = self.standing.iteration + 1
        self.kept = self.keeping.labels() if self.keeping is not None else ()
        return True

    def checkpoint(self) -> Checkpoint:
        """What is here now, copied."""
        built, standing = self.built, self.standing
        return Checkpoint(
            weights=Weights.of(built.nlp, built.frozen),
            optimizer=optimizer_arrays(built.nlp, built.frozen, built.optimizer),
            updates=optimizer_updates(built.nlp, built.frozen, built.optimizer),
            sizes_drawn=built.sizes.drawn,
            order=tuple(standing.order),
            chance=chance(),
            state={
                **{name: getattr(standing, name) for name in _STANDING},
                "best_choice": self.best_choice,
                "kept": [asdict(one) for one in self.kept],
                "data": self.data.number,
                "joined": list(self.joined),
            },
            records=tuple(self._kept),
            best=self.best,
            best_iteration=self.best_at,
        )


_STANDING = ("iteration", "updates", "highest", "highest_at")
