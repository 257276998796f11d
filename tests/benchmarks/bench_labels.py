"""What 300 labels cost in the real window, beside 5: showing it, labelling by key, finding, the overview, one more.

    python tests/benchmarks/bench_labels.py [REPEATS] [FOLDER FOR PICTURES]

Milliseconds of the window's thread until the change is painted; medians.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget, QMainWindow, QTableView, QWidget

from gadget_trainer.app import open_window
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import STYLE_ARGUMENTS

PARTS = ("EVENT", "TOOL", "SUBSTANCE", "BODY_PART", "COMPANY", "DEVICE", "DISEASE", "PLACE", "ORGANISATION", "FOOD")
TEXTS = 2_000
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def make_project(path: Path, labels: int) -> None:
    chance = random.Random(1)
    project = Project.create(path)
    project.keep_setting("training_settings", {"language": "xx"})
    names = [f"{PARTS[number % 10]}_{number:03}" for number in range(labels)]
    for name in names:
        word = "".join(chance.choices("abcdefghij", k=3))
        project.labels.add(name, description=f"What belongs to {name}.", examples=(f"{word}abc", "other words"))
    texts = []
    for _ in range(TEXTS):
        words = ["".join(chance.choices("abcdefghij", k=3)) + chance.choice(("abc", "def")) for _ in range(16)]
        spans = tuple(Span(at * 7, at * 7 + 6, chance.choice(names)) for at in range(8, 14, 2))
        texts.append(AnnotatedText(" ".join(words), spans))
    project.imports.add_texts(texts, "posts")
    project.close()


class Bench:
    """Presses keys in the window, and notes how long it takes until everything is painted."""

    def __init__(self, path: Path) -> None:
        self.times: dict[str, list[float]] = {}
        begun = time.perf_counter()
        self.window: QMainWindow = open_window(path)
        self.window.resize(1280, 800)
        self.wait(lambda: self.window.findChild(TextView, "textView") is not None)
        self.note("window shown", begun)
        self.view = self.window.findChild(TextView, "textView")
        self.wait(lambda: not self.view.is_provisional())

    def note(self, name: str, begun: float) -> None:
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        self.times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not until():
            QApplication.processEvents()
            assert time.monotonic() < end

    def timed(self, name: str, work: Callable[[], object]) -> None:
        QApplication.processEvents()
        begun = time.perf_counter()
        work()
        self.note(name, begun)

    def child(self, kind: type[QWidget], name: str) -> QWidget:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def trigger(self, name: str) -> None:
        self.window.findChild(QAction, name).trigger()

    def round(self, number: int) -> None:
        view = self.view
        self.window.activateWindow()  # no window manager does it after a dialog
        self.wait(self.window.isActiveWindow)
        view.setFocus()
        view.set_selection(0, 6)
        self.timed("key 2: label applied", lambda: QTest.keyClick(view, Qt.Key.Key_2))
        assert any(span.start == 0 for span in view.spans())
        self.timed("undo", lambda: QTest.keyClick(view, Qt.Key.Key_Z, CONTROL))
        self.timed("L: finder open", lambda: QTest.keyClick(view, Qt.Key.Key_L))
        field = self.child(QLineEdit, "labelFinder:field")
        for at, letter in enumerate("too"):
            self.timed(f"finder: letter {at + 1}", lambda letter=letter: QTest.keyClick(field, letter))
        assert self.child(QListWidget, "labelFinder:list").count()
        QTest.keyClick(field, Qt.Key.Key_Escape)
        self.timed("label overview open", lambda: QTest.keyClick(view, Qt.Key.Key_L, CONTROL | SHIFT))
        QTest.keyClick(self.child(QTableView, "labelOverview"), Qt.Key.Key_Escape)
        self.timed("dialog of a new label", lambda: QTest.keyClick(view, Qt.Key.Key_L, CONTROL))
        dialog = next(one for one in self.window.findChildren(QDialog) if one.isVisible())
        QTest.keyClicks(dialog.findChild(QLineEdit), f"FRESH {number}")
        self.timed("label added", lambda: QTest.keyClick(dialog, Qt.Key.Key_Return))
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.timed("label taken back", lambda: QTest.keyClick(view, Qt.Key.Key_Z, CONTROL))
        self.timed("done: the next text", lambda: QTest.keyClick(view, Qt.Key.Key_Return))
        self.wait(lambda: not view.is_provisional())
        self.timed("window made wider", lambda: self.window.resize(1281 + number % 2 * 100, 800))

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def measure(path: Path, repeats: int) -> dict[str, float]:
    times: dict[str, list[float]] = {}
    for _ in range(3):
        bench = Bench(path)
        for number in range(repeats):
            bench.round(number)
        bench.close()
        for name, some in bench.times.items():
            times.setdefault(name, []).extend(some)
    return {name: median(some) for name, some in times.items()}


def take_pictures(path: Path, folder: Path) -> None:
    """The window with the labels of that project, in light and dark."""
    for mode in ("Light", "Dark"):
        bench = Bench(path)
        bench.trigger(f"scheme{mode}")
        for name in ("", "showLabels", "findAllExamples"):
            if name:
                bench.trigger(name)
            for _ in range(20):
                QApplication.processEvents()
                time.sleep(0.02)
            bench.window.grab().save(str(folder / f"labels-{mode}-{name}.png"))
        bench.close()


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
        application = QApplication(["gadget-trainer", *STYLE_ARGUMENTS])
        found = {}
        for labels in (5, 300):
            path = Path(home) / f"{labels}.gadget"
            make_project(path, labels)
            found[labels] = measure(path, repeats)
        print(f"{'ms':24} {'5 labels':>9} {'300 labels':>11}")
        for name, few in found[5].items():
            print(f"{name:24} {few:9.1f} {found[300][name]:11.1f}")
        if len(sys.argv) > 2:
            take_pictures(path, Path(sys.argv[2]))
        application.processEvents()


if __name__ == "__main__":
    import traceback

    try:
        main()
    except BaseException:
        traceback.print_exc()
