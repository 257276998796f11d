"""What files would bring as it was decided, labels that are renamed or left out included: they are read once more.

Only that tells what comes: a label that is left out is in nobody's way, and two that become one may be on the same
words.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gadget_trainer.errors import UserError
from gadget_trainer.formats.overlaps import ConflictKey, LabelNames, Spans
from gadget_trainer.formats.preview_notes import preview_notes
from gadget_trainer.formats.reading import FileChoice, Import

_SECONDS_BETWEEN = 0.2


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file with all that was decided about it."""

    choice: FileChoice
    names: LabelNames
    decided: Mapping[ConflictKey, Spans]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What comes of a file then."""

    plan: FilePlan
    spans: int
    notes: tuple[str, ...]
    """What the receipt would say of losses, repairs and doubts."""


def forecasts(plans: Iterable[FilePlan]) -> Iterator[Forecast | None]:
    """Yield a forecast of each file that can be read, and now and then None, so that one may stop between."""
    for plan in plans:
        try:
            yield from _forecast(plan)
        except (UserError, OSError):  # the preview says why it cannot be read, or the import will
            continue


def _forecast(plan: FilePlan) -> Iterator[Forecast | None]:
    reading = Import(((plan.choice, plan.choice.reader()),), plan.names, {plan.choice.path: plan.decided})
    categories = Counter[str]()
    last = time.monotonic()
    for annotated in reading.texts():
        categories.update(annotated.categories)
        if time.monotonic() - last >= _SECONDS_BETWEEN:
            last = time.monotonic()
            yield None
    receipt = reading.receipts[0]
    yield Forecast(plan, receipt.spans_kept, preview_notes(receipt, categories))
