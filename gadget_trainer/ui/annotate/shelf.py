"""The place of a row of chips: as high as its rows are, up to a limit, and scrolled beyond it."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gadget_trainer.ui.theme import UNIT

_MOST_ROWS = 3


class Shelf(QScrollArea):
    """Shows a bar whose height follows from its width."""

    def __init__(self, bar: QWidget, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._bar = bar
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("surface", True)
        self.viewport().setProperty("surface", True)
        bar.setProperty("surface", True)
        self.setWidget(bar)
        bar.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of rows."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Chips came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    @Slot(QRect)
    def look_at(self, part: QRect) -> None:
        """Let that part of the bar be seen."""
        self.ensureVisible(part.center().x(), part.center().y(), 0, part.height() + UNIT)

    def _fit(self) -> None:
        wanted = self._bar.heightForWidth(self.viewport().width())
        row = self._bar.heightForWidth(1_000_000)
        self.setFixedHeight(min(wanted, _MOST_ROWS * row))
