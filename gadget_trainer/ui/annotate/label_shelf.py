"""The place of the label bar: as high as its rows, up to a limit, and scrolled beyond it."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea

from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.theme import UNIT

_MOST_ROWS = 3


class LabelShelf(QScrollArea):
    """Shows a bar whose height follows from its width."""

    def __init__(self, bar: LabelBar) -> None:
        super().__init__()
        self.setObjectName("labelShelf")
        self.setAccessibleName("Place of the labels")
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
        bar.look_requested.connect(self._look_at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of rows."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Labels came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    @Slot(QRect)
    def _look_at(self, part: QRect) -> None:
        self.ensureVisible(part.center().x(), part.center().y(), 0, part.height() + UNIT)

    def _fit(self) -> None:
        wanted = self._bar.heightForWidth(self.viewport().width())
        row = self._bar.heightForWidth(1_000_000)
        self.setFixedHeight(min(wanted, _MOST_ROWS * row))
