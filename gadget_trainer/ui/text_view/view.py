"""The text view: a text with its spans, in which spans are made, chosen and changed by mouse or keyboard.

The widget only puts its parts together: where things are (geometry), what is marked (marks), how it looks
(painting), what the person does (mouse, keys). It never changes a span itself; it asks, and is given the result.
Offsets are code points of the text everywhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges
from gadget_trainer.ui.text_view.accessibility import AccessibleText
from gadget_trainer.ui.text_view.geometry import Geometry
from gadget_trainer.ui.text_view.hits import Hits
from gadget_trainer.ui.text_view.keys import Keys
from gadget_trainer.ui.text_view.layer import SpanLayer
from gadget_trainer.ui.text_view.marks import Marks
from gadget_trainer.ui.text_view.metrics import metrics_for
from gadget_trainer.ui.text_view.mouse import Mouse
from gadget_trainer.ui.text_view.painting import Painting
from gadget_trainer.ui.text_view.scrolling import Scrolling

_POINTS = 12.0
# From so many changed spans on, painting all that is in sight costs less than finding their lines.
_MANY = 50


class TextView(QAbstractScrollArea):
    """Shows a text with its spans, and asks for spans to be made, resized and deleted."""

    span_requested = Signal(int, int)
    """A span from start to end is wanted, with whatever label is active."""
    span_selected = Signal(object)
    """Another span is selected, or None."""
    resize_requested = Signal(object, int, int)
    """A span should go from start to end instead."""
    delete_requested = Signal(object)
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = _POINTS
        self._marks = Marks(self)
        self._geometry = Geometry(metrics_for(QFont(self.font()), _POINTS))
        self._painting = Painting(self._geometry, self._marks)
        self._hits = Hits(self._geometry, self._marks, self._painting)
        self._mouse = Mouse(self._geometry, self._marks, self._hits, self)
        self._keys = Keys(self._geometry, self._marks, self)
        self._scrolling = Scrolling(self, self._geometry)
        self._accessible: AccessibleText | None = None
        self._set_up()
        self._connect()
        _install_accessibility()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would change the width that lines are broken at.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        # Every paint fills its background itself.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _connect(self) -> None:
        self._marks.changed.connect(self.viewport().update)
        self._marks.selection_changed.connect(self._tell_selection)
        self._marks.span_selected.connect(self.span_selected)
        self._mouse.span_requested.connect(self.span_requested)
        self._mouse.resize_requested.connect(self.resize_requested)
        self._mouse.delete_requested.connect(self.delete_requested)
        self._mouse.scroll_requested.connect(self._scrolling.by)
        self._keys.span_requested.connect(self.span_requested)
        self._keys.resize_requested.connect(self.resize_requested)
        self._keys.delete_requested.connect(self.delete_requested)
        self._keys.moved.connect(self._follow_caret)

    # -- the text and its spans

    def set_text(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Show another text from its top, with nothing selected and no tokens known yet."""
        self._mouse.cancel()
        self._marks.clear()
        self._marks.reset(text, SpanLayer(spans))
        self._geometry.set_text(text)
        self._scrolling.begin()
        self.viewport().update()

    def text(self) -> str:
        """The text as it was given, character for character."""
        return self._marks.text

    def spans(self) -> list[Span]:
        """The spans that are shown, in the order of their starts."""
        return list(self._marks.layer)

    def shows(self, span: Span) -> bool:
        """Whether this span is shown."""
        return span in self._marks.layer

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Show these spans instead; what stays the same is not painted again."""
        self.change_spans(*self._marks.layer.difference(spans))

    def change_spans(self, removed: Iterable[Span], added: Iterable[Span]) -> None:
        """Take spans out and put others in, which is quick however many there are.

        Raises ValueError when a span that is to be removed is not shown.
        """
        removed, added = list(removed), list(added)
        if not removed and not added:
            return
        self.set_other_reading(())
        self._marks.layer.change(removed, added)
        self._marks.let_go_of_the_gone()
        self._repaint([*removed, *added])

    def set_other_reading(self, spans: Sequence[Span]) -> None:
        """Draw another reading, a model's, beside the spans, dashed, until the spans change or another text is shown.

        With no ``spans``, none is drawn.
        """
        gone, self._marks.other = list(self._marks.other), SpanLayer(spans)
        self._repaint([*gone, *spans])

    def other_reading(self) -> list[Span]:
        """The spans of the other reading that is drawn now."""
        return list(self._marks.other)

    def _repaint(self, spans: Sequence[Span]) -> None:
        """Paint the lines of these spans again, as far as they are in sight."""
        if len(spans) > _MANY:
            self.viewport().update()
            return
        for span in spans:
            band = self._geometry.band(span.start, span.end)
            if band is not None:
                self.viewport().update(band.toAlignedRect())

    def set_token_edges(self, edges: TokenEdges) -> None:
        """Snap to these tokens from now on; the view goes on with this object, so it can be extended."""
        self._marks.edges = edges

    def add_edges(self, starts: Sequence[int], ends: Sequence[int], covered_to: int = 0) -> None:
        """The tokens of the next slice of the text, up to ``covered_to``, have become known."""
        self._marks.edges.extend(starts, ends, covered_to)

    def is_provisional(self) -> bool:
        """Whether the tokens of some of the text are still unknown, and words stand in for them."""
        return self._marks.edges.covered_to < len(self._marks.text)

    # -- what is marked

    def selection(self) -> tuple[int, int] | None:
        """The selected tokens, from start to end; None if there is no selection."""
        return self._marks.range

    def set_selection(self, start: int, end: int) -> None:
        """Select the tokens that ``start`` to ``end`` touches."""
        self._marks.select(start, end)

    def clear_selection(self) -> None:
        """Select neither text nor a span."""
        self._marks.clear()

    def selected_span(self) -> Span | None:
        """The span that was clicked or reached by Tab."""
        return self._marks.span

    def select_span(self, span: Span | None) -> None:
        """Select a span that is shown; with None, none. Raises ValueError for one that is not shown."""
        if span is not None and span not in self._marks.layer:
            raise ValueError(f"{span} is not shown")
        self._marks.select_span(span)

    # -- how it looks

    def set_label_colours(self, colours: Mapping[str, str]) -> None:
        """The colour of each label as ``#rrggbb``; labels that are not in there are grey."""
        self._painting.label_colours = dict(colours)
        self.viewport().update()

    def set_read_only(self, read_only: bool) -> None:
        """Whether text can be selected and copied, but no span asked for."""
        self._marks.read_only = read_only
        self.viewport().update()

    def text_size(self) -> float:
        """The size of the text in points."""
        return self._points

    def set_text_size(self, points: float) -> None:
        """The size of the text in points; the tags grow with it."""
        self._points = points
        self._reshape(metrics_changed=True)

    # -- where things are

    def span_rects(self, start: int, end: int) -> list[QRect]:
        """Where the text from ``start`` to ``end`` stands, in coordinates of the viewport, a piece a line."""
        return [rect.toAlignedRect() for _, rect in self._geometry.pieces(start, end)]

    def ensure_visible(self, start: int, end: int) -> None:
        """Scroll until the text from ``start`` to ``end`` is in sight, no further than needed."""
        self._geometry.ensure_visible(start, end)
        self._scrolling.tell_bar()
        self.viewport().update()

    def announce(self, text: str) -> None:
        """Have a screen reader say something that cannot be heard otherwise, such as that a span was added."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def accessible_interface(self) -> AccessibleText:
        """What screen readers ask; kept here, because Qt does not keep it."""
        if self._accessible is None:
            self._accessible = AccessibleText(self, self._geometry, self._marks)
        return self._accessible

    # -- scrolling

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        del dx, dy
        self._scrolling.follow_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew; what is at the top stays there."""
        super().resizeEvent(event)
        self._reshape()

    def _reshape(self, *, metrics_changed: bool = False) -> None:
        metrics = metrics_for(QFont(self.font()), self._points) if metrics_changed else self._geometry.metrics
        self._geometry.reshape(metrics, self.viewport().width(), self.viewport().height())
        self._scrolling.begin()
        self.viewport().update()

    def _follow_caret(self) -> None:
        self.ensure_visible(self._marks.caret, self._marks.caret)
        if QAccessible.isActive():
            self.accessible_interface().tell_caret()

    def _tell_selection(self) -> None:
        self.selection_changed.emit()
        if QAccessible.isActive():
            self.accessible_interface().tell_selection()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part that Qt asks for."""
        painter = QPainter(self.viewport())
        self._painting.paint(painter, QRectF(event.rect()), self.palette(), focus=self.hasFocus())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font of the application."""
        super().changeEvent(event)
        # Qt calls this while the widget is being built, too.
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_geometry"):
            self._reshape(metrics_changed=True)

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._mouse.press(event.position(), extend=extend)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what could be taken hold of."""
        self._mouse.move(event.position())
        self.viewport().setCursor(self._mouse.cursor(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a span over a token."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.double_click(event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show tooltips, and note when the mouse leaves."""
        if event.type() == QEvent.Type.Leave:
            self._mouse.leave()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().viewportEvent(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        span = self._hits.span_at(QPointF(event.pos()))
        if span is None:
            QToolTip.hideText()
        else:
            # Escaped and marked as rich text: a label's name is never read as tags.
            QToolTip.showText(event.globalPos(), f"<span>{escape(span.label)}</span>", self.viewport())

    # -- keyboard

    def event(self, event: QEvent) -> bool:
        """Take the keys that would otherwise be the window's, and Tab."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._uses(event):
                # The window's shortcuts come first otherwise.
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._go_to_next_span(event):
                return True
        return super().event(event)

    def _uses(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self._mouse.is_dragging:
            return True
        return self._keys.command(event) is not None

    def _go_to_next_span(self, event: QKeyEvent) -> bool:
        """Tab goes to the next span while there is one, and then on to the next widget."""
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        marks = self._marks
        find = marks.layer.after if event.key() == Qt.Key.Key_Tab else marks.layer.before
        span = find(marks.span, marks.caret)
        if span is None:
            return False
        marks.select_span(span)
        self.ensure_visible(span.start, span.end)
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means here, or leave it to the window."""
        if event.key() == Qt.Key.Key_Escape and self._mouse.cancel():
            return
        command = self._keys.command(event)
        if command is None:
            event.ignore()
        else:
            command()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self.viewport().update()


@cache
def _install_accessibility() -> None:
    QAccessible.installFactory(_accessible)


def _accessible(key: str, obj: QObject) -> AccessibleText | None:
    del key
    return obj.accessible_interface() if isinstance(obj, TextView) else None
