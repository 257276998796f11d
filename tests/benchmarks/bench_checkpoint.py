"""What a checkpoint costs: the copies in the training thread, the writing beside it, and how long others wait.

python tests/benchmarks/bench_checkpoint.py
"""

import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from gadget_corpus import sentences_with_gadgets

from gadget_trainer.training.checkpoint import write_checkpoint
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings


class Ticks(threading.Thread):
    """Wants to run every millisecond, and notes the longest wait."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.longest = 0.0

    def run(self) -> None:
        last = time.perf_counter()
        while True:
            time.sleep(0.001)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last)
            last = now


def main() -> None:
    sys.setswitchinterval(0.0005)
    with tempfile.TemporaryDirectory() as name:
        run = TrainingRun(sentences_with_gadgets, TrainingSettings(output=Path(name) / "model", iterations=5))
        seconds = [record.seconds for record in run.steps() if isinstance(record, IterationDone)]
        ticks = Ticks()
        ticks.start()
        time.sleep(0.1)
        for kind in ("idle", "copy", "write"):
            ticks.longest, took, busy = 0.0, [], []
            for _ in range(20):
                checkpoint = run._state_so_far().checkpoint()
                started, worked = time.perf_counter(), time.thread_time()
                if kind == "idle":
                    time.sleep(0.02)
                elif kind == "copy":
                    run._state_so_far().checkpoint()
                else:
                    write_checkpoint(checkpoint, run.folder)
                took.append(time.perf_counter() - started)
                busy.append(time.thread_time() - worked)
            took.sort()
            busy.sort()
            times = f"median {1000 * took[10]:.1f} ms, of them {1000 * busy[10]:.1f} ms on the processor"
            print(f"{kind}: {times}; the longest wait of others {1000 * ticks.longest:.1f} ms")
        size = sum(path.stat().st_size for path in run.folder.glob("*.arrays"))
        print(f"{size / 1e6:.1f} MB on the disk; an iteration over 64 short texts takes {1000 * min(seconds):.0f} ms")
        run.close()


if __name__ == "__main__":
    main()
