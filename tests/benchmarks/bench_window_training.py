"""How smooth the window stays while it trains, how fast it trains beside the same run without one, and how well.

``python tests/benchmarks/bench_window_training.py [iterations] [data.jsonl] [speed]``. A timer of 5 ms in the window's
thread counts the time between its ticks: idle for five seconds (what the machine does to a window), and then from the
press on Start to the list of mistakes after the pipeline was saved, by phase. Words a second are the median over the
iterations of the window's run, and of the runs of ``gadget-trainer train`` before and after it. With ``speed``, nothing
ticks: 200 ticks of Python a second cost the run some hundredths of its speed.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox

from gadget_trainer.app import open_window
from gadget_trainer.training.progress import IterationDone, Saved
from gadget_trainer.ui.theme import STYLE_ARGUMENTS

FOOD = Path(__file__).parents[3] / "shared" / "data" / "prodigy_food" / "food_data.jsonl"


class Gaps(QObject):
    """Milliseconds between the ticks of a 5 ms timer, by what the run does meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.phase = "idle"
        self.found: dict[str, list[float]] = defaultdict(list)
        self.last = time.perf_counter()
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start(5)

    @Slot()
    def tick(self) -> None:
        now = time.perf_counter()
        self.found[self.phase].append((now - self.last) * 1000)
        self.last = now

    @Slot(object)
    def follow(self, record: object) -> None:
        self.phase = {"IterationDone": "training", "BatchDone": "training", "Preparing": "preparing"}.get(
            type(record).__name__, type(record).__name__.lower()
        )


class Recorder(QObject):
    """Keeps what the run reports."""

    def __init__(self) -> None:
        super().__init__()
        self.iterations: list[IterationDone] = []
        self.saved: Saved | None = None

    @Slot(object)
    def take(self, record: object) -> None:
        if isinstance(record, IterationDone):
            self.iterations.append(record)
        elif isinstance(record, Saved):
            self.saved = record


def without_window(project: Path, output: Path, iterations: int) -> list[dict[str, float]]:
    command = [sys.executable, "-m", "gadget_trainer", "train", str(project), "--output", str(output)]
    done = subprocess.run(
        [*command, "--iterations", str(iterations), "--json"], check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def in_window(project: Path, output: Path, iterations: int, *, ticks: bool = True) -> tuple[Recorder, Gaps]:
    _application = QApplication(["gadget-trainer", *STYLE_ARGUMENTS])
    window = open_window(project)
    window.resize(1280, 800)
    page = window._open.train
    chosen = window.findChild(QSpinBox, "iterations")
    chosen.setValue(1)  # so that 10, the default, counts as chosen too
    chosen.setValue(iterations)
    window.findChild(QLineEdit, "outputFolder").setText(str(output))
    window._switch("showTrain")
    rest(5000)  # spaCy loads for the text view
    recorder, gaps = Recorder(), Gaps()
    if not ticks:
        gaps.timer.stop()
    rest(5000)  # what the machine does to an idle window
    gaps.phase = "checking"
    window.findChild(QPushButton, "startTraining").click()
    page._run.record_came.connect(recorder.take)
    page._run.record_came.connect(gaps.follow)

    while recorder.saved is None:
        rest(100)
    rest(5000)  # the mistakes are looked for now
    gaps.timer.stop()
    window.close()
    return recorder, gaps


def told(gaps: list[float]) -> str:
    ordered = sorted(gaps)
    return (
        f"{len(ordered):6} ticks  p50 {statistics.median(ordered):5.1f}  "
        f"p99 {ordered[int(len(ordered) * 0.99)]:5.1f}  max {ordered[-1]:6.1f} ms"
    )


def main() -> None:
    iterations = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    data = Path(sys.argv[2]) if len(sys.argv) > 2 else FOOD
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        project = Path(folder) / "bench.gadget"
        subprocess.run(
            [sys.executable, "-m", "gadget_trainer", "import", project, data], check=True, stdout=subprocess.DEVNULL
        )
        before = without_window(project, Path(folder) / "before", iterations)
        recorder, gaps = in_window(project, Path(folder) / "window", iterations, ticks="speed" not in sys.argv)
        after = without_window(project, Path(folder) / "after", iterations)
    for phase, found in gaps.found.items():
        print(f"{phase:12} {told(found)}")
    busy = [gap for phase, found in gaps.found.items() if phase != "idle" for gap in found]
    if busy:
        print(f"{'all but idle':12} {told(busy)}")
    with_window = statistics.median(one.words_per_second for one in recorder.iterations)
    alone = statistics.median(one["words_per_second"] for one in [*before, *after])
    print(f"words a second: {with_window:,.0f} in the window, {alone:,.0f} without, {with_window / alone:.2f} x")
    best = max(one.f_score or 0 for one in recorder.iterations)
    print(f"best F in the window {best:.4f}, without {max(one['f_score'] for one in before):.4f}")
    print("F by iteration:", " ".join(f"{one.f_score:.3f}" for one in recorder.iterations))


if __name__ == "__main__":
    main()
