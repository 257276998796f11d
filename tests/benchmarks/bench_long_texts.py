"""Texts of a million characters in the real window, with its tokenizer, list and project: opening, and every gap.

    python tests/benchmarks/bench_long_texts.py [KIND…]

The kinds are those of bench_text_view.py. For each, three times: milliseconds from the key of the next text to the
paint that shows it, the longest time in which the window did nothing else from then until all tokens had come and all
was measured, the longest at a key, and the same of the window while a short text is shown, which is what the machine
alone costs. In brackets: processor time of the window's thread, and of all threads.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_text_view import KINDS
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from turns import Turn, clocks, longest_turn, since

from gadget_trainer.app import open_window
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import STYLE_ARGUMENTS

SHORT = "A short text, so that the tokenizer is there and warm."
IDLE_SECONDS = 1.0
ROUNDS = 3


def is_settled(view: TextView) -> bool:
    """Whether all tokens have come and all lines are measured."""
    return not view.is_provisional() and not view._scrolling.is_measuring


def opened(window: QMainWindow, key: str) -> Turn:
    """The text of that key's action, from the key to its paint."""
    view = window.findChild(TextView, "textView")
    before, begun = view.text(), clocks()
    QTest.keySequence(window, window.findChild(QAction, key).shortcut())
    while view.text() == before:
        QApplication.processEvents()
    view.viewport().repaint()
    return since(begun)


def measured(window: QMainWindow, kind: str) -> None:
    view = window.findChild(TextView, "textView")
    view.setFocus()
    longest_turn(lambda: is_settled(view))
    print(kind, flush=True)
    for _round in range(ROUNDS):
        idle, _seconds = longest_turn(lambda: True, IDLE_SECONDS)
        shown = opened(window, "nextText")
        turn, seconds = longest_turn(lambda: is_settled(view), 0.5)
        keys = []
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End) * 5:
            QTest.keyClick(view, key)
            keys.append(longest_turn(lambda: True, 0.05)[0])
        print(
            f"  shown {shown}, longest turn until all tokens came, {seconds:4.1f} s, {turn}, at a key {max(keys)}; "
            f"the machine alone {idle.length:3.0f}",
            flush=True,
        )
        opened(window, "previousText")
        longest_turn(lambda: is_settled(view))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["HOME"] = name
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home / "settings"))
        application = QApplication(["gadget-trainer", *STYLE_ARGUMENTS])
        for at, (kind, make) in enumerate(KINDS.items()):
            if sys.argv[1:] and not any(word in kind for word in sys.argv[1:]):
                continue
            text, spans = make()
            path = home / f"{at}.gadget"
            project = Project.create(path)
            project.imports.add_texts([AnnotatedText(SHORT), AnnotatedText(text, tuple(spans))], "a benchmark")
            project.close()
            window = open_window(path)
            window.resize(1280, 800)
            application.processEvents()
            measured(window, kind)
            window.close()
            window.deleteLater()
            application.processEvents()


if __name__ == "__main__":
    main()
