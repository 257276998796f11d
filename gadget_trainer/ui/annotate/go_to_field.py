"""A small field for the number of the text to go to."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from gadget_trainer.ui.theme import UNIT


class GoToField(QFrame):
    """A popup; Enter goes, Escape closes it."""

    number_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("goToPanel")
        self.setProperty("card", True)
        self._field = QLineEdit()
        self._field.setObjectName("goToNumber")
        self._field.setAccessibleName("Number of the text")
        self._field.setValidator(QRegularExpressionValidator(r"[0-9.,\s]{1,15}", self))
        self._field.returnPressed.connect(self._go)
        words = QLabel("Go to text No.")
        words.setBuddy(self._field)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(words)
        row.addWidget(self._field)

    def open_at(self, place: QPoint, number: int | None) -> None:
        """Open at a place of the screen, with the number of the text that is shown."""
        self._field.setText(str(number) if number is not None else "")
        self._field.selectAll()
        self.move(place)
        self.show()
        self._field.setFocus()

    @Slot()
    def _go(self) -> None:
        digits = "".join(one for one in self._field.text() if one.isascii() and one.isdigit())
        self.hide()
        if digits:
            self.number_chosen.emit(int(digits))
