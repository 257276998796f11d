"""Finds a label, or a category, among hundreds by a few letters of its name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import Category, Label
from gadget_trainer.ui.annotate.label_dot import label_dot
from gadget_trainer.ui.late import LateFrame
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip

_NAME = Qt.ItemDataRole.UserRole
_FAR = 4


class LabelFinder(LateFrame):
    """A field with the labels that match below it; Enter takes the first, or the one that the arrows went to."""

    label_chosen = Signal(str)

    def __init__(self, parent: QWidget, name: str = "labelFinder", what: str = "label") -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setProperty("card", True)
        self._labels: list[Label | Category] = []
        self._field = QLineEdit()
        self._field.setObjectName(f"{name}:field")
        self._field.setAccessibleName(f"Find a {what}")
        self._field.setPlaceholderText(f"Find a {what}")
        self._list = QListWidget()
        self._list.setObjectName(f"{name}:list")
        self._list.setAccessibleName("What matches")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        parts = QWidget()
        whole = QVBoxLayout(parts)
        whole.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        whole.setSpacing(UNIT)
        whole.addWidget(self._field)
        whole.addWidget(self._list)
        self.hold(parts)
        self.resize(36 * UNIT, 40 * UNIT)
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(self._take)

    def open_at(self, labels: Sequence[Label | Category], place: QPoint) -> None:
        """Open at a place of the screen."""
        self._labels = list(labels)
        self._field.clear()
        self._filter()
        self.move(place)
        self.show()
        self._field.setFocus()

    @Slot()
    def _filter(self) -> None:
        self._list.clear()
        for label in sorted(self._labels, key=self._distance):
            if self._distance(label) < _FAR:
                item = QListWidgetItem(label_dot(label.colour), label.name, self._list)
                item.setData(_NAME, label.name)
                item.setToolTip(plain_tip(label.description))
        self._list.setCurrentRow(0)

    def _distance(self, label: Label | Category) -> int:
        """How badly a label matches what was typed: by its beginning, by a word's beginning, anywhere, not at all."""
        wanted, name = self._field.text().strip().casefold(), label.name.casefold()
        if name.startswith(wanted):
            return 0
        if any(part.startswith(wanted) for part in name.replace("_", " ").replace("-", " ").split()):
            return 1
        if wanted in name:
            return 2
        letters = iter(name)
        return 3 if all(letter in letters for letter in wanted) else _FAR

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Escape while letters are typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                by = 1 if key == Qt.Key.Key_Down else -1
                self._list.setCurrentRow(min(max(self._list.currentRow() + by, 0), self._list.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self._list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                return True
        return super().eventFilter(watched, event)

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem | None) -> None:
        self.hide()
        if item is not None:
            self.label_chosen.emit(str(item.data(_NAME)))
