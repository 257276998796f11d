"""What presses, moves and releases of the mouse mean in the text.

A drag highlights, a click selects a span, two clicks take a token, three a paragraph, and the edges of a span can
be dragged. What comes of it is asked for by signals. What two clicks ask for waits until there can be no third one.
"""

from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.geometry import Geometry
from gadget_trainer.ui.text_view.hits import Grip, Hits, Side
from gadget_trainer.ui.text_view.lines import Place
from gadget_trainer.ui.text_view.marks import Marks
from gadget_trainer.ui.text_view.paragraphs import whole_paragraph

# A hand that clicks moves the mouse a little.
_STILL = 3.0
# A character counts when the drag covers so much of it: from the middle of one to the middle of another has both.
_COVERED = 0.3
_SCROLL_MS = 25


@dataclass(slots=True)
class _Press:
    """A mouse button that is down."""

    point: QPointF
    place: Place
    span: Span | None
    grip: Grip | None
    moved: bool = False


class Mouse(QObject):
    """Turns what the mouse does into marks and wishes."""

    span_requested = Signal(int, int)
    resize_requested = Signal(object, int, int)
    scroll_requested = Signal(int)
    """Scroll by so many pixels, because a drag goes on beyond the border."""

    def __init__(self, geometry: Geometry, marks: Marks, hits: Hits, parent: QObject) -> None:
        super().__init__(parent)
        self._geometry = geometry
        self._marks = marks
        self._hits = hits
        self._press: _Press | None = None
        self._last = QPointF()
        self._by_character = False
        self._double_click = QElapsedTimer()
        self._double_click_point = QPointF()
        self._doubled: tuple[int, int] | None = None
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.timeout.connect(self.ask_now)
        self._scrolling = QTimer(self, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_dragging(self) -> bool:
        """Whether a drag is under way."""
        return self._press is not None and self._press.moved

    def press(self, point: QPointF, *, extend: bool = False, by_character: bool = False) -> None:
        """The left button went down; extending, the selection goes on to here."""
        self._by_character = by_character
        place = self._geometry.place_at(point)
        if self._is_third_click(point):
            self._select_paragraph(place.offset)
            return
        self.ask_now()
        if extend:
            self._marks.move_caret(self._geometry.caret_at(point), extend=True, by_character=by_character)
            return
        self._press = _Press(point, place, self._hits.span_at(point), self._hits.grip_at(point))

    def move(self, point: QPointF, *, by_character: bool = False) -> None:
        """The mouse moved, with the left button down or not; by character, a drag takes what is inside tokens."""
        self._by_character = by_character
        if self._press is None:
            grip = self._hits.grip_at(point)
            self._marks.hover(grip.span if grip else self._hits.span_at(point))
            return
        self._last = point
        if not self._press.moved and (point - self._press.point).manhattanLength() < _STILL:
            return
        self._press.moved = True
        self._drag(self._press, point)
        outside = point.y() < 0 or point.y() >= self._geometry.height
        if outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not outside:
            self._scrolling.stop()

    def _drag(self, press: _Press, point: QPointF) -> None:
        place = self._geometry.place_at(point)
        if press.grip is not None and self._resize(press.grip, place):
            return
        covered = _covered(press.place, place)
        self._marks.sweep(press.place.caret, place.caret, covered, by_character=self._by_character)

    def _resize(self, grip: Grip, place: Place) -> bool:
        """Show the span with its edge at a place; False once the edge was drawn over the whole span."""
        if grip.span not in self._marks.layer:
            return False
        if self._marks.span != grip.span:
            self._marks.select_span(grip.span)
        span, marks = grip.span, self._marks
        if grip.side is Side.START:
            edge = place.offset if place.through <= 1 - _COVERED else place.end
            wanted = (edge, span.end)
        else:
            edge = place.end if place.through >= _COVERED else place.offset
            wanted = (span.start, edge)
        start, end = wanted
        found = marks.snapped(start, end, by_character=self._by_character) if start < end else None
        marks.show_resized(found)
        return found is not None

    def release(self, point: QPointF, *, by_character: bool = False) -> None:
        """The left button was let go."""
        press, self._press = self._press, None
        self._scrolling.stop()
        if press is None:
            return
        if not press.moved:
            self._click(press)
        elif self._marks.resized is not None and press.grip is not None:
            resized, span = self._marks.resized, press.grip.span
            self._marks.show_resized(None)
            # Undo by key, for one, can take the span away while its edge is held.
            if resized != (span.start, span.end) and span in self._marks.layer:
                self.resize_requested.emit(span, *resized)
        elif self._marks.range is not None and not self._marks.read_only:
            self.span_requested.emit(*self._marks.range)
        self.move(point, by_character=by_character)

    def _click(self, press: _Press) -> None:
        if press.span is not None and press.span in self._marks.layer:
            self._marks.select_span(press.span)
            return
        self._marks.clear()
        self._marks.move_caret(self._geometry.caret_at(press.point))

    def point_at(self, point: QPointF) -> None:
        """What is at a point is meant: select the span there, or put the caret there unless it is selected text."""
        self.ask_now()
        span = self._hits.span_at(point)
        if span is not None:
            self._marks.select_span(span)
            return
        found = self._marks.range
        if found is None or not any(rect.contains(point) for _, rect in self._geometry.pieces(*found)):
            self._marks.clear()
            self._marks.move_caret(self._geometry.caret_at(point))

    def double_click(self, point: QPointF) -> None:
        """The left button went down a second time: the token there is wanted, unless a third time follows."""
        self.ask_now()
        self._double_click.start()
        self._double_click_point = point
        self._press = None
        place = self._geometry.place_at(point)
        # A span is selected by its first click; making a token of it would throw it away.
        if self._hits.span_at(point) is not None or not self._is_on_text(point, place):
            return
        self._marks.select_token(place.offset)
        found = self._marks.range
        if found is not None and not self._marks.read_only:
            self._doubled = found
            self._waiting.start(QGuiApplication.styleHints().mouseDoubleClickInterval())

    @Slot()
    def ask_now(self) -> None:
        """What two clicks asked for is wanted: something else is done now, or no third click came."""
        self._waiting.stop()
        doubled, self._doubled = self._doubled, None
        if doubled is not None:
            self._double_click.invalidate()
            self.span_requested.emit(*doubled)

    def _is_on_text(self, point: QPointF, place: Place) -> bool:
        pieces = self._geometry.pieces(place.offset, place.end)
        return any(rect.adjusted(-1, -2, 1, 2).contains(point) for _, rect in pieces)

    def _is_third_click(self, point: QPointF) -> bool:
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        return (
            self._double_click.isValid()
            and self._double_click.elapsed() < interval
            and (point - self._double_click_point).manhattanLength() < 2 * _STILL
        )

    def _select_paragraph(self, offset: int) -> None:
        """Select the paragraph in place of the token that two clicks asked for."""
        self._waiting.stop()
        self._doubled = None
        self._double_click.invalidate()
        self._marks.select(*whole_paragraph(self._marks.text, offset))

    def cancel(self) -> bool:
        """Give up a drag, and what two clicks asked for; say whether there was a drag."""
        self._waiting.stop()
        self._doubled = None
        press, self._press = self._press, None
        self._scrolling.stop()
        if press is None or not press.moved:
            return False
        self._marks.show_resized(None)
        if press.grip is None:
            self._marks.clear()
        return True

    def leave(self) -> None:
        """The mouse left the text."""
        if self._press is None:
            self._marks.hover(None)

    def _scroll(self) -> None:
        """Scroll on, faster the further the mouse is outside."""
        y, height = self._last.y(), self._geometry.height
        outside = y if y < 0 else y - height
        self.scroll_requested.emit(round(outside / 2) + (8 if outside >= 0 else -8))
        if self._press is not None:
            self._drag(self._press, QPointF(self._last.x(), min(max(y, 0.0), height - 1.0)))

    def cursor(self, point: QPointF) -> Qt.CursorShape:
        """The mouse pointer that says what a press here would do."""
        if self._press is not None:
            held = self._press.grip is not None and self._marks.resized is not None
            return Qt.CursorShape.SizeHorCursor if held else Qt.CursorShape.IBeamCursor
        if self._hits.grip_at(point) is not None:
            return Qt.CursorShape.SizeHorCursor
        if self._hits.tag_at(point) is not None:
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.IBeamCursor


def _covered(one: Place, other: Place) -> tuple[int, int] | None:
    """The code points that a drag between two places covers well enough, in either direction."""
    first, last = sorted((one, other))
    if first.offset == last.offset and last.through - first.through < _COVERED:
        return None
    start = first.offset if first.through <= 1 - _COVERED else first.end
    end = last.end if last.through >= _COVERED else last.offset
    return (start, end) if start < end else None
