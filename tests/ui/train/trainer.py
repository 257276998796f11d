"""The Train workspace as a person uses it: type into the form, press the buttons, read what is shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTableView, QTabWidget, QWidget

from gadget_trainer.ui.train.problem_list import ProblemList
from gadget_trainer.ui.train.run_view import RunView

_ALL = Qt.KeyboardModifier.ControlModifier


class Trainer:
    """The Train workspace of a window of ``conftest.Window``."""

    def __init__(self, window):
        self.window = window
        self.qtbot = window.qtbot
        window.trigger("showTrain")

    def type_into(self, name, words):
        """Click on a field, and type over what it holds."""
        field = self.window.find(QWidget, name)
        assert field.isEnabled(), f"{name} is switched off"
        self.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
        target = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        self.qtbot.keyClick(target, Qt.Key.Key_A, _ALL)
        self.qtbot.keyClicks(target, str(words))

    def fill(self, output, iterations):
        """Type the two fields that most people look at."""
        self.type_into("outputFolder", output)
        self.type_into("iterations", iterations)

    def start(self):
        self.window.click("startTraining")

    def rows(self):
        return self.window.find(QTableView, "iterationTable").model().rowCount()

    def column(self, column):
        """What stands in a column of the table of iterations."""
        model = self.window.find(QTableView, "iterationTable").model()
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def records(self):
        return self.window.main.findChild(RunView).records()

    def status(self):
        return self.window.find(QLabel, "trainingStatus").text()

    def verdict(self):
        return self.window.find(QLabel, "verdict").text()

    def problems(self):
        return self.window.find(ProblemList, "problems").sentences()

    def wait_for_rows(self, rows):
        model = self.window.find(QTableView, "iterationTable").model()
        self.qtbot.waitUntil(lambda: model.rowCount() >= rows, timeout=60_000)

    def wait_for_end(self):
        """Until another run can be started."""
        start = self.window.find(QAbstractButton, "startTraining")
        self.qtbot.waitUntil(start.isEnabled, timeout=60_000)

    def wait_until_saved(self):
        status = self.window.find(QLabel, "trainingStatus")
        self.qtbot.waitUntil(lambda: "is saved in" in status.text(), timeout=60_000)
        self.wait_for_end()

    def open_tab(self, words):
        """Click on a tab beside the tables."""
        click_tab(self.qtbot, self.window.find(QTabWidget, "runTabs"), words)

    def base(self):
        return self.window.find(QComboBox, "baseModel")


def click_tab(qtbot, tabs, words):
    """Open the tab of that name."""
    place = next(place for place in range(tabs.count()) if tabs.tabText(place) == words)
    bar = tabs.tabBar()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
