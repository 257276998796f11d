"""Texts of a million characters in the real window, with its tokenizer, list and project: opening, and every gap.

    python tests/benchmarks/bench_long_texts.py [KIND…]

The kinds are those of bench_text_view.py. For each: milliseconds from the key of the next text to the paint that shows
it, the longest time in which the window did nothing else from then until all tokens had come and all was measured, and
the same of the window while a short text is shown, which is what the machine alone costs.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_text_view import KINDS
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from gadget_trainer.app import open_window
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import STYLE_ARGUMENTS

SHORT = "A short text, so that the tokenizer is there and warm."
IDLE_SECONDS = 3.0
LONGEST_SECONDS = 120.0


def longest_gap(until: Callable[[], bool], least: float = 0.0) -> tuple[float, float]:
    """The longest time in the window's loop until it is so, and how long that took; both in seconds."""
    begun = last = time.perf_counter()
    gap = 0.0
    while (not until() or last - begun < least) and last - begun < LONGEST_SECONDS:
        QApplication.processEvents()
        now = time.perf_counter()
        gap, last = max(gap, now - last), now
    return gap, last - begun


def is_settled(view: TextView) -> bool:
    """Whether all tokens have come and all lines are measured."""
    return not view.is_provisional() and not view._scrolling.is_measuring


def measured(window: QMainWindow, kind: str) -> None:
    view = window.findChild(TextView, "textView")
    following = window.findChild(QAction, "nextText")
    view.setFocus()
    longest_gap(lambda: is_settled(view))
    idle, _seconds = longest_gap(lambda: True, IDLE_SECONDS)
    before = view.text()
    begun = time.perf_counter()
    QTest.keySequence(window, following.shortcut())
    while view.text() == before:
        QApplication.processEvents()
    view.viewport().repaint()
    shown = time.perf_counter() - begun
    gap, seconds = longest_gap(lambda: is_settled(view), 0.5)
    keys = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End) * 5:
        QTest.keyClick(view, key)
        keys.append(longest_gap(lambda: True, 0.05)[0])
    print(
        f"{kind:26} shown {shown * 1000:6.1f} ms, longest gap {gap * 1000:6.1f} ms in {seconds:4.1f} s, at a key "
        f"{max(keys) * 1000:5.1f} ms; the machine alone {idle * 1000:5.1f} ms",
        flush=True,
    )


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
