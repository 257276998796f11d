"""Where the parts stand in the window: the bars that say something below the pages, so that nothing jumps."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gadget_trainer.ui.busy_bar import BusyBar
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.theme import UNIT


class Frame(QWidget):
    """The window's inside. The bars take no room while they have nothing to say."""

    def __init__(self, notice: NoticeBar, busy: BusyBar, pages: QStackedWidget) -> None:
        super().__init__()
        self._says_something = (busy, notice)
        self._bars = QWidget()
        bars = QVBoxLayout(self._bars)
        bars.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        bars.setSpacing(UNIT)
        bars.addWidget(busy)
        bars.addWidget(notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(pages, 1)
        column.addWidget(self._bars)
        busy.shown_changed.connect(self._make_room)
        notice.shown_changed.connect(self._make_room)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        self._bars.setVisible(any(not bar.isHidden() for bar in self._says_something))
