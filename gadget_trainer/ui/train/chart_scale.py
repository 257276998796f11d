"""Where the iterations, losses and scores of a chart stand: numbers to places and back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from gadget_trainer.training.progress import IterationDone
from gadget_trainer.ui.train.axis import ticks


def loss_of(record: IterationDone, component: str) -> float:
    """The loss of one component; with an empty name the main one's, the entity recogniser's if there is one."""
    return record.losses.get(component, math.nan) if component else record.loss


def highest_loss(records: Sequence[IterationDone], component: str) -> float:
    """The highest loss that can be drawn: a run that went wrong reports losses that are no numbers."""
    losses = (loss_of(one, component) for one in records)
    return max((loss for loss in losses if math.isfinite(loss)), default=1.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A room to draw in, the number of iterations across it, and the highest loss up it; scores go from 0 to 1."""

    room: QRectF
    iterations: int
    highest: float

    @property
    def loss_ticks(self) -> list[float]:
        """Round losses from 0 to at least the highest."""
        return ticks(self.highest)

    def x(self, iteration: int) -> float:
        """Where an iteration stands; a run of one stands in the middle."""
        if self.iterations <= 1:
            return self.room.center().x()
        return self.room.left() + (iteration - 1) / (self.iterations - 1) * self.room.width()

    def y(self, share: float) -> float:
        """How high a share of the room is, from 0 (bottom) to 1."""
        return self.room.bottom() - share * self.room.height()

    def losses(self, records: Sequence[IterationDone], component: str) -> list[list[QPointF]]:
        """The curve of a component's loss, in pieces: it breaks where a loss is no number."""
        top = self.loss_ticks[-1]
        pieces: list[list[QPointF]] = [[]]
        for one in records:
            loss = loss_of(one, component)
            if math.isfinite(loss):
                pieces[-1].append(QPointF(self.x(one.iteration), self.y(loss / top)))
            elif pieces[-1]:
                pieces.append([])
        return [piece for piece in pieces if piece]

    def scores(self, records: Sequence[IterationDone]) -> list[QPointF]:
        """The curve of the scores; iterations that were not scored are passed over."""
        return [QPointF(self.x(one.iteration), self.y(one.score)) for one in records if one.score is not None]

    def ranges(self, records: Sequence[IterationDone]) -> list[tuple[QPointF, QPointF]]:
        """The lower and the upper end of each score's likely range, where it has one."""
        return [
            (
                QPointF(self.x(one.iteration), self.y(one.score_interval[0])),
                QPointF(self.x(one.iteration), self.y(one.score_interval[1])),
            )
            for one in records
            if one.score_interval is not None
        ]

    def labelled_iterations(self, widest: float) -> list[int]:
        """The iterations whose numbers are written under the chart: the first, the last, and what has room."""
        step = max(1, round(self.iterations * widest / max(self.room.width(), 1) + 0.5))
        between = range(1 + step, self.iterations - step + 1, step)
        return sorted({1, *between, self.iterations})
