"""The runs of a project as a person compares them: read from what the project keeps, whoever kept it.

Reading asks the disk whether the folders are still there, so it belongs into a thread.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.kept_labels import KeptLabel, kept_from_json
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run_records import iterations_from_json
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import choose_split

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.runs import Run

HELD_OUT, TEXTS, KEPT_LABELS = "held_out_texts", "texts", "kept_labels"
"""Where a run's outcome keeps the fingerprints of the texts held out, how many texts it learned from, and what became
of a base's labels.
"""
_NOTHING_SAID = TrainingSettings(output=Path())


class Folder(StrEnum):
    """What became of the pipeline that a run saved."""

    HERE = "here"
    MISSING = "missing"
    REPLACED = "replaced by a later run"
    NONE = "not saved"


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run of the project."""

    id: int
    began: float
    """Seconds since 1970, UTC."""
    status: str
    """Running, saved, discarded or failed, as :class:`gadget_trainer.corpus.runs.RunStatus` spells it."""
    settings: Mapping[str, Any]
    iterations: tuple[IterationDone, ...]
    path: Path | None
    """Where its pipeline was saved."""
    folder: Folder
    """What became of it."""
    held_out: frozenset[int]
    """The fingerprints of the texts that it was scored on; empty where they were not kept."""
    data: str
    """The fingerprint of the texts; two runs that learned from the same have the same."""
    texts: int | None
    """Texts that it learned from; None where that was not kept."""
    kept: tuple[KeptLabel, ...] = ()
    """With a base: how the labels that it knew did before and after."""
    has_found: bool = False
    """Whether the project keeps what it found in the texts held out."""

    @property
    def best(self) -> IterationDone | None:
        """The iteration that was kept."""
        return next((one for one in reversed(self.iterations) if one.best), None)

    @property
    def can_be_read(self) -> bool:
        """Whether it can be told what it finds in the texts held out."""
        return self.has_found or self.folder is Folder.HERE

    @property
    def held_out_share(self) -> float:
        """The share of the finished texts that it held out, 0 to 1."""
        share = self.settings.get("held_out")
        return float(share) if isinstance(share, int | float) else _NOTHING_SAID.held_out

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it was scored on, and after them the categories."""
        return tuple(one.label for one in self.best.all_labels) if self.best else ()

    @property
    def when(self) -> str:
        """When it began, in the person's own time: "12 Mar, 14:05"."""
        moment = time.localtime(self.began)
        return f"{moment.tm_mday} {time.strftime('%b, %H:%M', moment)}"

    @property
    def ended_words(self) -> str:
        """How it ended."""
        words = {"saved": "saved", "discarded": "not kept", "failed": "ended with an error"}
        return words.get(self.status, "broken off")


def past_runs(runs: Iterable["Run"]) -> Iterator[PastRun]:
    """Each run, in the order given, which must be from the latest to the earliest."""
    taken: set[Path] = set()
    for run in runs:
        kept = run.outcome.get("folder")
        path = Path(kept) if isinstance(kept, str) and kept and run.status == "saved" else None
        yield PastRun(
            id=run.id,
            began=run.began,
            status=str(run.status),
            settings=run.settings,
            iterations=tuple(iterations_from_json(run.iterations)),
            path=path,
            folder=_folder(path, taken),
            held_out=_fingerprints(run.outcome.get(HELD_OUT)),
            data=str(run.outcome.get("data") or ""),
            texts=_count(run.outcome.get(TEXTS)),
            kept=_kept(run.outcome.get(KEPT_LABELS)),
            has_found=run.has_found,
        )
        if path is not None:
            taken.add(path)


def held_out_by_both(first: PastRun, second: PastRun, texts: Callable[[], Iterable[AnnotatedText]]) -> frozenset[int]:
    """The fingerprints of the texts that neither run learned from.

    Where a run kept none, those are taken that the smaller share would hold out of ``texts`` as they are: a text never
    changes sides (only in a corpus of a few texts can it, see :func:`gadget_trainer.training.split.choose_split`).
    """
    if first.held_out and second.held_out:
        return first.held_out & second.held_out
    by_share = choose_split(texts(), min(first.held_out_share, second.held_out_share)).held_out
    known = first.held_out or second.held_out
    return by_share & known if known else by_share


def settings_that_differ(first: PastRun, second: PastRun) -> list[str]:
    """What was set otherwise in the second run, in words: "Iterations: 10, then 20"."""
    names = [name for name in (*first.settings, *second.settings) if name != "output"]
    found = [
        f"{setting_words(name)}: {value_words(first.settings.get(name))}, then {value_words(second.settings.get(name))}"
        for name in dict.fromkeys(names)
        if first.settings.get(name) != second.settings.get(name)
    ]
    if first.data and second.data and first.data != second.data:
        counts = f": {first.texts:,}, then {second.texts:,}" if first.texts and second.texts else " changed in between"
        found.append(f"The texts{counts}")
    return found


def setting_words(name: str) -> str:
    """A setting's name as a person reads it: "batch_size" as "Batch size"."""
    return name.replace("_", " ").capitalize()


def value_words(value: object) -> str:
    """A setting's value as a person reads it."""
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _folder(path: Path | None, taken: set[Path]) -> Folder:
    if path is None:
        return Folder.NONE
    if path in taken:
        return Folder.REPLACED
    return Folder.HERE if (path / "config.cfg").is_file() else Folder.MISSING


def _fingerprints(kept: object) -> frozenset[int]:
    """Numbers; a database that knows no 64-bit ones without a sign may have got them as strings."""
    if not isinstance(kept, list | tuple):
        return frozenset()
    return frozenset(int(one) for one in kept if isinstance(one, int) or (isinstance(one, str) and one.isdecimal()))


def _kept(kept: object) -> tuple[KeptLabel, ...]:
    try:
        return kept_from_json(kept) if isinstance(kept, list | tuple) else ()
    except (TypeError, ValueError, KeyError):  # of another version of the program
        return ()


def _count(kept: object) -> int | None:
    return kept if isinstance(kept, int) and not isinstance(kept, bool) else None
