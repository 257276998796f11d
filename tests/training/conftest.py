"""A corpus that is small enough to train in seconds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from gadget_base import made_base, place_texts
from gadget_corpus import sentences_with_gadgets

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.settings import TrainingSettings


@pytest.fixture
def gadget_texts() -> list[AnnotatedText]:
    return sentences_with_gadgets()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that finds gadgets. It is made once, so that nothing may change it."""
    return made_base(tmp_path_factory.mktemp("base") / "gadgets")


@pytest.fixture
def places() -> list[AnnotatedText]:
    """Texts that teach places to it."""
    return place_texts()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., TrainingSettings]:
    """Settings with an output folder of the test's own, and the language whose tokenizer is soonest made."""

    def make(**changes: object) -> TrainingSettings:
        chosen = {"output": tmp_path / "model", "language": "xx", "iterations": 2, "batch_size": 40} | changes
        return TrainingSettings(**chosen)  # type: ignore[arg-type]

    return make
