"""How long edits of 100,000 spans keep the real window from answering, and the undo of each. Run by hand.

    python tests/benchmarks/bench_bulk_edits.py [SPANS]

20,000 texts with five spans each, unless another number is given. The gap is the longest time in which the window's
thread looked after nothing else, from the click to the end of the edit and of what follows from it; 50 ms are the aim.
The work is the longest piece in the thread's own processor time: on a machine that is busy otherwise, that counts.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView

from gadget_trainer.app import open_window
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.ui.theme import STYLE_ARGUMENTS

A_TEXT = 5
WORDS = "alpha beta gamma delta epsilon"
QUIET = 0.6  # seconds without a gap after which nothing follows any more


def make_project(path: Path, spans: int) -> None:
    project = Project.create(path)
    project.keep_setting("training_settings", {"language": "xx"})
    for name in ("A", "B"):
        project.labels.add(name, key="9" if name == "A" else "")
    places, at = [], 0
    for word in WORDS.split():
        places.append(Span(at, at + len(word), "A"))
        at += len(word) + 1
    project.imports.add_texts(
        [AnnotatedText(f"{WORDS} word{number} and zeta", tuple(places)) for number in range(spans // A_TEXT)], "texts"
    )
    project.close()


class Bench:
    """Does what a person does, and measures the gaps meanwhile."""

    def __init__(self, path: Path) -> None:
        self.window = open_window(path)
        self.window.resize(1280, 800)
        self.workspaces = self.window._open
        self.session = self.workspaces.session
        self.last = time.perf_counter()
        self.gap = self.work = self.worked = 0.0
        self.timer = QTimer()
        self.timer.setInterval(1)
        self.timer.timeout.connect(self.tick)
        self.timer.start()
        self.wait(3.0)

    def tick(self) -> None:
        now = time.perf_counter()
        worked = time.thread_time()
        self.gap, self.work = max(self.gap, now - self.last), max(self.work, worked - self.worked)
        self.last, self.worked = now, worked

    def wait(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def measure(self, what: str, do: Callable[[], object]) -> None:
        begun = self.last = time.perf_counter()
        self.worked = time.thread_time()
        self.gap = self.work = 0.0
        do()
        self.tick()
        while self.session.is_working():
            QApplication.processEvents()
        self.tick()
        seconds = time.perf_counter() - begun
        self.wait(QUIET)
        said = self.window.statusBar().currentMessage()
        gap, work = self.gap * 1000, self.work * 1000
        print(f"{what:28} gap {gap:6.0f} ms, work {work:6.0f} ms, over after {seconds:5.2f} s   {said}", flush=True)

    def click(self, name: str) -> None:
        self.window.findChild(QAbstractButton, name).click()

    def trigger(self, name: str) -> None:
        self.window.findChild(QAction, name).trigger()

    def label(self, name: str):
        return next(one for one in self.session.project.read.labels() if one.name == name)


def main() -> None:
    spans = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    application = QApplication(["gadget-trainer", *STYLE_ARGUMENTS])
    with tempfile.TemporaryDirectory() as name:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        path = Path(name) / "many.gadget"
        make_project(path, spans)
        bench = Bench(path)
        annotate = bench.workspaces.annotate
        edits: list[tuple[str, Callable[[], object], str]] = [
            ("merge", lambda: annotate._label_flow.merge(bench.label("A"), bench.label("B")), "notice:Merge"),
            ("delete a label", lambda: annotate._label_flow.delete(bench.label("A")), "notice:Delete"),
            ("delete the texts", annotate._text_flow._delete_selected, "notice:Delete"),
            ("relabel a group", lambda: annotate._panels.surfaces._relabel("B"), "notice:Relabel"),
            ("accept all matches", lambda: None, "acceptAllMatches"),
        ]
        for what, ask, button in edits:
            if what == "delete the texts":
                annotate.list.table.selectAll()
            if what == "relabel a group":
                bench.trigger("showSurfaces")
                bench.wait(3.0)
                bench.window.findChild(QTableView, "surfaces").selectAll()
            if what == "accept all matches":
                bench.session.do(lambda: bench.session.project.labels.add("C"))
                bench.session.project.surfaces.delete(bench.session.project.surfaces.all())
                bench.session.reread()
                annotate.matches.begin("alpha", "C")
                bench.wait(6.0)
            ask()
            bench.wait(0.5)
            bench.measure(what, lambda button=button: bench.click(button))
            bench.measure(f"  undo: {what}", lambda: bench.trigger("undo"))
            bench.measure(f"  redo: {what}", lambda: bench.trigger("redo"))
            bench.measure("  undo again", lambda: bench.trigger("undo"))
        bench.window.close()
        application.processEvents()


if __name__ == "__main__":
    main()
