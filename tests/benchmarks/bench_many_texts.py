"""A project of many texts in the real window: opening, memory, going, filtering, sorting, finding.

``python tests/benchmarks/bench_many_texts.py [1000000]`` makes the project (once, in the temporary folder) and prints
milliseconds; in brackets, the processor time in them of the window's thread and of all. What a first opening imports
has been imported, as it has when somebody chooses a project in the window.
"""

import os
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTableView
from turns import clocks, longest_turn, since

from gadget_trainer.app import open_window
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.ui.annotate.text_list import TextList
from gadget_trainer.ui.main_window import MainWindow

STATES = (TextState.TODO, TextState.TODO, TextState.DONE, TextState.SKIPPED)


def texts(number: int) -> Iterator[AnnotatedText]:
    chance = random.Random(1)
    vocabulary = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(50_000)]
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(vocabulary))))
    for at in range(number):
        words = " ".join(chance.choices(vocabulary, cum_weights=weights, k=15))
        gadget = " gadgetry" if at % 1000 == 7 else ""
        spans = (Span(0, len(words.split()[0]), "GADGET"),) if at % 4 == 2 else ()
        yield AnnotatedText(words + gadget, spans, STATES[at % 4], source=f"posts.jsonl:{at + 1}")


def made(number: int) -> Path:
    path = Path(tempfile.gettempdir()) / f"bench_{number}.gadget"
    if not path.exists():
        project = Project.create(path)
        project.imports.add_texts(texts(number), "many texts")
        project.close()
    return path


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def timed(name: str, work: Callable[[], object], until: Callable[[], bool] = lambda: True) -> None:
    """Print how long it takes until the work has been done and painted, and the longest that the window stood still."""
    begun = clocks()
    work()
    QApplication.processEvents()
    first = since(begun)
    rest, _seconds = longest_turn(until)
    print(f"{name:38} {since(begun)}, longest turn {max(first, rest)}", flush=True)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    path = made(number)
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        application = QApplication([])
        empty = Path(home) / "empty.gadget"
        Project.create(empty).close()
        window = open_window(None)
        assert isinstance(window, MainWindow)
        longest_turn(lambda: not window._imports._thread.is_alive())
        window.open_project(empty)
        application.processEvents()
        before = megabytes()
        timed("open the project", lambda: window.open_project(path))
        print(f"{'memory over an empty project':48} {megabytes() - before:9.1f} MB")
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the empty project's widgets
        measure(window, number)
        window.close()


def measure(window: MainWindow, number: int) -> None:
    table, states = window.findChild(QTableView, "textTable"), window.findChild(QComboBox, "statusFilter")
    field = window.findChild(QLineEdit, "findField")
    indexing = window.findChild(QLabel, "indexingProgress")
    model = table.model()
    listed = window._open.annotate.list  # no other way in without a key for it
    timed("the rest of the list", lambda: None, lambda: model.rowCount() == number)
    for share in (2, 3, 4, 5):
        timed(f"go to text {number // share:,}", lambda share=share: listed.go_to(number // share))
    timed("scroll to the end", table.scrollToBottom)
    for name, share in (("done", 4), ("to do", 2), ("done", 4), ("to do", 2)):
        before = model.rowCount()
        timed(
            f"filter: {name}, the first painted",
            lambda name=name: states.setCurrentText(name),
            lambda before=before: model.rowCount() != before,
        )
        timed(f"filter: {name}, all", lambda: None, lambda share=share: model.rowCount() == number // share)
    timed("go to a text that the filter hides", lambda: listed.go_to(number - 1), lambda: shown_is(listed, number - 1))
    timed("all texts again", lambda: states.setCurrentIndex(0), lambda: model.rowCount() == number)

    def found() -> bool:
        return model.rowCount() == number // 1000

    field.setText("gadgetry")
    timed("find gadgetry while indexing", listed.reload, found)
    field.clear()
    timed("all texts again", listed.reload, lambda: model.rowCount() == number)
    timed("the rest of the index", lambda: None, indexing.isHidden)
    for _round in range(3):
        field.setText("gadgetry")
        timed("find gadgetry, indexed", listed.reload, found)
        field.clear()
        timed("all texts again", listed.reload, lambda: model.rowCount() == number)
    for share in (2, 3, 4, 5):
        timed(f"go to text {number // share:,}, indexed", lambda share=share: listed.go_to(number // share))
    for name in ("done", "to do", "done"):
        before = model.rowCount()
        timed(
            f"filter: {name}, the first painted, indexed",
            lambda name=name: states.setCurrentText(name),
            lambda before=before: model.rowCount() != before,
        )
        longest_turn(lambda: True, 3.0)


def shown_is(listed: TextList, text_id: int) -> bool:
    """Whether the row of that text is current, and in its place."""
    return listed.model.rowCount() >= text_id and listed.current() == text_id


if __name__ == "__main__":
    main()
