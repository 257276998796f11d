"""How fast a run is, and how long it will still take. Pauses are not counted, because only work is timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TypeVar

Step = TypeVar("Step")


class Pace:
    """Adds up what the updates and the scorings of a run took."""

    def __init__(self, iterations: int, words: int) -> None:
        """Of ``iterations`` over ``words`` words each."""
        self._iterations = iterations
        self._words = words
        self._learned = 0
        self._learning = 0.0
        self._scored = 0
        self._scoring = 0.0
        self._before = (0, 0.0, 0.0)

    def begin_iteration(self) -> None:
        """From here on :attr:`iteration_seconds` and :attr:`words_per_second` count."""
        self._before = (self._learned, self._learning, self._scoring)

    @contextmanager
    def learning(self, words: int) -> Iterator[None]:
        """Time an update with ``words`` words."""
        started = perf_counter()
        yield
        self._learning += perf_counter() - started
        self._learned += words

    def scoring(self, steps: Iterator[Step]) -> Iterator[Step]:
        """Pass on the steps of one scoring, timing each."""
        done = object()
        while True:
            started = perf_counter()
            step = next(steps, done)
            self._scoring += perf_counter() - started
            if step is done:
                self._scored += 1
                return
            yield step  # type: ignore[misc]  # not the sentinel

    @property
    def iteration_seconds(self) -> float:
        """What this iteration took so far, with scoring."""
        return self._learning + self._scoring - self._before[1] - self._before[2]

    @property
    def words_per_second(self) -> float:
        """How fast this iteration learns."""
        learning = self._learning - self._before[1]
        return (self._learned - self._before[0]) / learning if learning else 0.0

    @property
    def seconds_left(self) -> float | None:
        """What the run will still take, None before the first update; a scoring counts once one was seen."""
        if not self._learned:
            return None
        words_left = self._iterations * self._words - self._learned
        a_scoring = self._scoring / self._scored if self._scored else 0.0
        return words_left * self._learning / self._learned + a_scoring * (self._iterations - self._scored)
