"""What is under the mouse: a span, one of its edges, its tag."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.geometry import Geometry
from gadget_trainer.ui.text_view.marks import Marks
from gadget_trainer.ui.text_view.painting import Painting

_GRIP = 5.0


class Side(Enum):
    """Which end of a span is held."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Grip:
    """An edge of a span that can be dragged."""

    span: Span
    side: Side


class Hits:
    """Answers what is at a point of the viewport."""

    def __init__(self, geometry: Geometry, marks: Marks, painting: Painting) -> None:
        self._geometry = geometry
        self._marks = marks
        self._painting = painting

    def span_at(self, point: QPointF) -> Span | None:
        """The span whose pill or tag is at a point; of several, the shortest, which lies in the others."""
        found = [span for span in self._near(point) if self._pill_holds(span, point)]
        if found:
            return min(found, key=lambda span: span.end - span.start)
        return self.tag_at(point)

    def tag_at(self, point: QPointF) -> Span | None:
        """The span whose tag is at a point."""
        for visible in self._geometry.visible(point.y() - 1, point.y() + 1):
            for tag in self._painting.tags(visible.lines):
                if tag.rect.translated(visible.origin).contains(point):
                    return tag.span
        return None

    def grip_at(self, point: QPointF) -> Grip | None:
        """The edge of the selected or hovered span that is within reach of a point."""
        if self._marks.read_only:
            return None
        for span in (self._marks.span, self._marks.hovered):
            if span is not None and (side := self._side_at(span, point)) is not None:
                return Grip(span, side)
        return None

    def _side_at(self, span: Span, point: QPointF) -> Side | None:
        # A drag that begins on the text of a span which isn't selected highlights anew; only its outside is a grip.
        inner = _GRIP if span == self._marks.span else 1.0
        for side in Side:
            at_end = side is Side.END
            found = self._geometry.paragraph_of(span.end - 1 if at_end else span.start)
            place = found.lines.edge(span.end if at_end else span.start, end=at_end)
            if place is None:
                continue
            at = point - found.origin
            if place.top <= at.y() <= place.bottom and -inner < (at.x() - place.x) * place.outwards <= _GRIP:
                return side
        return None

    def _near(self, point: QPointF) -> list[Span]:
        place = self._geometry.place_at(point)
        return self._marks.layer.between(place.offset - 1, place.end + 1)

    def _pill_holds(self, span: Span, point: QPointF) -> bool:
        pieces = self._geometry.pieces(span.start, span.end)
        return any(rect.adjusted(-2, 0, 2, 0).contains(point) for _, rect in pieces)
