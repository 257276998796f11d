"""A window on a project that is small enough to train in seconds, its form filled."""

from collections.abc import Callable
from pathlib import Path

import pytest
from trainer import Trainer
from window_corpus import done_texts, make_project

from gadget_trainer.corpus.records import AnnotatedText


@pytest.fixture
def trainer(open_: Callable, tmp_path: Path) -> Trainer:
    """Forty texts that are done and one to do, two iterations of large batches, an output folder of the test's own."""
    texts = [*done_texts(), AnnotatedText("The Pixel 6 camera is 😀 great, says Zoë")]
    trainer = Trainer(open_(make_project(tmp_path / "few.gadget", texts, batch_size=100)))
    trainer.fill(tmp_path / "model", 2)
    return trainer
