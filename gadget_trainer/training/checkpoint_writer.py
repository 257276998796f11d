"""Checkpoints are written in a thread of their own: no iteration waits for the disk to confirm the one before."""

import threading
from pathlib import Path

from gadget_trainer.training.checkpoint import Checkpoint, write_checkpoint


class CheckpointWriter:
    """Writes the latest checkpoint; one that comes while another is being written waits, and the latest one wins."""

    def __init__(self, folder: Path) -> None:
        """Into ``folder``. The thread begins with the first checkpoint."""
        self._folder = folder
        self._changed = threading.Condition()
        self._waiting: Checkpoint | None = None
        self._problem: OSError | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def write(self, checkpoint: Checkpoint) -> None:
        """Have this one written, and return at once."""
        with self._changed:
            self._waiting = checkpoint
            self._changed.notify()
        if self._thread is None:
            # A process that ends without closing the run must not wait for it; what is half written counts for nothing.
            self._thread = threading.Thread(target=self._write_all, name="checkpoints", daemon=True)
            self._thread.start()

    def problem(self) -> OSError | None:
        """What kept the latest checkpoint from being written; told once."""
        problem, self._problem = self._problem, None
        return problem

    def close(self) -> None:
        """Finish what is being written, leave what waits, and end the thread. May be called twice."""
        with self._changed:
            self._closed = True
            self._waiting = None
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def finish(self) -> None:
        """Write what waits too, and end the thread."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting is None or self._closed)
        self.close()

    def _write_all(self) -> None:
        while (checkpoint := self._next()) is not None:
            try:
                write_checkpoint(checkpoint, self._folder)
            except OSError as error:
                self._problem = error

    def _next(self) -> Checkpoint | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting is not None or self._closed)
            checkpoint, self._waiting = self._waiting, None
            self._changed.notify_all()
            return checkpoint
