"""How fast a run is, and how long it will still take. Pauses are not counted, because only work is timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TypeVar

Step = TypeVar("Step")


class Pace:
    """Adds up what the updates and the scorings of a run took."""

    def __init__(self, iterations: int) -> None:
        """Of so many iterations, that are still to come."""
        self._iterations = iterations
        self._ended = 0
        self._words_left = 0
        self._learned = 0
        self._learning = 0.0
        self._scoring = 0.0
        self._before = (0, 0.0, 0.0)

    def begin_iteration(self, words: int) -> None:
        """An iteration over ``words`` words: from here on :attr:`iteration_seconds` and the like count."""
        self._words_left = (self._iterations - self._ended) * words
        self._before = (self._learned, self._learning, self._scoring)

    def end_iteration(self) -> None:
        """It is done, with its scoring if it has one."""
        self._ended += 1

    @contextmanager
    def learning(self, words: int) -> Iterator[None]:
        """Time an update with ``words`` words."""
        started = perf_counter()
        yield
        self._learning += perf_counter() - started
        self._learned += words
        self._words_left -= words

    def scoring(self, steps: Iterator[Step]) -> Iterator[Step]:
        """Pass on the steps of one scoring, timing each."""
        done = object()
        while True:
            started = perf_counter()
            step = next(steps, done)
            self._scoring += perf_counter() - started
            if step is done:
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
        """What the run will still take, None before the first update; a scoring counts once an iteration is done."""
        if not self._learned:
            return None
        a_scoring = self._scoring / self._ended if self._ended else 0.0
        return self._words_left * self._learning / self._learned + a_scoring * (self._iterations - self._ended)
