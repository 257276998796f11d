"""How long the window's loop takes for a turn, and what the processor did meanwhile."""

import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

LONGEST_SECONDS = 200.0


class Turn(NamedTuple):
    """A time in milliseconds, and the processor time in it: of the window's thread, and of all threads.

    What is in neither, the machine took.
    """

    length: float = 0.0
    own: float = 0.0
    all_threads: float = 0.0

    def __str__(self) -> str:
        return f"{self.length:4.0f} ms ({self.own:3.0f}, {self.all_threads:3.0f})"


def clocks() -> tuple[float, float, float]:
    """Now, in milliseconds: by the clock, and as processor time of this thread and of all."""
    return time.perf_counter() * 1000, time.thread_time() * 1000, time.process_time() * 1000


def since(begun: tuple[float, float, float]) -> Turn:
    """What has passed."""
    return Turn(*(late - early for late, early in zip(clocks(), begun, strict=True)))


def longest_turn(until: Callable[[], bool], least: float = 0.0) -> tuple[Turn, float]:
    """The longest turn of the window's loop until it is so, and how long that took, in seconds.

    ``least`` are seconds for which it looks in any case.
    """
    begun, longest = time.perf_counter(), Turn()
    while (not until() or time.perf_counter() - begun < least) and time.perf_counter() - begun < LONGEST_SECONDS:
        turn = clocks()
        QApplication.processEvents()
        longest = max(longest, since(turn))
    return longest, time.perf_counter() - begun
