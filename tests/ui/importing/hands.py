"""A page by itself, as a person's hands and eyes have it: names, clicks, keys."""

from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

_Kind = TypeVar("_Kind", bound=QObject)


class Hands:
    """Finds the parts of a page that is shown, and uses them."""

    def __init__(self, page: QWidget, qtbot: QtBot) -> None:
        self.page = page
        self.qtbot = qtbot
        qtbot.addWidget(page)
        page.resize(1100, 700)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()

    def find(self, kind: type[_Kind], name: str) -> _Kind:
        found = self.page.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} {name}"
        return found

    def words(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isEnabled(), f"{name} is switched off"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key, modifier)

    def choose(self, name: str, data: str | int) -> None:
        """Walk to an entry of a box with the arrow keys."""
        box = self.find(QComboBox, name)
        box.setFocus()
        wanted = box.findData(data)
        assert wanted >= 0, f"{data} is not offered"
        for _step in range(box.count()):
            if box.currentIndex() != wanted:
                self.qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up)
        assert box.currentIndex() == wanted

    def click_cell(self, table: QTableView, row: int, column: int, *, on_box: bool = False) -> None:
        """Click in the middle of a cell, or on the box at its left."""
        rect = table.visualRect(table.model().index(row, column))
        place = rect.topLeft() + QPoint(14, rect.height() // 2) if on_box else rect.center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
