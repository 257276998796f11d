"""The run of this project that was broken off, if there is one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.training.broken_off import BrokenOff


class BrokenRun:
    """Knows of it once it was looked for."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._found: BrokenOff | None = None

    @property
    def found(self) -> "BrokenOff | None":
        """The run; None where none can go on."""
        return self._found

    def sentence(self) -> str:
        """What there is to say of it; empty where there is none."""
        return self._found.sentence() if self._found is not None else ""

    def look(self) -> None:
        """See whether there is one now."""
        from gadget_trainer.training.broken_off import latest_broken_off

        self._found = latest_broken_off(self._project)

    def discard(self) -> bool:
        """Give it up with all that it learned, and look for another; False where there was none."""
        from gadget_trainer.training.broken_off import discard_broken_off

        if self._found is None:
            return False
        discard_broken_off(self._project, self._found)
        self.look()
        return True
