"""All that a check found, and what it comes to in one sentence."""

from dataclasses import dataclass, replace

from gadget_trainer.training.check.output import check_output
from gadget_trainer.training.check.pace import Measured
from gadget_trainer.training.check.problem import Problem, Severity, counted, worst_first
from gadget_trainer.training.check.size import Size
from gadget_trainer.training.progress import duration
from gadget_trainer.training.settings import TrainingSettings

_OUTPUT = ("output", "output replaced")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found so far."""

    problems: tuple[Problem, ...]
    """The worst first."""
    size: Size
    measured: Measured | None = None
    enough: bool = False
    """Whether it was looked for all that may stand in the way of a run."""
    complete: bool = False
    """Whether it was looked for everything."""

    @property
    def blocked(self) -> bool:
        """Whether a run can't start."""
        return any(one.severity is Severity.BLOCK for one in self.problems)

    def seconds(self, iterations: int) -> float | None:
        """What a run of so many iterations will take, from its start until it is saved; None where not measured."""
        if self.measured is None:
            return None
        around = self.measured.before(self.size) + self.measured.after(self.size)
        return around + iterations * self.measured.iteration(self.size)

    def headline(self, iterations: int) -> str:
        """Whether a run of so many iterations can start, over what, and how long it will take."""
        if self.blocked:
            number = sum(one.severity is Severity.BLOCK for one in self.problems)
            return f"{counted(number, 'thing')} to mend before it can start"
        parts = [f"{counted(self.size.learned, 'text')} to learn from", f"{self.size.held_out:,} held out"]
        if self.size.words:
            parts.append(f"{counted(self.size.words + self.size.beside.mixed, 'word')} an iteration")
        return f"Ready: {', '.join(parts)}{self._time(iterations)}"

    def _time(self, iterations: int) -> str:
        """How long that takes, and what is in it; empty where it was not measured."""
        measured, seconds = self.measured, self.seconds(iterations)
        if measured is None or seconds is None:
            return ""
        return (
            f"; about {duration(seconds)} in all: {duration(measured.before(self.size))} to prepare, "
            f"{duration(measured.after(self.size))} to save and prove, and "
            f"{duration(iterations * measured.iteration(self.size))} for {counted(iterations, 'iteration')}"
        )


def with_output(findings: Findings, settings: TrainingSettings) -> Findings:
    """The same findings, with another output folder, or with what is in it by now."""
    rest = [one for one in findings.problems if one.kind not in _OUTPUT]
    return replace(findings, problems=tuple(worst_first([*check_output(settings.output), *rest])))
