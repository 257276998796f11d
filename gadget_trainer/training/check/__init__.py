"""What cannot be trained, or will disappoint, said before the start in sentences.

Each of these was seen to end a run late, to teach nothing without a word, or to make a score that means nothing
(training-facts, "What spaCy does with bad data"). What counting shows needs no spaCy; what needs the tokens, and what
compares texts with each other, comes in slices, for a worker.
"""

from gadget_trainer.training.check.findings import Findings, with_output
from gadget_trainer.training.check.output import check_output, refuse_unsafe_output
from gadget_trainer.training.check.problem import Mend, Problem, Severity
from gadget_trainer.training.check.stages import Depth, check, check_steps, quick_check

__all__ = [
    "Depth",
    "Findings",
    "Mend",
    "Problem",
    "Severity",
    "check",
    "check_output",
    "check_steps",
    "quick_check",
    "refuse_unsafe_output",
    "with_output",
]
