"""What is asked of the texts that are shown, each a small button that takes it away again."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.ui.annotate.filter_panel import described
from gadget_trainer.ui.flow_layout import FlowLayout
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.theme import UNIT

_FIELD = "filterField"


class FilterChips(QWidget):
    """A row of chips with how many texts there are, and the way back to all; hidden while nothing is asked."""

    removed = Signal(str)
    """The field of the filter that is to ask nothing any more."""
    all_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row = FlowLayout(self, UNIT // 2)
        self._row.setContentsMargins(UNIT, 0, UNIT, UNIT)
        self._chips: list[QToolButton] = []
        self._count = QLabel()
        self._count.setObjectName("shownCount")
        self._count.setProperty("second", True)
        self._count.setContentsMargins(UNIT // 2, UNIT, UNIT // 2, 0)
        everything = self._everything = QPushButton("Show all")
        everything.setObjectName("showAllTexts")
        everything.setAccessibleName("Show all texts")
        everything.setProperty("quiet", True)
        everything.clicked.connect(self.all_requested)
        self._row.addWidget(self._count)
        self._row.addWidget(everything)
        self.hide()

    def show_filter(self, which: TextFilter) -> None:
        """Show a chip for all that is asked and that no field above shows."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [_chip(name, words) for name, words in described(which)]
        for chip in self._chips:
            chip.clicked.connect(self._remove)
            self._row.addWidget(chip)
            chip.show()
        self._row.put_in_order([*self._chips, self._count, self._everything])
        self.setVisible(which.narrows)

    def show_count(self, texts: int, *, complete: bool) -> None:
        """Say how many texts were found (so far)."""
        noun = "text" if texts == 1 else "texts"
        self._count.setText(f"{texts:,} {noun}" if complete else f"{texts:,} {noun} so far")

    @Slot()
    def _remove(self) -> None:
        chip = self.sender()
        if chip is not None:
            self.removed.emit(str(chip.property(_FIELD)))


def _chip(name: str, words: str) -> QToolButton:
    chip = QToolButton()
    chip.setObjectName(f"chip:{name}")
    chip.setText(words.replace("&", "&&"))
    chip.setAccessibleName(f"No longer only: {words}")
    chip.setToolTip("Click to lift this")
    chip.setProperty("chip", True)
    chip.setProperty(_FIELD, name)
    chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the words
    put_icon(chip, "close")
    return chip
