"""One label in the bar above the text: its key, its colour, its name, how many spans it has."""

from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.annotate.chip import Chip
from gadget_trainer.ui.text_view.colours import LabelColours, label_colours
from gadget_trainer.ui.theme import UNIT, is_dark

_WIDEST = 240
_EDGE = UNIT + 4


class LabelButton(Chip):
    """A chip in the label's colour; filled when new spans get this label. It can be dragged."""

    dragged = Signal(QPoint)
    """It is held and moved; the pointer is there in the parent."""
    dropped = Signal()
    """It was let go after it was dragged."""
    drag_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Label(0, "", "")
        self._spans: int | None = 0
        self._key = ""
        self._size = QSize()
        self._pressed_at: QPoint | None = None
        self._dragging = False

    def set_label(self, label: Label, spans: int | None, key: str) -> None:
        """Stand for this label, which has so many spans, or not yet counted ones, and is chosen by this key."""
        if (label, spans, key) != (self.label, self._spans, self._key):
            self.label, self._spans, self._key = label, spans, key
            self.setObjectName(f"label:{label.name}")
            self.setText(label.name)
            self._describe()
            self._measure()
            self.update()

    def set_spans(self, spans: int | None) -> None:
        """Show another number of spans; None where they are not counted yet."""
        if spans != self._spans:
            self._spans = spans
            self._describe()
            self._measure()
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        """In another font it has another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def sizeHint(self) -> QSize:
        """Room for the key, the name (elided when very long) and the count."""
        return self._size

    def _measure(self) -> None:
        """Ask for room, where it needs more or less than before: hundreds of labels are laid out then."""
        size = self._wanted_size()
        if size != self._size:
            self._size = size
            self.updateGeometry()

    def _wanted_size(self) -> QSize:
        name = min(_WIDEST, self.chip_metrics(bold=True).horizontalAdvance(self.label.name) + 4)
        small = self.chip_metrics(bold=False)
        height = small.height() + 2 * UNIT
        key = self._key_side() + UNIT if self._key else 2 * UNIT
        return QSize(2 * _EDGE + key + name + UNIT + small.horizontalAdvance(self._count()) + 2, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps a drag begins."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from where it was pressed, it is a drag and no click."""
        here = event.position().toPoint()
        far = QApplication.startDragDistance()
        if self._pressed_at is not None and (self._dragging or (here - self._pressed_at).manhattanLength() >= far):
            if not self._dragging:
                self._dragging = True
                self.grabKeyboard()
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self.mapToParent(here))
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses the label, a drag does not."""
        self._pressed_at = None
        if self._dragging:
            self._end_drag()
            self.dropped.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets it stay where it is."""
        if self._dragging and event.key() == Qt.Key.Key_Escape:
            self._pressed_at = None
            self._end_drag()
            self.drag_cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _end_drag(self) -> None:
        self._dragging = False
        self.setDown(False)
        self.releaseKeyboard()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        colours = label_colours(self.label.colour, dark=is_dark(self.palette()))
        chip = self.paint_ground(painter, colours, (self.height() - 2) / 2)
        room = chip.adjusted(_EDGE, 0, -_EDGE, 0)
        room.setLeft(self._paint_key(painter, room, colours))
        self._paint_words(painter, room)

    def _paint_key(self, painter: QPainter, room: QRect, colours: LabelColours) -> int:
        """Draw the key on the label's colour, or a dot where there is no key; gives where the name begins."""
        side = self._key_side() if self._key else UNIT
        box = QRect(room.left(), room.center().y() - side // 2 + 1, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.tag)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colours.tag_text)
        painter.setFont(self.chip_font(bold=False))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        return box.right() + 1 + UNIT

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        palette = self.palette()
        words = palette.color(QPalette.ColorRole.Text)
        small, bold = self.chip_font(bold=False), self.chip_font(bold=True)
        count_width = QFontMetrics(small).horizontalAdvance(self._count()) + 1
        name = room.adjusted(0, 0, -count_width - UNIT, 0)
        elided = QFontMetrics(bold).elidedText(self.text(), Qt.TextElideMode.ElideRight, name.width())
        painter.setPen(words)
        painter.setFont(bold)
        painter.drawText(name, LEFT, elided)
        painter.setPen(words if self.isChecked() else palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(small)
        painter.drawText(room, RIGHT, self._count())

    def _key_side(self) -> int:
        return self.chip_metrics(bold=False).height()

    def _describe(self) -> None:
        chosen = f", key {self._key}" if self._key else ""
        counted = "" if self._spans is None else f", {_in_words(self._spans)}"
        self.setAccessibleName(f"{self.label.name}{counted}{chosen}")
        self.setAccessibleDescription(self.label.description)
        self.setToolTip(_tool_tip(self.label, self._spans, self._key))

    def _count(self) -> str:
        return "…" if self._spans is None else f"{self._spans:,}"


def _tool_tip(label: Label, spans: int | None, key: str) -> str:
    """What the label means, as rich text, so that it is wrapped."""
    hint = f" (key {key})" if key else ""
    counted = "" if spans is None else f": {_in_words(spans)}"
    parts = [f"<b>{escape(label.name)}</b>{counted}"]
    if label.description:
        parts.append(escape(label.description).replace("\n", "<br>"))
    if label.examples:
        parts.append("As in: " + "; ".join(escape(one) for one in label.examples))
    parts.append(f"New spans get this label{hint}; right-click to change it, drag it to another place.")
    return "".join(f"<p>{part}</p>" for part in parts)


def _in_words(spans: int) -> str:
    return f"{spans:,} {'span' if spans == 1 else 'spans'}"
