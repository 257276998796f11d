"""Pictures of the window, made by the program itself, for the README and for looking at.

``python tests/pictures.py FOLDER [light|dark] [data.jsonl]`` drives the real window: the sample (or the data), a run
of a few iterations, a text to try. ``QT_SCALE_FACTOR=1.5`` makes them at 150 %.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QSpinBox,
    QTableView,
)

from gadget_trainer.app import open_window
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import STYLE_ARGUMENTS

TRIED = "Is the iPhone X better than the Pixel 6 Pro, or shall I wait for a Galaxy S22? Zoë swears by her Kindle 📚."


class Driver:
    """Clicks, waits and takes pictures."""

    def __init__(self, folder: Path, mode: str) -> None:
        self.folder = folder
        self.mode = mode
        self.application = QApplication(["gadget-trainer", *STYLE_ARGUMENTS])
        self.window: QMainWindow = open_window(None)
        self.window.resize(1280, 800)
        self.trigger(f"scheme{mode.title()}")

    def trigger(self, name: str) -> None:
        action = self.window.findChild(QAction, name)
        assert action is not None
        action.trigger()

    def click(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait(self, until: Callable[[], bool], seconds: float = 300) -> None:
        end = time.monotonic() + seconds
        while not until() and time.monotonic() < end:
            self.application.processEvents()
            time.sleep(0.01)

    def rest(self, seconds: float = 0.4) -> None:
        self.wait(lambda: False, seconds)

    def picture(self, name: str) -> None:
        self.rest()
        path = self.folder / f"{name}-{self.mode}.png"
        self.window.grab().save(str(path))
        print(path)


def annotate(driver: Driver) -> None:
    view = driver.window.findChild(TextView, "textView")
    table = driver.window.findChild(QTableView, "textTable")
    assert view is not None
    assert table is not None
    driver.wait(lambda: not view.is_provisional())
    longest = max(range(20), key=lambda row: len(view.spans()) if _show(driver, table, row) else 0)
    _show(driver, table, longest)
    driver.wait(lambda: not view.is_provisional())
    driver.picture("annotate")


def _show(driver: Driver, table: QTableView, row: int) -> bool:
    table.setCurrentIndex(table.model().index(row, 1))
    driver.application.processEvents()
    return True


def train(driver: Driver, output: Path, iterations: int) -> None:
    window = driver.window
    driver.trigger("showTrain")
    driver.picture("train-before")
    window.findChild(QSpinBox, "iterations").setValue(iterations)
    window.findChild(QLineEdit, "outputFolder").setText(str(output))
    driver.click("startTraining")
    table = window.findChild(QTableView, "iterationTable")
    driver.wait(lambda: table.model().rowCount() >= iterations // 2)
    driver.picture("train-during")
    status = window.findChild(QLabel, "trainingStatus")
    driver.wait(lambda: "is saved in" in status.text())
    driver.picture("train-after")


def main() -> None:
    folder, mode = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "light"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        driver = Driver(folder, mode)
        driver.picture("welcome")
        if len(sys.argv) > 3:
            from gadget_trainer.ui.main_window import MainWindow

            assert isinstance(driver.window, MainWindow)
            driver.window.create_project(Path(home) / "texts.gadget")
            driver.window.import_paths([Path(sys.argv[3])])
            driver.rest(4)
            driver.picture("imported")
        else:
            driver.trigger("openSample")
        annotate(driver)
        train(driver, Path(home) / "Documents" / "gadget model", 12 if len(sys.argv) <= 3 else 4)
        driver.trigger("showTry")
        driver.window.findChild(QPlainTextEdit, "tryInput").setPlainText(TRIED)
        view = driver.window.findChild(TextView, "tryView")
        driver.wait(lambda: bool(view.spans()), 20)
        driver.picture("try")
        driver.window.close()


if __name__ == "__main__":
    main()
