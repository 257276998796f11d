"""Whether a pipeline can be saved where the person wants it, before hours went into it."""

import os
from pathlib import Path

from gadget_trainer.errors import UserError
from gadget_trainer.training.check.problem import Problem, Severity, block
from gadget_trainer.training.replacing import real


def check_output(folder: Path) -> list[Problem]:
    """Whether a pipeline can be saved in ``folder``."""
    if folder.is_dir():
        if (folder / "meta.json").is_file() and (folder / "config.cfg").is_file():
            said = f"The pipeline that is in “{folder}” will be replaced when the new one has been saved."
            return [Problem(Severity.WARN, "output replaced", said)]
        if any(folder.iterdir()):
            said = f"“{folder}” holds files that are no pipeline, and would be lost. Choose another output folder."
            return [block("output", said)]
    elif folder.exists():
        return [block("output", f"“{folder}” is a file. Choose a folder to save the pipeline in.")]
    nearest = next(parent for parent in real(folder).parents if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return [block("output", f"Nothing can be written in “{nearest}”. Choose another output folder.")]
    return []


def refuse_unsafe_output(folder: Path) -> None:
    """Raise UserError if a pipeline can't be saved in ``folder`` without losing other people's files."""
    for problem in check_output(folder):
        if problem.severity is Severity.BLOCK:
            raise UserError(problem.message)
