"""How long until the window is painted, against a bare PySide6 window, in turn in the same run.

``python tests/benchmarks/bench_start.py [times]``. Seconds are from the start of the process, warm.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
application = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
while True:
    application.processEvents()
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from gadget_trainer.ui import main_window, theme
class Window(main_window.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        for name in ("spacy", "sqlalchemy", "numpy"):
            assert name not in sys.modules, f"{name} was imported before the window was painted"
        print("painted", flush=True)
main_window.MainWindow = Window
from gadget_trainer import app
app.MainWindow = Window
application = QApplication(["gadget-trainer", *theme.STYLE_ARGUMENTS])
window = app.open_window(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
while True:
    application.processEvents()
"""


def seconds_to_paint(code: str, *arguments: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    taken = time.perf_counter() - began
    process.kill()
    process.wait()
    assert line.startswith(b"painted"), "the window was not painted"
    return taken


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        project = Path(folder) / "sample.gadget"
        sample = Path(__file__).parents[2] / "resources" / "samples" / "gadgets.jsonl"
        subprocess.run(
            [sys.executable, "-m", "gadget_trainer", "import", project, sample], check=True, stdout=subprocess.DEVNULL
        )
        kinds = {"bare window": (BARE,), "without a project": (OURS,), "with the sample": (OURS, str(project))}
        found: dict[str, list[float]] = {name: [] for name in kinds}
        for call in kinds.values():
            seconds_to_paint(*call)  # compiled and read from the disk once
        for _ in range(times):
            for name, call in kinds.items():
                found[name].append(seconds_to_paint(*call))
    bare = found["bare window"]
    for name, seconds in found.items():
        # Neighbours in time are compared: the clock of a processor that others share changes within a run.
        ratio = statistics.median(one / beside for one, beside in zip(seconds, bare, strict=True))
        print(
            f"{name:20} median {statistics.median(seconds) * 1000:4.0f} ms  {ratio:.2f} x"
            f"    fastest {min(seconds) * 1000:4.0f} ms  {min(seconds) / min(bare):.2f} x"
        )


if __name__ == "__main__":
    main()
