"""Which column of a table is what: as it was guessed, and to be changed."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gadget_trainer.formats.tables import Columns
from gadget_trainer.ui.importing.choice_row import ChoiceRow
from gadget_trainer.ui.theme import UNIT

_NONE = -1


class ColumnsForm(QWidget):
    """Hidden unless the file is a table."""

    changed = Signal(object)
    """The :class:`Columns` that the person wants."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: Columns | None = None
        self._text = ChoiceRow("importTextColumn", "Column with the texts")
        self._categories = ChoiceRow("importCategoryColumn", "Column with their categories")
        self._header = QCheckBox("The first row names the columns")
        self._header.setObjectName("importHeader")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        for widget in (self._text, self._categories, self._header):
            column.addWidget(widget)
        self._text.box.activated.connect(self._tell)
        self._categories.box.activated.connect(self._tell)
        self._header.clicked.connect(self._tell)
        self.hide()

    def show_columns(self, columns: Columns | None) -> None:
        """Show which columns are what; None where the file is no table."""
        self.setVisible(columns is not None)
        if columns is None or columns == self._columns:
            return
        self._columns = columns
        names = list(enumerate(columns.names))
        self._text.offer(names)
        self._text.show_choice(columns.text)
        self._categories.offer([(_NONE, "None"), *names])
        self._categories.show_choice(_NONE if columns.categories is None else columns.categories)
        self._header.setChecked(columns.has_header)

    @Slot()
    def _tell(self) -> None:
        if self._columns is None:
            return
        text, categories = int(self._text.box.currentData()), int(self._categories.box.currentData())
        wanted = None if categories in (_NONE, text) else categories
        self.changed.emit(replace(self._columns, text=text, categories=wanted, has_header=self._header.isChecked()))
