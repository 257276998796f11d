"""The widget of the text view: its parts put together, and the events of the window handed to them.

What the rest of the program asks of it is in ``view``. Where things are is the geometry's, what is marked the marks',
how it looks the painting's, what the person does is for mouse and keys.
"""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
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
from gadget_trainer.ui.text_view.accessibility import AccessibleText
from gadget_trainer.ui.text_view.geometry import Geometry
from gadget_trainer.ui.text_view.hits import Hits
from gadget_trainer.ui.text_view.keys import Keys
from gadget_trainer.ui.text_view.marks import Marks
from gadget_trainer.ui.text_view.metrics import metrics_for
from gadget_trainer.ui.text_view.mouse import Mouse
from gadget_trainer.ui.text_view.painting import Painting
from gadget_trainer.ui.text_view.scrolling import Scrolling
from gadget_trainer.ui.tool_tips import wrapped_tip

_POINTS = 12.0


class Surface(QAbstractScrollArea):
    """A text on the screen that takes presses, moves and keys, and asks for what the person wants."""

    span_requested = Signal(int, int)
    """A span from start to end is wanted, with whatever label is active."""
    span_selected = Signal(object)
    """Another span is selected, or None."""
    resize_requested = Signal(object, int, int)
    """A span should go from start to end instead."""
    delete_requested = Signal(object)
    selection_changed = Signal()
    menu_requested = Signal(QPoint)
    """What can be done with the selected span, or the selection, should be offered at this place of the screen."""

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
        self._describe: Callable[[Span], str] = _label_of
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
        self._marks.changed.connect(self._tell_marks)
        self._marks.selection_changed.connect(self.selection_changed)
        self._marks.span_selected.connect(self.span_selected)
        self._mouse.span_requested.connect(self.span_requested)
        self._mouse.resize_requested.connect(self.resize_requested)
        self._mouse.scroll_requested.connect(self._scrolling.by)
        self._keys.span_requested.connect(self.span_requested)
        self._keys.resize_requested.connect(self.resize_requested)
        self._keys.delete_requested.connect(self.delete_requested)
        self._keys.moved.connect(self._follow_caret)
        self._keys.menu_requested.connect(self._request_menu)

    # -- where things are

    def ensure_visible(self, start: int, end: int) -> None:
        """Scroll until the text from ``start`` to ``end`` is in sight, no further than needed."""
        self._geometry.ensure_visible(start, end)
        self._scrolling.tell_bar()
        self.viewport().update()

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

    @Slot()
    def _tell_marks(self) -> None:
        if AccessibleText.is_heard():
            self.accessible_interface().tell_marks()

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
            self._mouse.press(event.position(), extend=extend, by_character=_by_character(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what could be taken hold of."""
        self._mouse.move(event.position(), by_character=_by_character(event))
        self.viewport().setCursor(self._mouse.cursor(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.release(event.position(), by_character=_by_character(event))

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
            QToolTip.showText(event.globalPos(), wrapped_tip(self._describe(span)), self.viewport())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the mouse, or of what is selected."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._mouse.point_at(QPointF(event.pos()))
            self.menu_requested.emit(event.globalPos())
        else:
            self._request_menu()

    def _request_menu(self) -> None:
        """Below what is marked, or else below the caret."""
        found = self._marks.marked or (self._marks.caret, self._marks.caret)
        self.ensure_visible(*found)
        below = self._geometry.caret_rect(found[0]).bottomLeft().toPoint()
        self.menu_requested.emit(self.viewport().mapToGlobal(below))

    # -- keyboard

    def event(self, event: QEvent) -> bool:
        """Take the keys that would otherwise be the window's, and Tab."""
        if isinstance(event, QKeyEvent):
            self._mouse.ask_now()
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
        span = self._keys.span_beside(event)
        if span is None:
            return False
        self._marks.select_span(span)
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
        self._mouse.ask_now()
        super().focusOutEvent(event)
        self.viewport().update()


def _label_of(span: Span) -> str:
    return span.label


def _by_character(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


@cache
def _install_accessibility() -> None:
    QAccessible.installFactory(_accessible)


def _accessible(key: str, obj: QObject) -> AccessibleText | None:
    del key
    return obj.accessible_interface() if isinstance(obj, Surface) else None
