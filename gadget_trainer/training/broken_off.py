"""Runs of a project that were broken off: by a crash, a kill, a power cut, or a disk without room for the pipeline.

Knows no spaCy: the window looks for them when a project is opened.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.runs import Run, RunStatus
from gadget_trainer.replacing import abandoned, real
from gadget_trainer.training.unfinished import CHECKPOINT_FILE, has_checkpoint, how_far

_MARK = ".run-"
"""In the name of each run's folder."""


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A run that can go on."""

    run: Run
    iterations: int
    """How many it was to have."""

    @property
    def folder(self) -> Path:
        """Where it keeps its files."""
        return folder_of(self.run)

    def sentence(self) -> str:
        """When it began, and how far it came."""
        return how_far(self.run.began, len(self.run.iterations), self.iterations)


def folder_of(run: Run) -> Path:
    """Where the run keeps its files while it is running."""
    return Path(str(run.outcome.get("run_folder", "")))


def run_beside(output: Path) -> Path | None:
    """The folder of the latest run that was to be saved in ``output`` and can go on; or ``output``, if it is one."""
    if has_checkpoint(output):
        return output.absolute()
    found = (one for one in abandoned(real(output), "run") if has_checkpoint(one))
    return max(found, key=lambda one: (one / CHECKPOINT_FILE).stat().st_mtime, default=None)


def latest_broken_off(project: Project) -> BrokenOff | None:
    """The latest run of ``project`` that can go on; None where there is none. Call it while none is running.

    What was broken off before there was a checkpoint is noted as failed.
    """
    for run in project.runs.running():
        if has_checkpoint(folder_of(run)):
            iterations = run.settings.get("iterations")
            return BrokenOff(run, iterations if isinstance(iterations, int) else len(run.iterations))
        _remove(folder_of(run))
        project.runs.end(run.id, RunStatus.FAILED, {})
    return None


def discard_broken_off(project: Project, broken_off: BrokenOff) -> None:
    """The run shall not go on: its files are removed."""
    _remove(broken_off.folder)
    project.runs.end(broken_off.run.id, RunStatus.DISCARDED, {})


def _remove(folder: Path) -> None:
    """Remove a run's folder; never another one, whatever the project file says."""
    if folder.is_absolute() and folder.name.startswith(".") and _MARK in folder.name:
        shutil.rmtree(folder, ignore_errors=True)
