"""The line on a terminal that says how far a training is, written over and over, and gone when it ends."""

import time
from typing import TextIO

from gadget_trainer.training.progress import (
    BatchDone,
    Preparing,
    Saving,
    SavingRecord,
    Scoring,
    TrainingRecord,
    duration,
)

_SECONDS_BETWEEN = 0.1


class ProgressLine:
    """Shows the latest record on ``stream``; nothing at all where that is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shows = stream.isatty()
        self._width = 0
        self._last = 0.0

    def show(self, record: TrainingRecord | SavingRecord) -> None:
        """Say how far this record shows the training to be, at most ten times a second."""
        now = time.monotonic()
        if self._shows and now - self._last >= _SECONDS_BETWEEN:
            words = _words(record)
            if words:
                self._last = now
                self._write(words)

    def clear(self) -> None:
        """Make room for a line that stays."""
        if self._width:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def close(self) -> None:
        """Leave no half of it behind."""
        self.clear()

    def _write(self, words: str) -> None:
        # Spaces and no escape sequence: every terminal knows them.
        self._stream.write("\r" + words.ljust(self._width))
        self._stream.flush()
        self._width = len(words)


def _words(record: TrainingRecord | SavingRecord) -> str:
    match record:
        case BatchDone():
            left = "" if record.seconds_left is None else f"  {duration(record.seconds_left)} left"
            return f"iteration {record.iteration}/{record.iterations}  {record.fraction * 100:.0f} %{left}"
        case Scoring():
            return f"iteration {record.iteration}  scoring {record.done}/{record.total}"
        case Preparing() | Saving():
            return f"{record.message}  {record.fraction * 100:.0f} %"
        case _:
            return ""
