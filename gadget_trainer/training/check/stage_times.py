"""What the stages of a run take, told apart by the records that it yields."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TypeVar

from gadget_trainer.training.progress import Preparing, Saving

Record = TypeVar("Record")


class StageTimes:
    """Adds up the seconds of each stage. What the one who takes the records does meanwhile does not count."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        """``clock`` gives seconds."""
        self._clock = clock
        self._seconds: dict[str, float] = defaultdict(float)
        self.last = 0.0
        """What the latest step took."""

    def passing(self, records: Iterator[Record]) -> Iterator[Record]:
        """Pass the ``records`` on; what is done after one that says what is done belongs to that stage."""
        stage = ""
        while True:
            before = self._clock()
            record = next(records, None)
            self.last = self._clock() - before
            self._seconds[stage] += self.last
            if record is None:
                return
            stage = record.message if isinstance(record, Preparing | Saving) else ""
            yield record

    def of(self, stage: str) -> float:
        """The seconds of one stage; 0 where it did not occur."""
        return self._seconds.get(stage, 0.0)

    def named(self) -> float:
        """The seconds of all stages that have a name."""
        return sum(seconds for stage, seconds in self._seconds.items() if stage)

    def total(self) -> float:
        """The seconds of everything."""
        return sum(self._seconds.values())
