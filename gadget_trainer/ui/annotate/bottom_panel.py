"""The frame of the lists that open below the text: a line about them above, buttons below, closed by Escape."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.ui.alignment import LEFT
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.key_combinations import is_one_of
from gadget_trainer.ui.late import LateFrame
from gadget_trainer.ui.theme import UNIT


class ListKey(NamedTuple):
    """Keys that do something in a list, whatever they mean elsewhere in the window."""

    keys: tuple[str, ...]
    """As ``QKeySequence`` reads them."""
    words: str
    command: Callable[[Any], None]
    """Called with the panel."""


CLOSE = ListKey(("Escape",), "close the list", lambda panel: panel.close_panel())


class BottomPanel(LateFrame):
    """Hidden until it is opened; ``said`` is its line, ``share`` how far its work is."""

    opened = Signal()
    closed = Signal()
    KEYS: ClassVar[tuple[ListKey, ...]] = (CLOSE,)

    def __init__(self, name: str, what: str) -> None:
        """``name`` begins the parts' objectNames, ``what`` is what it lists, as in “the matches”."""
        super().__init__()
        self.setObjectName(f"{name}Panel")
        self.said = QLabel()
        self.said.setObjectName(f"{name}Said")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.share = QProgressBar()
        self.share.setObjectName(f"{name}Share")
        self.share.setAccessibleName("How far the search is")
        self.share.setTextVisible(False)
        self.share.setFixedWidth(12 * UNIT)
        self.share.hide()
        self._close = QToolButton()
        self._close.setObjectName(f"close{name[0].upper()}{name[1:]}")
        self._close.setAccessibleName(f"Close {what}")
        self._close.setToolTip("Close (Esc)")
        self._close.setProperty("quiet", True)
        put_icon(self._close, "close")
        self._close.clicked.connect(self.close_panel)
        self.hide()

    def open_panel(self) -> None:
        """Show it."""
        self.show()
        self.opened.emit()

    def has_keys(self) -> bool:
        """Whether what is typed goes to one of its parts."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @Slot()
    def close_panel(self) -> None:
        """Hide it."""
        self.hide()
        self.closed.emit()

    def _command(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does in the list; None: what it means elsewhere."""
        found = (one for one in self.KEYS if is_one_of(one.keys, event.key(), event.modifiers()))
        wanted = next(found, None)
        return None if wanted is None else partial(wanted.command, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, for which the panel is to be installed as its filter."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            command = self._command(event)
            if command is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    command()
                return True
        return super().eventFilter(watched, event)

    def arrange(self, above: Sequence[QWidget], table: QTableView, below: Sequence[QWidget]) -> None:
        """Put its parts where they belong."""
        top = QHBoxLayout()
        top.setSpacing(2 * UNIT)
        top.addWidget(self.said, 1)
        for widget in (self.share, *above, self._close):
            top.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(UNIT)
        foot.addStretch()
        for widget in below:
            foot.addWidget(widget)
        parts = QWidget()
        whole = QVBoxLayout(parts)
        whole.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        whole.setSpacing(UNIT)
        whole.addLayout(top)
        whole.addWidget(table, 1)
        whole.addLayout(foot)
        self.hold(parts)


def panel_button(words: str, name: str, tip: str, slot: Callable[[], None]) -> QPushButton:
    """A button that Return in a list never presses."""
    button = QPushButton(words)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button


def panel_table(model: QAbstractItemModel, name: str, spoken: str) -> QTableView:
    """A table of rows, without a grid."""
    table = QTableView()
    table.setObjectName(name)
    table.setAccessibleName(spoken)
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(LEFT)
    header.setHighlightSections(False)
    return table
