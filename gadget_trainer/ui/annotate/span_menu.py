"""What can be done with a span, or with plain text, as a menu where it stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.text_view import TextView
from gadget_trainer.ui.text_view.colours import label_colours
from gadget_trainer.ui.theme import is_dark

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.actions import Actions

_DOT = 16
_MOST = 20
"""More labels than these are found by their names, as in the list for merging."""
_WIDEST = 240  # of a name, in logical pixels


class SpanMenu(QObject):
    """Fills a menu for what is marked in a text, and says what was chosen in it."""

    label_chosen = Signal(str)
    clearing_requested = Signal()
    """All spans of the text should be removed."""
    snap_requested = Signal()
    """The span should get the edges of the tokens that it touches."""
    split_requested = Signal()
    """The tokens that the span cuts should always be split there."""

    def __init__(self, view: TextView, actions: "Actions", parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._actions = actions

    def show(self, labels: Sequence[Label], place: QPoint, *, cuts: bool = False, splits: bool = False) -> None:
        """Offer what can be done with the selected span or the selection, at a place of the screen.

        ``cuts`` says whether the span cuts tokens, and ``splits`` whether the tokenizer could split there.
        """
        menu = QMenu(self._view)
        menu.setObjectName("spanMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        span = self._view.selected_span()
        self._add_labels(menu, labels, span.label if span is not None else "")
        if span is not None:
            if cuts:
                _add(menu, "snapSpan", "Snap to tokens").triggered.connect(self.snap_requested)
            if splits:
                _add(menu, "splitSpan", "Always split here").triggered.connect(self.split_requested)
            menu.addAction(self._actions["deleteSpan"])
            number = len(self._view.spans())
            if number > 1:
                words = f"Remove all {number:,} spans of this text"
                _add(menu, "removeSpans", words).triggered.connect(self.clearing_requested)
        menu.addAction(self._actions["labelAllMatches"])
        menu.addSeparator()
        copy = _add(menu, "copy", "Copy")
        copy.triggered.connect(self._copy)
        copy.setEnabled(span is not None or self._view.selection() is not None)
        if span is None:
            _add(menu, "selectParagraph", "Select the paragraph").triggered.connect(self._select_paragraph)
        menu.popup(place)

    def _add_labels(self, menu: QMenu, labels: Sequence[Label], current: str) -> None:
        """The labels, each with a dot in its colour; the span's own is ticked."""
        on_span = bool(current)
        submenu = menu.addMenu("Label" if on_span else "Label the selection")
        submenu.setObjectName("spanLabels")
        submenu.setEnabled(bool(labels) and (on_span or self._view.selection() is not None))
        for label in labels[:_MOST]:
            name = submenu.fontMetrics().elidedText(label.name, Qt.TextElideMode.ElideRight, _WIDEST)
            action = _add(submenu, f"give:{label.name}", name.replace("&", "&&"))
            action.setIcon(_dot(label.colour, dark=is_dark(self._view.palette()), ticked=label.name == current))
            action.setData(label.name)
            action.triggered.connect(self._choose_label)
        if len(labels) > _MOST:
            submenu.addSeparator()
            submenu.addAction(self._actions["findLabel"])

    @Slot()
    def _choose_label(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.label_chosen.emit(str(action.data()))

    @Slot()
    def _copy(self) -> None:
        self._view.copy()

    @Slot()
    def _select_paragraph(self) -> None:
        self._view.select_paragraph()


def _add(menu: QMenu, name: str, words: str) -> QAction:
    action = menu.addAction(words)
    action.setObjectName(name)
    return action


def _dot(colour: str, *, dark: bool, ticked: bool) -> QIcon:
    """A dot in a label's colour; the ticked one has a ring around it."""
    found = QPixmap(2 * _DOT, 2 * _DOT)
    found.setDevicePixelRatio(2)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = label_colours(colour, dark=dark)
    inset = 4.5 if ticked else 3.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.tag)
    painter.drawEllipse(QRectF(inset, inset, _DOT - 2 * inset, _DOT - 2 * inset))
    if ticked:
        painter.setPen(colours.tag)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(1.5, 1.5, _DOT - 3, _DOT - 3))
    painter.end()
    return QIcon(found)
